import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, oneOf } from './columns.ts';

/**
 * Observations: answers that somebody else gave about a participant. There may be several about one person; the last one
 * stands. `recorded_response` is what analysis reads: the responses of participants and the observations that stand.
 */
export const observations: NamedMigration = {
	name: '0010-observations',
	async up(db: Kysely<AnyShape>) {
		await db.schema
			.createTable('observation')
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
			.addColumn('observed_by', 'text', (column) => column.notNull())
			.addColumn('standing', 'text', (column) =>
				column.notNull().check(oneOf('standing', ['last', 'earlier'])),
			)
			.addForeignKeyConstraint('observation_asked', ['campaign_id', 'instrument'], 'campaign_instrument', [
				'campaign_id',
				'instrument',
			])
			.execute();
		await sql`create unique index observation_last on observation (participant_code, instrument)
			where standing = 'last'`.execute(db);
		await db.schema
			.createIndex('observation_participant')
			.on('observation')
			.columns(['participant_code', 'instrument'])
			.execute();
		const columns =
			sql.raw(`id, campaign_id, participant_code, instrument, version, answers, started_at, submitted_at,
			duration_seconds`);
		await sql`create view recorded_response as
			select ${columns} from response
			union all select ${columns} from observation where standing = 'last'`.execute(db);
	},
};
