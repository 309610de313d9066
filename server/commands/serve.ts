import { parseArgs } from 'node:util';
import { findSetting } from '#data/records/settings.ts';
import type { Config } from '../config.ts';
import { persona } from '../contract/session.ts';
import { hasRecords } from '../has-records.ts';
import { createLog } from '../log.ts';
import type { RunningServer } from '../main.ts';
import { prepareWarehouseThread } from '../warehouse-thread.ts';
import { type Command, configOf, say, type Terminal } from './command.ts';

const DEMO_SEED = 1;

/** Serves until it is told to stop. `--demo` first makes the demo municipality when the data folder is empty. */
export const serve: Command = {
	usage: '[--demo] [--dev]',
	async run(terminal) {
		const { values } = parseArgs({
			args: terminal.words,
			options: { demo: { type: 'boolean' }, dev: { type: 'boolean' }, lang: { type: 'string' } },
		});
		const config = configOf(terminal);
		for (const name of config.ignored) terminal.tell(say(terminal, 'setting-without-effect', { name }));
		if (values.demo && !config.DATABASE_URL && !hasRecords(config.folder))
			await makeFirstDemo(config, terminal);
		const warehouseThread = prepareWarehouseThread();
		// Loaded only now, so that both threads load their part of the program at once.
		const { startServer } = await import('../main.ts');
		const running = await startServer(config, createLog(config.LOG_LEVEL), warehouseThread, {
			isDevelopment: values.dev ?? false,
		});
		await announce(terminal, config, running);
		await untilStopped();
		await running.close();
		return 0;
	},
};

async function makeFirstDemo(config: Config, terminal: Terminal): Promise<void> {
	const [{ makeDemo }, { tellSteps }] = await Promise.all([import('../demo-world.ts'), import('./demo.ts')]);
	await makeDemo(config, DEMO_SEED, tellSteps(terminal));
}

/** The address, and in a demo the five sign-ins as `role TAB login TAB password`. */
async function announce(
	terminal: Terminal,
	config: Config,
	{ address, floors }: RunningServer,
): Promise<void> {
	const demo = await findSetting(floors.records.db, 'demo');
	terminal.print(
		say(terminal, 'serving', { address, folder: config.DATABASE_URL ? 'PostgreSQL' : config.folder }),
	);
	if (!demo) return;
	terminal.print(say(terminal, 'demo-sign-ins'));
	for (const { role, login, password } of persona.array().parse(JSON.parse(demo).personas))
		terminal.print(`${role}\t${login}\t${password}`);
}

function untilStopped(): Promise<void> {
	return new Promise((resolve) => {
		process.once('SIGTERM', () => resolve());
		process.once('SIGINT', () => resolve());
	});
}
