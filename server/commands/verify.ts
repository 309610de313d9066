import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sql } from 'kysely';
import { verifyAudit } from '#data/records/audit.ts';
import { latestSeq } from '#data/records/changes.ts';
import type { Records } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { openConfiguredRecords } from '../opened.ts';
import { type Command, configOf, say } from './command.ts';
import { lockForCommand } from './lock.ts';
import { printTable } from './print-table.ts';

/** Checks the records' own integrity, the chain of the log, and the warehouse against the records. */
export const verify: Command = {
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
			const faults = await checkIntegrity(records);
			const broken = await verifyAudit(records.db);
			const tables = await compareWarehouse(records, join(config.folder, 'warehouse.duckdb'));
			const isSound = faults.length === 0 && broken === null && agrees(tables);
			if (values.json)
				terminal.print(JSON.stringify({ sound: isSound, faults, audit_broken_at: broken, tables }));
			else {
				terminal.print(
					printTable(
						['table', 'in_records', 'in_warehouse', 'differing'],
						tables.map((row) => ({ ...row })),
					),
				);
				for (const fault of faults) terminal.print(fault);
				if (broken !== null) terminal.print(say(terminal, 'audit-broken', { seq: broken }));
				terminal.print(say(terminal, isSound ? 'sound' : 'unsound'));
			}
			return isSound ? 0 : 3;
		} finally {
			await records.close();
			lock.release();
		}
	},
};

async function checkIntegrity({ db, dialect }: Records): Promise<string[]> {
	if (dialect === 'postgres') return [];
	const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check`.execute(db);
	const broken = await sql<{ table: string }>`pragma foreign_key_check`.execute(db);
	return [
		...rows.map(({ integrity_check }) => integrity_check).filter((text) => text !== 'ok'),
		...broken.rows.map(({ table }) => `foreign key: ${table}`),
	];
}

async function compareWarehouse(records: Records, path: string) {
	const warehouse = await openWarehouse({ path });
	const projector = startProjector(records, warehouse);
	try {
		await projector.waitFor(await latestSeq(records));
		return await verifyWarehouse(records, warehouse);
	} finally {
		await projector.stop();
		await warehouse.close();
	}
}
