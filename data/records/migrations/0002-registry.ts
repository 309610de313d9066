import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, oneOf } from './columns.ts';

/** Places, people, who works where, and who may do what. */
export const registry: NamedMigration = {
	name: '0002-registry',
	async up(db: Kysely<AnyShape>) {
		await createPlaces(db);
		await createPeople(db);
		await createRights(db);
	},
};

async function createPlaces(db: Kysely<AnyShape>): Promise<void> {
	await db.schema
		.createTable('region')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('name', 'text', (column) => column.notNull())
		.execute();
	await db.schema
		.createTable('municipality')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('region_id', 'text', (column) => column.notNull().references('region.id'))
		.addColumn('name', 'text', (column) => column.notNull())
		.execute();
	await db.schema.createIndex('municipality_region').on('municipality').column('region_id').execute();
	await db.schema
		.createTable('school')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('municipality_id', 'text', (column) => column.notNull().references('municipality.id'))
		.addColumn('name', 'text', (column) => column.notNull())
		.addColumn('kind', 'text', (column) =>
			column.notNull().check(oneOf('kind', ['school', 'gymnasium', 'lyceum', 'small_school', 'other'])),
		)
		.addColumn('locality', 'text', (column) => column.check(oneOf('locality', ['urban', 'rural'])))
		.addColumn('pupils', 'integer', (column) => column.check(sql`pupils >= 0`))
		.addColumn('advanced_subjects', 'text')
		.addColumn('origin', 'text', (column) => column.notNull().check(oneOf('origin', ['registry', 'results'])))
		.execute();
	await db.schema.createIndex('school_municipality').on('school').column('municipality_id').execute();
}

async function createPeople(db: Kysely<AnyShape>): Promise<void> {
	await db.schema
		.createTable('person')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('full_name', 'text', (column) => column.notNull())
		.addColumn('name_key', 'text', (column) => column.notNull())
		.addColumn('birth_date', 'text')
		.execute();
	await db.schema.createIndex('person_name').on('person').columns(['name_key', 'birth_date']).execute();
	await db.schema
		.createTable('employment')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('person_id', 'text', (column) => column.notNull().references('person.id'))
		.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
		.addColumn('position', 'text', (column) => column.notNull())
		.addColumn('subjects', 'text', (column) => column.notNull())
		.addColumn('category', 'text', (column) =>
			column
				.notNull()
				.check(oneOf('category', ['none', 'first', 'highest', 'teacher_methodist', 'teacher_mentor'])),
		)
		.addColumn('teaching_since', 'integer')
		.addColumn('started_on', 'text', (column) => column.notNull())
		.addColumn('ended_on', 'text')
		.addColumn('batch_id', 'text')
		.addCheckConstraint('employment_in_order', sql`ended_on is null or ended_on >= started_on`)
		.addUniqueConstraint('employment_once', ['person_id', 'school_id', 'position', 'started_on'])
		.execute();
	await db.schema.createIndex('employment_school').on('employment').column('school_id').execute();
}

async function createRights(db: Kysely<AnyShape>): Promise<void> {
	const roles = [
		'teacher',
		'school_coordinator',
		'methodist',
		'leader',
		'regional_viewer',
		'admin',
		'auditor',
	];
	await db.schema
		.createTable('role_grant')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('account_id', 'text', (column) =>
			column.notNull().references('login_account.id').onDelete('cascade'),
		)
		.addColumn('role', 'text', (column) => column.notNull().check(oneOf('role', roles)))
		.addColumn('place', 'text', (column) =>
			column
				.notNull()
				.check(sql`place like 'region/%' or place like 'municipality/%' or place like 'school/%'`),
		)
		.addColumn('granted_at', 'text', (column) => column.notNull())
		.addColumn('revoked_at', 'text')
		.execute();
	await db.schema
		.createIndex('role_grant_in_force')
		.unique()
		.on('role_grant')
		.columns(['account_id', 'role', 'place'])
		.where(sql.ref('revoked_at'), 'is', null)
		.execute();
	await db.schema
		.createTable('account_person')
		.addColumn('account_id', 'text', (column) =>
			column.primaryKey().references('login_account.id').onDelete('cascade'),
		)
		.addColumn('person_id', 'text', (column) => column.notNull().unique().references('person.id'))
		.execute();
}
