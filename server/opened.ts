import { join } from 'node:path';
import { startComputeThread } from '#analytics/worker.ts';
import { lockFolder } from '#data/records/lock.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import type { Config } from './config.ts';
import type { Floors } from './floors.ts';
import type { Log } from './log.ts';
import { publishShipped } from './published.ts';
import { readSecret } from './secret.ts';
import { createSignIn } from './sign-in.ts';

export interface OpenFloors extends Floors {
	/** Closes from the top down; what was acknowledged is stored already. */
	close(): Promise<void>;
}

/** Opens the records of an installation, wherever its settings say they are. */
export function openConfiguredRecords(config: Config): Promise<Records> {
	return openRecords(config.DATABASE_URL ? { url: config.DATABASE_URL } : { folder: config.folder });
}

/**
 * Opens everything under the routes: folder lock, records (migrated), shipped instruments, warehouse and its projector,
 * which catches up while the server answers already.
 * @throws {RecordsError} `folder-in-use` with the process id of another server
 */
export async function openFloors(config: Config, log: Log): Promise<OpenFloors> {
	const lock = lockFolder(config.folder);
	const secret = readSecret(config.folder, config.OPORA_SECRET_FILE);
	const records = await openConfiguredRecords(config);
	await publishShipped(records);
	const warehouse = await openWarehouse({
		path: join(config.folder, 'warehouse.duckdb'),
		memory: config.DUCKDB_MEMORY,
		threads: config.DUCKDB_THREADS,
	});
	const projector = startProjector(records, warehouse, {
		onError: (error) => log.error({ err: error }, 'the warehouse does not follow the records'),
	});
	const thread = startComputeThread();
	const signIn = createSignIn({
		db: records.db,
		dialect: records.dialect,
		secret,
		publicUrl: config.PUBLIC_URL,
	});
	return {
		config,
		secret,
		log,
		records,
		warehouse,
		projector,
		signIn,
		computer: thread.computer,
		async close() {
			await projector.stop();
			await thread.close();
			await warehouse.close();
			await records.close();
			lock.release();
		},
	};
}
