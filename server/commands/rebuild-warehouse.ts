import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { rebuild } from '#data/warehouse/projector.ts';
import { openConfiguredRecords } from '../opened.ts';
import { type Command, configOf, say } from './command.ts';
import { lockForCommand } from './lock.ts';

/** Makes the warehouse anew from the records. */
export const rebuildWarehouse: Command = {
	usage: '[--json]',
	async run(terminal) {
		const { values } = parseArgs({
			args: terminal.words,
			options: { json: { type: 'boolean' }, lang: { type: 'string' } },
		});
		const config = configOf(terminal);
		const lock = lockForCommand(config.folder);
		const records = await openConfiguredRecords(config);
		try {
			const began = performance.now();
			await rebuild(records, join(config.folder, 'warehouse.duckdb'), (step, done, total) =>
				terminal.tell(`${step}: ${done}/${total}`),
			);
			const seconds = Math.round((performance.now() - began) / 100) / 10;
			terminal.print(
				values.json ? JSON.stringify({ rebuilt: true, seconds }) : say(terminal, 'rebuilt', { seconds }),
			);
			return 0;
		} finally {
			await records.close();
			lock.release();
		}
	},
};
