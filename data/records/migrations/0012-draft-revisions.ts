import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import type { AnyShape } from './columns.ts';

/** Drafts are numbered per participant and instrument, say which device they come from and when each answer was given. */
export const draftRevisions: NamedMigration = {
	name: '0012-draft-revisions',
	async up(db: Kysely<AnyShape>) {
		await db.schema
			.alterTable('draft')
			.addColumn('revision', 'integer', (column) => column.notNull().defaultTo(0))
			.execute();
		await db.schema.alterTable('draft').addColumn('device', 'text').execute();
		await db.schema.alterTable('draft').addColumn('times', 'text').execute();
		await sql`update draft set revision = (select count(*) from draft as earlier
			where earlier.participant_code = draft.participant_code and earlier.instrument = draft.instrument
				and earlier.id <= draft.id)`.execute(db);
		// The number is what keeps two devices from overwriting each other: the store itself refuses the second.
		await db.schema
			.createIndex('draft_revision')
			.unique()
			.on('draft')
			.columns(['participant_code', 'instrument', 'revision'])
			.execute();
	},
};
