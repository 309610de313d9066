import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRecords } from '#data/records/store.ts';
import { buildTown, type Town } from './town.ts';

/** A town on records of its own, and what takes both away: for `afterAll`. */
export async function townInFolder(): Promise<{ town: Town; remove(): Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'opora-town-'));
	const records = await openRecords({ folder });
	return {
		town: await buildTown(records),
		async remove() {
			await records.close();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** The town at a port of this machine, for what the test libraries would not send as it is. */
export async function listen({ app }: Town): Promise<Server> {
	const server = createServer(app);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return server;
}
