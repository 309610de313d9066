import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, oneOf } from './columns.ts';

/** Lists of the authority with their markers, and tables that say of a school only sums: marks, scores, journal, items. */
export const aggregates: NamedMigration = {
	name: '0007-aggregates',
	async up(db: Kysely<AnyShape>) {
		await widenBatchKinds(db);
		await createFederalMarkers(db);
		await createAggregates(db);
	},
};

const KINDS = [
	'schools',
	'staff',
	'procedures',
	'results',
	'federal-list',
	'instrument',
	'programmes',
	'events',
];

/** SQLite changes no check of a column: a new column takes the place of the old one, on both stores alike. */
async function widenBatchKinds(db: Kysely<AnyShape>): Promise<void> {
	await db.schema.dropIndex('batch_results_once').execute();
	await db.schema.dropIndex('batch_hash').execute();
	await db.schema
		.alterTable('batch')
		.addColumn('wide_kind', 'text', (column) =>
			column.notNull().defaultTo('results').check(oneOf('wide_kind', KINDS)),
		)
		.execute();
	await sql`update batch set wide_kind = kind`.execute(db);
	await db.schema.alterTable('batch').dropColumn('kind').execute();
	await db.schema.alterTable('batch').renameColumn('wide_kind', 'kind').execute();
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
		.columns(['sha256'])
		.where(sql<boolean>`kind = 'federal-list' and withdrawn_at is null`)
		.execute();
	await db.schema.createIndex('batch_hash').on('batch').columns(['kind', 'sha256']).execute();
}

async function createFederalMarkers(db: Kysely<AnyShape>): Promise<void> {
	let table = db.schema
		.createTable('federal_marker')
		.addColumn('batch_id', 'text', (column) => column.notNull().references('batch.id'))
		.addColumn('row_number', 'integer', (column) => column.notNull())
		.addColumn('year', 'integer', (column) => column.notNull())
		.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'));
	for (const name of ['russian_4', 'mathematics_4', 'russian_5', 'mathematics_5']) {
		table = table.addColumn(name, 'integer', (column) =>
			column.notNull().check(sql`${sql.ref(name)} between 0 and 1`),
		);
	}
	await table.addPrimaryKeyConstraint('federal_marker_key', ['batch_id', 'row_number']).execute();
	await db.schema.createIndex('federal_marker_school').on('federal_marker').column('school_id').execute();
}

async function createAggregates(db: Kysely<AnyShape>): Promise<void> {
	await db.schema
		.createTable('aggregate_result')
		.addColumn('batch_id', 'text', (column) => column.notNull().references('batch.id'))
		.addColumn('row_number', 'integer', (column) => column.notNull())
		.addColumn('procedure_id', 'text', (column) => column.notNull().references('procedure.id'))
		.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
		.addColumn('form', 'text', (column) =>
			column.notNull().check(oneOf('form', ['marks', 'scores', 'journal'])),
		)
		.addColumn('n', 'integer', (column) => column.notNull().check(sql`n >= 0`))
		.addColumn('counts', 'text', (column) => column.notNull())
		.addColumn('percents', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('aggregate_result_key', ['batch_id', 'row_number'])
		.execute();
	await db.schema.createIndex('aggregate_result_school').on('aggregate_result').column('school_id').execute();
}
