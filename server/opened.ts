import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { sweepArrivals } from '#data/import/sweep-arrivals.ts';
import { lockFolder } from '#data/records/lock.ts';
import { openRecords, type Records, type RecordsPlace } from '#data/records/store.ts';
import type { Config } from './config.ts';
import type { Floors } from './floors.ts';
import type { Log } from './log.ts';
import { publishShipped } from './published.ts';
import { readSecret } from './secret.ts';
import { createSignIn } from './sign-in.ts';
import { openWarehouseThread } from './warehouse-thread.ts';

export interface OpenFloors extends Floors {
	/** Closes from the top down; what was acknowledged is stored already. */
	close(): Promise<void>;
}

/** Opens the records of an installation, wherever its settings say they are. */
export function openConfiguredRecords(config: Config): Promise<Records> {
	return openRecords(placeOfRecords(config));
}

const placeOfRecords = ({ DATABASE_URL, folder }: Config): RecordsPlace =>
	DATABASE_URL ? { url: DATABASE_URL } : { folder };

/**
 * Opens everything under the routes: folder lock, records (migrated), shipped instruments, warehouse and its projector,
 * which catches up while the server answers already.
 * @param prepared the thread for the warehouse, from `prepareWarehouseThread`
 * @throws {RecordsError} `folder-in-use` with the process id of another server
 */
export async function openFloors(config: Config, log: Log, prepared: Worker): Promise<OpenFloors> {
	const lock = lockFolder(config.folder);
	const secret = readSecret(config.folder, config.OPORA_SECRET_FILE);
	const records = await openConfiguredRecords(config);
	await sweepArrivals(records);
	await publishShipped(records);
	const thread = await openWarehouseThread(
		prepared,
		{
			records: placeOfRecords(config),
			warehouse: {
				path: join(config.folder, 'warehouse.duckdb'),
				memory: config.DUCKDB_MEMORY,
				threads: config.DUCKDB_THREADS,
			},
			modulePresets: config.modulePresets,
		},
		records,
		log,
	);
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
		analyst: thread.analyst,
		projector: thread.projector,
		signIn,
		async close() {
			await thread.close();
			await records.close();
			lock.release();
		},
	};
}
