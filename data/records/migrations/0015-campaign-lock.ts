import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes, oneOf } from './columns.ts';

/**
 * After the first answer the store itself keeps a campaign's mode, instruments and text of consent; letters that a mail
 * server puts off are tried again a few times, and addresses it does not accept are remembered.
 */
export const campaignLock: NamedMigration = {
	name: '0015-campaign-lock',
	async up(db: Kysely<AnyShape>) {
		if (columnTypes(db).postgres) await lockOnPostgres(db);
		else await lockOnSqlite(db);
		await rebuildDeliveries(db);
		await db.schema.alterTable('reminder').addColumn('resume_at', 'text').execute();
		await db.schema
			.createTable('refused_address')
			.addColumn('email', 'text', (column) => column.primaryKey())
			.addColumn('answer', 'text', (column) => column.notNull())
			.addColumn('refused_at', 'text', (column) => column.notNull())
			.execute();
	},
};

/** An answer, or a decision about consent: that one stays when an answer is taken back. */
const ANSWERED = `exists (select 1 from response where response.campaign_id = old.ID)
	or exists (select 1 from observation where observation.campaign_id = old.ID)
	or exists (select 1 from consent inner join participant
		on participant.participant_code = consent.participant_code
		where participant.campaign_id = old.ID and consent.purpose = 'diagnostic')`;
const ofCampaign = ANSWERED.replaceAll('old.ID', 'old.id');
const ofInstrument = ANSWERED.replaceAll('old.ID', 'old.campaign_id');

async function lockOnSqlite(db: Kysely<AnyShape>): Promise<void> {
	await sql
		.raw(
			`create trigger campaign_locked before update on campaign
			when (new.mode <> old.mode or new.consent_version <> old.consent_version) and (${ofCampaign})
			begin select raise(abort, 'campaign-locked-by-answers'); end`,
		)
		.execute(db);
	await sql
		.raw(
			`create trigger campaign_instrument_locked before update on campaign_instrument
			when (new.campaign_id <> old.campaign_id or new.instrument <> old.instrument
				or new.version <> old.version) and (${ofInstrument})
			begin select raise(abort, 'campaign-locked-by-answers'); end`,
		)
		.execute(db);
	await sql
		.raw(
			`create trigger campaign_instrument_kept before delete on campaign_instrument when ${ofInstrument}
			begin select raise(abort, 'campaign-locked-by-answers'); end`,
		)
		.execute(db);
	await sql
		.raw(
			`create trigger campaign_instrument_added before insert on campaign_instrument
			when ${ofInstrument.replaceAll('old.', 'new.')}
			begin select raise(abort, 'campaign-locked-by-answers'); end`,
		)
		.execute(db);
}

async function lockOnPostgres(db: Kysely<AnyShape>): Promise<void> {
	await sql
		.raw(
			`create function keep_campaign() returns trigger language plpgsql as $$
			begin
				if (new.mode <> old.mode or new.consent_version <> old.consent_version) and (${ofCampaign}) then
					raise exception 'campaign-locked-by-answers';
				end if;
				return new;
			end $$`,
		)
		.execute(db);
	await sql`create trigger campaign_locked before update on campaign
		for each row execute function keep_campaign()`.execute(db);
	await sql
		.raw(
			`create function keep_campaign_instrument() returns trigger language plpgsql as $$
			begin
				if tg_op = 'UPDATE' and new.campaign_id = old.campaign_id and new.instrument = old.instrument
					and new.version = old.version then
					return new;
				end if;
				if tg_op = 'INSERT' then
					old := new;
				end if;
				if ${ofInstrument} then
					raise exception 'campaign-locked-by-answers';
				end if;
				if tg_op = 'DELETE' then
					return old;
				end if;
				return new;
			end $$`,
		)
		.execute(db);
	await sql`create trigger campaign_instrument_locked before insert or update or delete on campaign_instrument
		for each row execute function keep_campaign_instrument()`.execute(db);
}

/** A check of a column cannot be widened on both stores: the table is made anew and filled. */
async function rebuildDeliveries(db: Kysely<AnyShape>): Promise<void> {
	await db.schema.dropIndex('reminder_delivery_code').execute();
	await db.schema.alterTable('reminder_delivery').renameTo('reminder_delivery_before').execute();
	await db.schema
		.createTable('reminder_delivery')
		.addColumn('reminder_id', 'text', (column) => column.notNull().references('reminder.id'))
		.addColumn('participant_code', 'text', (column) =>
			column.notNull().references('participant.participant_code'),
		)
		.addColumn('state', 'text', (column) =>
			column.notNull().check(oneOf('state', ['sending', 'sent', 'refused', 'deferred', 'given_up'])),
		)
		.addColumn('at', 'text', (column) => column.notNull())
		.addColumn('answer', 'text')
		.addColumn('attempts', 'integer', (column) => column.notNull().defaultTo(1))
		.addColumn('retry_at', 'text')
		.addPrimaryKeyConstraint('reminder_delivery_once', ['reminder_id', 'participant_code'])
		.execute();
	await sql`insert into reminder_delivery (reminder_id, participant_code, state, at, answer)
		select reminder_id, participant_code, state, at, answer from reminder_delivery_before`.execute(db);
	await db.schema.dropTable('reminder_delivery_before').execute();
	await db.schema
		.createIndex('reminder_delivery_code')
		.on('reminder_delivery')
		.column('participant_code')
		.execute();
}
