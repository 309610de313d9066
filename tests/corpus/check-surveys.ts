import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { chromium } from '@playwright/test';
import { browserArguments, chromiumPath } from '../support/chromium.ts';
import { startTestServer } from '../support/running-server.ts';
import { makeSmallInstallation } from '../support/small-installation.ts';
import { checkCorpus } from './check-corpus.ts';
import { countCorpus, countWalk, describeCorpus } from './report.ts';
import { type CorpusWalk, verifyAll, type WalkedForm, walkCorpus } from './walk-corpus.ts';

/**
 * `npm run check-surveys -- FOLDER [--browser] [--failed] [--write]`: prints the report of a folder of definitions. `--browser` brings
 * each through the workshop, a campaign and a teacher's page in Chromium too; `--failed` goes on from
 * the last walk with what was let down or not reached; `--write` walks and keeps the report in docs.
 */
const [given] = process.argv.slice(2).filter((word) => !word.startsWith('--'));
if (!given) {
	process.stderr.write('npm run check-surveys -- FOLDER [--browser] [--failed] [--write]\n');
	process.exit(2);
}
const kept = join(import.meta.dirname, '../../var/corpus-walk.json');
const folder = resolve(process.env.INIT_CWD ?? process.cwd(), given);
const isWritten = process.argv.includes('--write');
const isWalked = isWritten || process.argv.includes('--browser');

const walk = isWalked ? await walkFolder() : undefined;
const report = await checkCorpus(folder);
const counts = countCorpus(report);
const walked = walk && countWalk(walk);
process.stdout.write(`${JSON.stringify({ ...counts, ...(walked && { chromium: walked }) }, null, '\t')}\n`);
if (walk && isWritten)
	writeFileSync(join(import.meta.dirname, '../../docs/survey-corpus.md'), describeCorpus(report, walk));
const isSound = [counts, walked].every((each) => !each || (each.failed.length === 0 && each.verified));
process.exit(isSound ? 0 : 1);

/** Walks the folder; with `--failed` only what was let down or not reached the last time. */
async function walkFolder(): Promise<CorpusWalk> {
	const last = process.argv.includes('--failed') && existsSync(kept) ? readKept() : [];
	const passed = new Map(last.filter(({ faults }) => faults.length === 0).map((form) => [form.file, form]));
	const files = readdirSync(folder)
		.filter((name) => name.endsWith('.json'))
		.sort();
	const server = await startTestServer(makeSmallInstallation);
	const browser = await chromium.launch({ executablePath: await chromiumPath(), args: browserArguments });
	try {
		const todo = files.filter((file) => !passed.has(file));
		await walkCorpus({ server, browser }, folder, todo, (form) => {
			passed.set(form.file, form);
			mkdirSync(dirname(kept), { recursive: true });
			writeFileSync(kept, JSON.stringify([...passed.values()]));
			const said = [...form.refused.slice(0, 1), ...form.faults].join('; ');
			const outcome = form.refused.length > 0 ? 'refused' : form.faults.length > 0 ? 'FAILED ' : 'passed ';
			process.stderr.write(`${outcome} ${form.file} ${said}\n`);
		});
		return { forms: files.map((file) => passed.get(file)!), verified: await verifyAll(server) };
	} finally {
		await browser.close();
		await server.stop();
	}
}

function readKept(): WalkedForm[] {
	return JSON.parse(readFileSync(kept, 'utf8')) as WalkedForm[];
}
