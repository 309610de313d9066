import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/** Instruments, campaigns and what participants gave; `identity` alone ties a code to a person. */
export const diagnostics: NamedMigration = {
	name: '0003-diagnostics',
	async up(db: Kysely<AnyShape>) {
		await createCampaigns(db);
		await createParticipants(db);
		await createAnswers(db);
	},
};

async function createCampaigns(db: Kysely<AnyShape>): Promise<void> {
	const states = ['draft', 'approved', 'open', 'closed', 'scored', 'reviewed', 'released', 'archived'];
	await db.schema
		.createTable('instrument_version')
		.addColumn('instrument', 'text', (column) => column.notNull())
		.addColumn('version', 'integer', (column) => column.notNull().check(sql`version >= 1`))
		.addColumn('survey', 'text', (column) => column.notNull())
		.addColumn('key', 'text', (column) => column.notNull())
		.addColumn('sha256', 'text', (column) => column.notNull())
		.addColumn('published_at', 'text', (column) => column.notNull())
		.addPrimaryKeyConstraint('instrument_version_key', ['instrument', 'version'])
		.execute();
	await db.schema
		.createTable('campaign')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('municipality_id', 'text', (column) => column.notNull().references('municipality.id'))
		.addColumn('title', 'text', (column) => column.notNull())
		.addColumn('goal', 'text', (column) => column.notNull())
		.addColumn('basis_document', 'text', (column) => column.notNull())
		.addColumn('state', 'text', (column) => column.notNull().check(oneOf('state', states)))
		.addColumn('mode', 'text', (column) =>
			column.notNull().check(oneOf('mode', ['confidential', 'anonymous'])),
		)
		.addColumn('population', 'text', (column) => column.notNull())
		.addColumn('opens_on', 'text', (column) => column.notNull())
		.addColumn('closes_on', 'text', (column) => column.notNull())
		.addColumn('retention_until', 'text', (column) => column.notNull())
		.addColumn('consent_version', 'text', (column) => column.notNull())
		.addColumn('created_by', 'text', (column) => column.notNull())
		.addColumn('created_at', 'text', (column) => column.notNull())
		.addColumn('released_at', 'text')
		.addCheckConstraint('campaign_in_order', sql`closes_on >= opens_on`)
		.execute();
	await db.schema.createIndex('campaign_municipality').on('campaign').column('municipality_id').execute();
	await db.schema
		.createTable('campaign_instrument')
		.addColumn('campaign_id', 'text', (column) => column.notNull().references('campaign.id'))
		.addColumn('instrument', 'text', (column) => column.notNull())
		.addColumn('version', 'integer', (column) => column.notNull())
		.addColumn('position', 'integer', (column) => column.notNull())
		.addPrimaryKeyConstraint('campaign_instrument_key', ['campaign_id', 'instrument'])
		.addForeignKeyConstraint(
			'campaign_instrument_published',
			['instrument', 'version'],
			'instrument_version',
			['instrument', 'version'],
		)
		.execute();
}

async function createParticipants(db: Kysely<AnyShape>): Promise<void> {
	await db.schema
		.createTable('participant')
		.addColumn('participant_code', 'text', (column) =>
			column.primaryKey().check(sql`length(participant_code) = 8`),
		)
		.addColumn('campaign_id', 'text', (column) => column.notNull().references('campaign.id'))
		.addColumn('school_id', 'text', (column) => column.notNull().references('school.id'))
		.addColumn('subject', 'text')
		.addColumn('seniority_band', 'text', (column) =>
			column.check(oneOf('seniority_band', ['0-3', '4-10', '11-20', '21+'])),
		)
		.addColumn('category', 'text')
		.addColumn('link_hash', 'text', (column) => column.unique())
		.addColumn('invited_at', 'text', (column) => column.notNull())
		.execute();
	await db.schema
		.createIndex('participant_campaign')
		.on('participant')
		.columns(['campaign_id', 'school_id'])
		.execute();
	await db.schema.createIndex('participant_school').on('participant').column('school_id').execute();
	await db.schema
		.createTable('identity')
		.addColumn('participant_code', 'text', (column) =>
			column.primaryKey().references('participant.participant_code'),
		)
		.addColumn('person_id', 'text', (column) => column.notNull().references('person.id'))
		.execute();
	await db.schema.createIndex('identity_person').on('identity').column('person_id').execute();
	await db.schema
		.createTable('consent')
		.addColumn('participant_code', 'text', (column) =>
			column.notNull().references('participant.participant_code'),
		)
		.addColumn('purpose', 'text', (column) =>
			column.notNull().check(oneOf('purpose', ['diagnostic', 'methodist'])),
		)
		.addColumn('version', 'text', (column) => column.notNull())
		.addColumn('given_at', 'text')
		.addColumn('declined_at', 'text')
		.addPrimaryKeyConstraint('consent_key', ['participant_code', 'purpose', 'version'])
		.addCheckConstraint('consent_decided', sql`given_at is not null or declined_at is not null`)
		.execute();
}

async function createAnswers(db: Kysely<AnyShape>): Promise<void> {
	const { sequence } = columnTypes(db);
	await db.schema
		.createTable('draft')
		.addColumn('id', sequence)
		.addColumn('participant_code', 'text', (column) =>
			column.notNull().references('participant.participant_code'),
		)
		.addColumn('instrument', 'text', (column) => column.notNull())
		.addColumn('answers', 'text', (column) => column.notNull())
		.addColumn('page', 'integer', (column) => column.notNull())
		.addColumn('saved_at', 'text', (column) => column.notNull())
		.execute();
	await db.schema
		.createIndex('draft_newest')
		.on('draft')
		.columns(['participant_code', 'instrument', 'id'])
		.execute();
	await db.schema
		.createTable('response')
		.addColumn('id', 'text', (column) => column.primaryKey())
		.addColumn('campaign_id', 'text', (column) => column.notNull())
		.addColumn('participant_code', 'text', (column) =>
			column.notNull().references('participant.participant_code'),
		)
		.addColumn('instrument', 'text', (column) => column.notNull())
		.addColumn('version', 'integer', (column) => column.notNull())
		.addColumn('answers', 'text', (column) => column.notNull())
		.addColumn('started_at', 'text')
		.addColumn('submitted_at', 'text', (column) => column.notNull())
		.addColumn('duration_seconds', 'integer', (column) => column.check(sql`duration_seconds >= 0`))
		.addUniqueConstraint('response_once', ['participant_code', 'instrument'])
		.addForeignKeyConstraint('response_asked', ['campaign_id', 'instrument'], 'campaign_instrument', [
			'campaign_id',
			'instrument',
		])
		.execute();
	await db.schema.createIndex('response_campaign').on('response').column('campaign_id').execute();
}
