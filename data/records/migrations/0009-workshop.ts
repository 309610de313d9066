import type { Kysely } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/** The workshop of instruments: drafts, what happened to each, and whose signatures were met on imported files. */
export const workshop: NamedMigration = {
	name: '0009-workshop',
	async up(db: Kysely<AnyShape>) {
		const { sequence } = columnTypes(db);
		await db.schema
			.createTable('instrument_draft')
			.addColumn('id', 'text', (column) => column.primaryKey())
			.addColumn('municipality_id', 'text', (column) => column.notNull().references('municipality.id'))
			.addColumn('instrument', 'text', (column) => column.notNull())
			.addColumn('based_on', 'integer')
			.addColumn('state', 'text', (column) =>
				column.notNull().check(oneOf('state', ['draft', 'in_review', 'published', 'discarded'])),
			)
			.addColumn('revision', 'integer', (column) => column.notNull())
			.addColumn('survey', 'text', (column) => column.notNull())
			.addColumn('key', 'text', (column) => column.notNull())
			.addColumn('card', 'text', (column) => column.notNull())
			.addColumn('created_by', 'text', (column) => column.notNull())
			.addColumn('created_at', 'text', (column) => column.notNull())
			.addColumn('saved_by', 'text', (column) => column.notNull())
			.addColumn('saved_at', 'text', (column) => column.notNull())
			.addColumn('editors', 'text', (column) => column.notNull())
			.addColumn('published_version', 'integer')
			.execute();
		await db.schema
			.createIndex('instrument_draft_place')
			.on('instrument_draft')
			.columns(['municipality_id', 'state'])
			.execute();
		await db.schema
			.createIndex('instrument_draft_version')
			.on('instrument_draft')
			.columns(['instrument', 'published_version'])
			.unique()
			.execute();
		await db.schema
			.createTable('instrument_draft_event')
			.addColumn('id', sequence)
			.addColumn('draft_id', 'text', (column) => column.notNull().references('instrument_draft.id'))
			.addColumn('at', 'text', (column) => column.notNull())
			.addColumn('by', 'text', (column) => column.notNull())
			.addColumn('action', 'text', (column) => column.notNull())
			.addColumn('comment', 'text', (column) => column.notNull())
			.addColumn('revision', 'integer', (column) => column.notNull())
			.addColumn('content', 'text', (column) => column.notNull())
			.execute();
		await db.schema
			.createIndex('instrument_draft_event_draft')
			.on('instrument_draft_event')
			.column('draft_id')
			.execute();
		await db.schema
			.createTable('instrument_signer')
			.addColumn('fingerprint', 'text', (column) => column.primaryKey())
			.addColumn('name', 'text', (column) => column.notNull())
			.addColumn('met_at', 'text', (column) => column.notNull())
			.addColumn('trusted_by', 'text')
			.addColumn('trusted_at', 'text')
			.execute();
	},
};
