import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import type { AnyShape } from './columns.ts';

/**
 * A draft knows how long it was worked on, so that going on elsewhere is not taken for haste. Anonymous answers have no
 * drafts here and no times.
 */
export const draftSeconds: NamedMigration = {
	name: '0014-draft-seconds',
	async up(db: Kysely<AnyShape>) {
		await db.schema
			.alterTable('draft')
			.addColumn('seconds', 'integer', (column) => column.check(sql`seconds >= 0`))
			.execute();
	},
};
