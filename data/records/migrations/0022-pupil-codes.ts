import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, oneOf } from './columns.ts';

/** Codes that say which rows of different procedures are one pupil's, and lists of candidates for a medal under such codes. */
export const pupilCodes: NamedMigration = {
	name: '0022-pupil-codes',
	async up(db: Kysely<AnyShape>) {
		await db.schema.alterTable('pupil_result').addColumn('pupil', 'text').execute();
		await widenBatchKinds(db);
		await db.schema
			.createTable('medal_candidate')
			.addColumn('batch_id', 'text', (column) => column.notNull().references('batch.id'))
			.addColumn('row_number', 'integer', (column) => column.notNull())
			.addColumn('year', 'integer', (column) => column.notNull())
			.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
			.addColumn('pupil', 'text', (column) => column.notNull().check(sql`pupil <> ''`))
			.addColumn('medal', 'integer', (column) => column.notNull().check(sql`medal between 1 and 2`))
			.addPrimaryKeyConstraint('medal_candidate_key', ['batch_id', 'row_number'])
			.execute();
		await db.schema.createIndex('medal_candidate_school').on('medal_candidate').column('school_id').execute();
	},
};

const KINDS = [
	'schools',
	'staff',
	'procedures',
	'results',
	'federal-list',
	'medal-candidates',
	'instrument',
	'programmes',
	'events',
];

/** SQLite changes no check of a column: a new column takes the place of the old one, on both stores alike. */
async function widenBatchKinds(db: Kysely<AnyShape>): Promise<void> {
	for (const index of ['batch_results_once', 'batch_list_once', 'batch_hash'])
		await db.schema.dropIndex(index).execute();
	await db.schema
		.alterTable('batch')
		.addColumn('wider_kind', 'text', (column) =>
			column.notNull().defaultTo('results').check(oneOf('wider_kind', KINDS)),
		)
		.execute();
	await sql`update batch set wider_kind = kind`.execute(db);
	await db.schema.alterTable('batch').dropColumn('kind').execute();
	await db.schema.alterTable('batch').renameColumn('wider_kind', 'kind').execute();
	await db.schema
		.createIndex('batch_results_once')
		.unique()
		.on('batch')
		.columns(['procedure_id', 'sha256'])
		.where(sql<boolean>`kind = 'results' and withdrawn_at is null`)
		.execute();
	await db.schema
		.createIndex('batch_list_once')
		.unique()
		.on('batch')
		.columns(['kind', 'sha256'])
		.where(sql<boolean>`kind in ('federal-list', 'medal-candidates') and withdrawn_at is null`)
		.execute();
	await db.schema.createIndex('batch_hash').on('batch').columns(['kind', 'sha256']).execute();
}
