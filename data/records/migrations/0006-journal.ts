import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes } from './columns.ts';

/** The chained log, the changes that analysis follows, and facts about the installation. */
export const journal: NamedMigration = {
	name: '0006-journal',
	async up(db: Kysely<AnyShape>) {
		const { postgres, sequence } = columnTypes(db);
		await db.schema
			.createTable('audit')
			.addColumn('seq', 'integer', (column) => column.primaryKey())
			.addColumn('at', 'text', (column) => column.notNull())
			.addColumn('who', 'text', (column) => column.notNull())
			.addColumn('role', 'text', (column) => column.notNull())
			.addColumn('action', 'text', (column) => column.notNull())
			.addColumn('object', 'text', (column) => column.notNull())
			.addColumn('purpose', 'text', (column) => column.notNull())
			.addColumn('previous_hash', 'text', (column) => column.notNull())
			.addColumn('hash', 'text', (column) => column.notNull().unique())
			.execute();
		await db.schema.createIndex('audit_object').on('audit').columns(['object', 'seq']).execute();
		await db.schema
			.createTable('change')
			.addColumn('seq', sequence)
			.addColumn('kind', 'text', (column) => column.notNull())
			.addColumn('subject', 'text', (column) => column.notNull())
			.addColumn('at', 'text', (column) => column.notNull())
			.execute();
		if (postgres) {
			await sql`alter table change add column xid xid8 not null default pg_current_xact_id()`.execute(db);
			await sql`create index change_xid on change (xid)`.execute(db);
		}
		await db.schema
			.createTable('setting')
			.addColumn('name', 'text', (column) => column.primaryKey())
			.addColumn('value', 'text', (column) => column.notNull())
			.execute();
	},
};
