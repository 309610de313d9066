import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import type { AnyShape } from './columns.ts';

/** The act of taking people out of the answers of a campaign when the time is over for which they may be kept. */
export const deidentification: NamedMigration = {
	name: '0023-deidentification',
	async up(db: Kysely<AnyShape>) {
		await db.schema
			.createTable('deidentification')
			.addColumn('campaign_id', 'text', (column) => column.primaryKey().references('campaign.id'))
			.addColumn('done_at', 'text', (column) => column.notNull())
			.addColumn('people', 'integer', (column) => column.notNull().check(sql`people >= 0`))
			.addColumn('responses', 'integer', (column) => column.notNull().check(sql`responses >= 0`))
			.addColumn('files', 'integer', (column) => column.notNull().check(sql`files >= 0`))
			.addColumn('drafts', 'integer', (column) => column.notNull().check(sql`drafts >= 0`))
			.execute();
	},
};
