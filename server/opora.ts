import { ImportError } from '#data/import/codes.ts';
import { RecordsError } from '#data/records/records-error.ts';
import { FileError } from '#data/warehouse/file-error.ts';
import { type Command, Refusal, say, type Terminal, UsageError } from './commands/command.ts';
import { progressLine } from './commands/progress-line.ts';
import { ConfigError } from './config.ts';
import { type Language, translate } from './language.ts';
import { Problem, problemBody } from './problem.ts';

/** The command line: `npm run --silent opora -- <command>`. Each is loaded when it is called. */
const commands: Record<string, () => Promise<Command>> = {
	serve: async () => (await import('./commands/serve.ts')).serve,
	init: async () => (await import('./commands/init.ts')).init,
	demo: async () => (await import('./commands/demo.ts')).demo,
	import: async () => (await import('./commands/import.ts')).importFile,
	export: async () => (await import('./commands/export.ts')).exportData,
	analyze: async () => (await import('./commands/analyze.ts')).analyze,
	simulate: async () => (await import('./commands/simulate.ts')).simulate,
	'rebuild-warehouse': async () => (await import('./commands/rebuild-warehouse.ts')).rebuildWarehouse,
	verify: async () => (await import('./commands/verify.ts')).verify,
	user: async () => (await import('./commands/user.ts')).user,
};

async function main(words: string[]): Promise<number> {
	const terminal = openTerminal(words);
	const [name = ''] = words.filter((word) => !word.startsWith('-'));
	const command = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
	const wantsHelp = words.includes('--help') || words.includes('-h');
	if (!command) {
		const text = helpOfAll(terminal);
		if (wantsHelp && name === '') terminal.print(text);
		else terminal.tell(name ? `${say(terminal, 'unknown-command', { name })}\n\n${text}` : text);
		return wantsHelp && name === '' ? 0 : 2;
	}
	if (wantsHelp) {
		terminal.print(helpOf(terminal, name, command));
		return 0;
	}
	try {
		return await command.run({ ...terminal, words: words.toSpliced(words.indexOf(name), 1) });
	} catch (error) {
		return report(terminal, name, command, error);
	}
}

function report(terminal: Terminal, name: string, command: Command, error: unknown): number {
	const { language } = terminal;
	const isUsage = error instanceof UsageError || isArgumentFault(error);
	if (isUsage) {
		terminal.tell(`${(error as Error).message}\n\n${helpOf(terminal, name, command)}`);
		return 2;
	}
	if (error instanceof ConfigError) {
		terminal.tell(error.message);
		return 2;
	}
	if (error instanceof ImportError) terminal.tell(translate(language, `import:${error.code}`, error.params));
	else if (error instanceof FileError || error instanceof Refusal) terminal.tell(error.message);
	else if (error instanceof Problem && error.status < 500) {
		const { title, detail, issues } = problemBody(error, language);
		terminal.tell([`${title}. ${detail}`, ...issues.map(({ text }) => text)].join('\n'));
	} else if (error instanceof RecordsError && error.code === 'folder-in-use')
		terminal.tell(say(terminal, 'folder-in-use', error.params));
	else {
		terminal.tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
		return 3;
	}
	return 1;
}

/** What `node:util` says of an unknown or incomplete option. */
const isArgumentFault = (error: unknown): boolean =>
	/^ERR_PARSE_ARGS/.test((error as { code?: string } | null)?.code ?? '');

function openTerminal(words: string[]): Terminal {
	return {
		words,
		environment: process.env,
		language: findLanguage(words, process.env),
		print: (text) => void process.stdout.write(`${text}\n`),
		tell: (text) => void process.stderr.write(`${text}\n`),
		showProgress: progressLine(process.stderr, findLanguage(words, process.env)),
	};
}

/** `--lang`, else what the machine speaks, else Russian. */
function findLanguage(words: readonly string[], environment: Record<string, string | undefined>): Language {
	const at = words.indexOf('--lang');
	const asked = at >= 0 ? words[at + 1] : (environment.LC_ALL ?? environment.LC_MESSAGES ?? environment.LANG);
	return asked?.startsWith('en') ? 'en' : 'ru';
}

function helpOfAll(terminal: Terminal): string {
	// In the list of all, the first line of what is said about each.
	const lines = Object.keys(commands).map(
		(name) => `  ${name.padEnd(18)} ${say(terminal, `about.${name}`).split('\n')[0]}`,
	);
	return [`opora <${say(terminal, 'command')}> [--help] [--json] [--lang ru|en]`, '', ...lines].join('\n');
}

function helpOf(terminal: Terminal, name: string, { usage }: Command): string {
	const uses = usage.split('\n').map((line) => `  opora ${name} ${line}`.trimEnd());
	return [say(terminal, `about.${name}`), '', ...uses, '', say(terminal, 'common-options')].join('\n');
}

// A reader that has seen enough (`| head`) closes its end: no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
	if (error.code !== 'EPIPE') throw error;
	process.exit(0);
});
process.exitCode = await main(process.argv.slice(2));
