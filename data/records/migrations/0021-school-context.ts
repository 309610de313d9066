import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/** Social make-up of schools by school year, imported as batches that can be withdrawn. */
export const schoolContext: NamedMigration = {
	name: '0021-school-context',
	async up(db: Kysely<AnyShape>) {
		await widenBatchKinds(db);
		const { real } = columnTypes(db);
		let table = db.schema
			.createTable('school_context')
			.addColumn('batch_id', 'text', (column) => column.notNull().references('batch.id'))
			.addColumn('row_number', 'integer', (column) => column.notNull())
			.addColumn('year', 'integer', (column) => column.notNull())
			.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'));
		for (const name of SHARES)
			table = table.addColumn(name, real, (column) => column.check(sql`${sql.ref(name)} between 0 and 100`));
		await table
			.addColumn('decision', 'text', (column) => column.check(sql`decision <> ''`))
			.addPrimaryKeyConstraint('school_context_key', ['batch_id', 'row_number'])
			.execute();
		await db.schema.createIndex('school_context_school').on('school_context').column('school_id').execute();
	},
};

const SHARES = [
	'higher_education',
	'incomplete_families',
	'large_or_low_income',
	'on_registers',
	'other_language',
	'special_needs',
	'vacancies',
];

const KINDS = [
	'schools',
	'staff',
	'procedures',
	'results',
	'federal-list',
	'school-context',
	'medal-candidates',
	'instrument',
	'programmes',
	'events',
];

/** For the kinds of this step and of the next. As in 0007: SQLite changes no check of a column, so a new one takes its place, on both stores alike. */
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
		.where(
			sql<boolean>`kind in ('federal-list', 'school-context', 'medal-candidates') and withdrawn_at is null`,
		)
		.execute();
	await db.schema.createIndex('batch_hash').on('batch').columns(['kind', 'sha256']).execute();
}
