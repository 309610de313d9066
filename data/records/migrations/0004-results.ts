import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/** Procedures with their dated scales, imports, pupils' results under given codes, and the schools' replies. */
export const results: NamedMigration = {
	name: '0004-results',
	async up(db: Kysely<AnyShape>) {
		await createProcedures(db);
		await createBatches(db);
		await createReplies(db);
	},
};

async function createProcedures(db: Kysely<AnyShape>): Promise<void> {
	const { real } = columnTypes(db);
	await db.schema
		.createTable('procedure')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('kind', 'text', (column) =>
			column.notNull().check(oneOf('kind', ['vpr', 'oge', 'ege', 'other'])),
		)
		.addColumn('year', 'integer', (column) => column.notNull())
		.addColumn('grade', 'integer')
		.addColumn('subject', 'text', (column) => column.notNull())
		.addColumn('title', 'text', (column) => column.notNull())
		.addColumn('max_score', real, (column) => column.notNull().check(sql`max_score > 0`))
		.addColumn('cutoffs', 'text')
		.addColumn('fail_below', real)
		.addColumn('items', 'text', (column) => column.notNull())
		.addColumn('document', 'text', (column) => column.notNull())
		.addColumn('valid_from', 'text', (column) => column.notNull())
		.execute();
}

async function createBatches(db: Kysely<AnyShape>): Promise<void> {
	const { real } = columnTypes(db);
	await db.schema
		.createTable('batch')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('kind', 'text', (column) =>
			column.notNull().check(oneOf('kind', ['schools', 'staff', 'procedures', 'results'])),
		)
		.addColumn('file_name', 'text', (column) => column.notNull())
		.addColumn('sha256', 'text', (column) => column.notNull())
		.addColumn('procedure_id', 'text', (column) => column.references('procedure.id'))
		.addColumn('place', 'text', (column) => column.notNull())
		.addColumn('rows_new', 'integer', (column) => column.notNull())
		.addColumn('rows_changed', 'integer', (column) => column.notNull())
		.addColumn('rows_skipped', 'integer', (column) => column.notNull())
		.addColumn('rows_refused', 'integer', (column) => column.notNull())
		.addColumn('imported_by', 'text', (column) => column.notNull())
		.addColumn('imported_at', 'text', (column) => column.notNull())
		.addColumn('withdrawn_at', 'text')
		.addColumn('withdrawn_by', 'text')
		.execute();
	await db.schema
		.createIndex('batch_results_once')
		.unique()
		.on('batch')
		.columns(['procedure_id', 'sha256'])
		.where(sql<boolean>`kind = 'results' and withdrawn_at is null`)
		.execute();
	await db.schema.createIndex('batch_hash').on('batch').columns(['kind', 'sha256']).execute();
	const pupilResult = db.schema
		.createTable('pupil_result')
		.addColumn('batch_id', 'text', (column) => column.notNull().references('batch.id'))
		.addColumn('row_number', 'integer', (column) => column.notNull())
		.addColumn('procedure_id', 'text', (column) => column.notNull().references('procedure.id'))
		.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
		.addColumn('class', 'text')
		.addColumn('variant', 'text')
		.addColumn('score', real)
		.addColumn('mark', 'integer', (column) => column.check(sql`mark between 1 and 5`))
		.addColumn('journal_mark', 'integer', (column) => column.check(sql`journal_mark between 1 and 5`))
		.addColumn('items', 'text')
		.addColumn('notes', 'text')
		.addPrimaryKeyConstraint('pupil_result_key', ['batch_id', 'row_number']);
	await pupilResult.execute();
	await db.schema.createIndex('pupil_result_school').on('pupil_result').column('school_id').execute();
}

async function createReplies(db: Kysely<AnyShape>): Promise<void> {
	await db.schema
		.createTable('flag_reply')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
		.addColumn('year', 'integer', (column) => column.notNull())
		.addColumn('module', 'text', (column) =>
			column.notNull().check(oneOf('module', ['result-objectivity', 'low-results'])),
		)
		.addColumn('text', 'text', (column) => column.notNull().check(sql`text <> ''`))
		.addColumn('replied_by', 'text', (column) => column.notNull())
		.addColumn('replied_at', 'text', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('flag_reply_school').on('flag_reply').columns(['school_id', 'year']).execute();
}
