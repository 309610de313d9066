import { type Kysely, sql } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes } from './columns.ts';

/** Files and signatures that participants hand in, and the moment at which a timed form was begun. */
export const answerFiles: NamedMigration = {
	name: '0008-answer-files',
	async up(db: Kysely<AnyShape>) {
		const { postgres } = columnTypes(db);
		await db.schema
			.createTable('answer_file')
			.addColumn('id', 'text', (column) => column.primaryKey())
			.addColumn('participant_code', 'text', (column) =>
				column.notNull().references('participant.participant_code'),
			)
			.addColumn('instrument', 'text', (column) => column.notNull())
			.addColumn('question', 'text', (column) => column.notNull())
			.addColumn('name', 'text', (column) => column.notNull())
			.addColumn('type', 'text', (column) => column.notNull())
			.addColumn('size', 'integer', (column) => column.notNull().check(sql`size > 0`))
			.addColumn('sha256', 'text', (column) => column.notNull())
			.addColumn('content', postgres ? sql`bytea` : sql`blob`, (column) => column.notNull())
			.addColumn('stored_at', 'text', (column) => column.notNull())
			.execute();
		await db.schema
			.createIndex('answer_file_of')
			.on('answer_file')
			.columns(['participant_code', 'instrument'])
			.execute();
		await db.schema
			.createTable('attempt')
			.addColumn('participant_code', 'text', (column) =>
				column.notNull().references('participant.participant_code'),
			)
			.addColumn('instrument', 'text', (column) => column.notNull())
			.addColumn('started_at', 'text', (column) => column.notNull())
			.addPrimaryKeyConstraint('attempt_once', ['participant_code', 'instrument'])
			.execute();
	},
};
