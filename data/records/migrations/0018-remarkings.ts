import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/** Re-marking of a sample of papers by a commission, and what was changed in its record. */
export const remarkings: NamedMigration = {
	name: '0018-remarkings',
	async up(db: Kysely<AnyShape>) {
		await db.schema
			.createTable('remarking')
			.addColumn('id', 'text', (column) => column.primaryKey())
			.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
			.addColumn('procedure_id', 'text', (column) => column.notNull().references('procedure.id'))
			.addColumn('class', 'text', (column) => column.check(sql`class <> ''`))
			.addColumn('remarked_on', 'text', (column) => column.notNull())
			.addColumn('sampled', 'integer', (column) => column.notNull())
			.addColumn('remarked', 'integer', (column) => column.notNull().check(sql`remarked > 0`))
			.addColumn('unchanged', 'integer', (column) => column.notNull().check(sql`unchanged >= 0`))
			.addColumn('raised', 'integer', (column) => column.check(sql`raised >= 0`))
			.addColumn('lowered', 'integer', (column) => column.check(sql`lowered >= 0`))
			.addColumn('commission', 'text', (column) => column.notNull().check(sql`commission <> ''`))
			.addColumn('document', 'text', (column) => column.notNull())
			.addColumn('remark', 'text', (column) => column.notNull())
			.addColumn('recorded_by', 'text', (column) => column.notNull())
			.addColumn('recorded_at', 'text', (column) => column.notNull())
			.addColumn('withdrawn_at', 'text')
			.addCheckConstraint('remarking_counts', sql`unchanged <= remarked and remarked <= sampled`)
			.addCheckConstraint(
				'remarking_directions',
				sql`(raised is null) = (lowered is null) and (raised is null or raised + lowered = remarked - unchanged)`,
			)
			.execute();
		await db.schema.createIndex('remarking_school').on('remarking').column('school_id').execute();
		const { sequence } = columnTypes(db);
		await db.schema
			.createTable('remarking_event')
			.addColumn('id', sequence)
			.addColumn('remarking_id', 'text', (column) => column.notNull().references('remarking.id'))
			.addColumn('at', 'text', (column) => column.notNull())
			.addColumn('by', 'text', (column) => column.notNull())
			.addColumn('action', 'text', (column) =>
				column.notNull().check(oneOf('action', ['recorded', 'changed', 'withdrawn'])),
			)
			.addColumn('changes', 'text', (column) => column.notNull())
			.addColumn('reason', 'text', (column) => column.notNull())
			.execute();
		await db.schema
			.createIndex('remarking_event_remarking')
			.on('remarking_event')
			.column('remarking_id')
			.execute();
	},
};
