import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, oneOf } from './columns.ts';

/** Addresses of people, further keys of participants, extensions for a school, reminders, and release in stages. */
export const campaignCentre: NamedMigration = {
	name: '0011-campaign-centre',
	async up(db: Kysely<AnyShape>) {
		await db.schema.alterTable('person').addColumn('email', 'text').execute();
		await db.schema
			.createTable('participant_key')
			.addColumn('key_hash', 'text', (column) => column.primaryKey())
			.addColumn('participant_code', 'text', (column) =>
				column.notNull().references('participant.participant_code'),
			)
			.addColumn('kind', 'text', (column) => column.notNull().check(oneOf('kind', ['code', 'reminder'])))
			.execute();
		await db.schema
			.createIndex('participant_key_code')
			.on('participant_key')
			.column('participant_code')
			.execute();
		await db.schema
			.createTable('campaign_extension')
			.addColumn('campaign_id', 'text', (column) => column.notNull().references('campaign.id'))
			.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
			.addColumn('closes_on', 'text', (column) => column.notNull())
			.addColumn('reason', 'text', (column) => column.notNull())
			.addColumn('made_by', 'text', (column) => column.notNull())
			.addColumn('made_at', 'text', (column) => column.notNull())
			.addPrimaryKeyConstraint('campaign_extension_key', ['campaign_id', 'school_id'])
			.execute();
		await createReminders(db);
		await createStages(db);
	},
};

async function createReminders(db: Kysely<AnyShape>): Promise<void> {
	await db.schema
		.createTable('reminder')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('campaign_id', 'text', (column) => column.notNull().references('campaign.id'))
		.addColumn('school_id', 'text', (column) => column.references('school.id'))
		.addColumn('send_on', 'text', (column) => column.notNull())
		.addColumn('subject', 'text', (column) => column.notNull())
		.addColumn('body', 'text', (column) => column.notNull())
		.addColumn('state', 'text', (column) =>
			column.notNull().check(oneOf('state', ['planned', 'sent', 'cancelled'])),
		)
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('lease_holder', 'text')
		.addColumn('lease_until', 'text')
		.addColumn('finished_at', 'text')
		.addColumn('problem', 'text')
		.execute();
	await db.schema.createIndex('reminder_campaign').on('reminder').column('campaign_id').execute();
	await db.schema
		.createTable('reminder_delivery')
		.addColumn('reminder_id', 'text', (column) => column.notNull().references('reminder.id'))
		.addColumn('participant_code', 'text', (column) =>
			column.notNull().references('participant.participant_code'),
		)
		.addColumn('state', 'text', (column) =>
			column.notNull().check(oneOf('state', ['sending', 'sent', 'refused'])),
		)
		.addColumn('at', 'text', (column) => column.notNull())
		.addColumn('answer', 'text')
		.addPrimaryKeyConstraint('reminder_delivery_key', ['reminder_id', 'participant_code'])
		.execute();
	await db.schema
		.createIndex('reminder_delivery_code')
		.on('reminder_delivery')
		.column('participant_code')
		.execute();
}

async function createStages(db: Kysely<AnyShape>): Promise<void> {
	const stages = ['teacher', 'methodist', 'school', 'municipality'];
	await db.schema
		.alterTable('campaign')
		.addColumn('release_stage', 'text', (column) => column.check(oneOf('release_stage', stages)))
		.execute();
	await db.schema.alterTable('campaign').addColumn('release_plan', 'text').execute();
	await sql`update campaign set release_stage = 'municipality' where state in ('released', 'archived')`.execute(
		db,
	);
}
