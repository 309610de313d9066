import type { Kysely } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, oneOf } from './columns.ts';

/** What kind of work a participant does, so that a survey can ask teachers and heads different things. */
export const participantPosition: NamedMigration = {
	name: '0016-participant-position',
	async up(db: Kysely<AnyShape>) {
		await db.schema
			.alterTable('participant')
			.addColumn('position', 'text', (column) =>
				column.check(oneOf('position', ['teacher', 'deputy_head', 'head', 'specialist', 'other'])),
			)
			.execute();
	},
};
