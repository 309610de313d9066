import type { Kysely } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import type { AnyShape } from './columns.ts';

/** Files of a lesson that an observer attaches: for which observation, and by whom. Those that stand are participants' own. */
export const observationFiles: NamedMigration = {
	name: '0017-observation-files',
	async up(db: Kysely<AnyShape>) {
		await db.schema.alterTable('answer_file').addColumn('observation_id', 'text').execute();
		await db.schema.alterTable('answer_file').addColumn('stored_by', 'text').execute();
	},
};
