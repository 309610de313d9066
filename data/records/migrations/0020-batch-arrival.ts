import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import type { AnyShape } from './columns.ts';

/** When all of a batch had arrived. Until then nobody reads it: a large file comes in parts, and others write between them. */
export const batchArrival: NamedMigration = {
	name: '0020-batch-arrival',
	async up(db: Kysely<AnyShape>) {
		await db.schema.alterTable('batch').addColumn('stored_at', 'text').execute();
		await sql`update batch set stored_at = imported_at`.execute(db);
	},
};
