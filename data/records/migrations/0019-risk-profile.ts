import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/**
 * Risk profiles of schools: what a municipality changed in the list of factors, what was proposed for a school and year,
 * and what the school said to each proposal. Proposals and answers are added and never changed.
 */
export const riskProfile: NamedMigration = {
	name: '0019-risk-profile',
	async up(db: Kysely<AnyShape>) {
		const { sequence, real } = columnTypes(db);
		await db.schema
			.createTable('risk_factor')
			.addColumn('municipality_id', 'text', (column) => column.notNull().references('municipality.id'))
			.addColumn('code', 'text', (column) => column.notNull())
			.addColumn('title', 'text', (column) => column.notNull())
			.addColumn('inputs', 'text', (column) => column.notNull())
			.addColumn('is_on', 'integer', (column) => column.notNull().check(oneOf01('is_on')))
			.addColumn('position', 'integer', (column) => column.notNull())
			.addColumn('changed_by', 'text', (column) => column.notNull())
			.addColumn('changed_at', 'text', (column) => column.notNull())
			.addPrimaryKeyConstraint('risk_factor_key', ['municipality_id', 'code'])
			.execute();
		await db.schema
			.createTable('risk_rating')
			.addColumn('id', sequence)
			.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
			.addColumn('year', 'integer', (column) => column.notNull())
			.addColumn('factor', 'text', (column) => column.notNull())
			.addColumn('title', 'text', (column) => column.notNull())
			.addColumn('inputs', 'text', (column) => column.notNull())
			.addColumn('risk_index', real)
			.addColumn('significance', 'text', (column) =>
				column.notNull().check(oneOf('significance', ['high', 'medium', 'low'])),
			)
			.addColumn('remark', 'text', (column) => column.notNull())
			.addColumn('proposed_by', 'text', (column) => column.notNull())
			.addColumn('proposed_at', 'text', (column) => column.notNull())
			.execute();
		await db.schema
			.createIndex('risk_rating_school')
			.on('risk_rating')
			.columns(['school_id', 'year', 'factor'])
			.execute();
		await db.schema
			.createTable('risk_verification')
			.addColumn('id', sequence)
			.addColumn('rating_id', columnTypes(db).postgres ? 'bigint' : 'integer', (column) =>
				column.notNull().references('risk_rating.id'),
			)
			.addColumn('agrees', 'integer', (column) => column.notNull().check(oneOf01('agrees')))
			.addColumn('is_chosen', 'integer', (column) => column.notNull().check(oneOf01('is_chosen')))
			.addColumn('remark', 'text', (column) => column.notNull())
			.addColumn('verified_by', 'text', (column) => column.notNull())
			.addColumn('verified_at', 'text', (column) => column.notNull())
			.execute();
		await db.schema
			.createIndex('risk_verification_rating')
			.on('risk_verification')
			.column('rating_id')
			.execute();
	},
};

/** A check that a column is a flag. */
function oneOf01(column: string): RawBuilder<boolean> {
	return sql`${sql.ref(column)} in (0, 1)`;
}
