import { parseArgs } from 'node:util';
import { makeDemo } from '../demo-world.ts';
import { hasRecords } from '../has-records.ts';
import { type Command, configOf, Refusal, say, type Terminal, UsageError } from './command.ts';

/** Makes the demo municipality in an empty data folder. */
export const demo: Command = {
	usage: '[--size municipality] [--seed N]',
	async run(terminal) {
		const { values } = parseArgs({
			args: terminal.words,
			options: {
				size: { type: 'string', default: 'municipality' },
				seed: { type: 'string', default: '1' },
				json: { type: 'boolean' },
				lang: { type: 'string' },
			},
		});
		if (values.size !== 'municipality')
			throw new UsageError(say(terminal, 'wrong-option', { option: '--size', value: values.size }));
		const seed = Number(values.seed);
		if (!Number.isSafeInteger(seed) || seed < 0)
			throw new UsageError(say(terminal, 'wrong-option', { option: '--seed', value: values.seed }));
		const config = configOf(terminal);
		if (config.DATABASE_URL) throw new Refusal(say(terminal, 'demo-needs-folder'));
		if (hasRecords(config.folder))
			throw new Refusal(say(terminal, 'folder-not-empty', { folder: config.folder }));
		await makeDemo(config, seed, tellSteps(terminal));
		terminal.print(values.json ? JSON.stringify({ folder: config.folder, seed }) : config.folder);
		return 0;
	},
};

/** Says each step once. */
export function tellSteps(terminal: Terminal): (step: string, done: number, total: number) => void {
	return (step, done, total) =>
		terminal.tell(say(terminal, 'demo-step', { step: say(terminal, `step.${step}`), done, total }));
}
