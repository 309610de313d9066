import type { Kysely } from 'kysely';
import type { NamedMigration } from '../migrate.ts';
import { type AnyShape, columnTypes } from './columns.ts';

/** Accounts, sessions and credentials, in the shape the sign-in library expects. */
export const signIn: NamedMigration = {
	name: '0001-sign-in',
	async up(db: Kysely<AnyShape>) {
		const { instant, flag } = columnTypes(db);
		await db.schema
			.createTable('login_account')
			.addColumn('id', 'text', (column) => column.primaryKey())
			.addColumn('name', 'text', (column) => column.notNull())
			.addColumn('email', 'text', (column) => column.notNull().unique())
			.addColumn('email_verified', flag, (column) => column.notNull())
			.addColumn('image', 'text')
			.addColumn('username', 'text', (column) => column.unique())
			.addColumn('display_username', 'text')
			.addColumn('created_at', instant, (column) => column.notNull())
			.addColumn('updated_at', instant, (column) => column.notNull())
			.execute();
		await db.schema
			.createTable('login_session')
			.addColumn('id', 'text', (column) => column.primaryKey())
			.addColumn('expires_at', instant, (column) => column.notNull())
			.addColumn('token', 'text', (column) => column.notNull().unique())
			.addColumn('created_at', instant, (column) => column.notNull())
			.addColumn('updated_at', instant, (column) => column.notNull())
			.addColumn('ip_address', 'text')
			.addColumn('user_agent', 'text')
			.addColumn('user_id', 'text', (column) =>
				column.notNull().references('login_account.id').onDelete('cascade'),
			)
			.execute();
		await db.schema.createIndex('login_session_user').on('login_session').column('user_id').execute();
		await db.schema
			.createTable('login_credential')
			.addColumn('id', 'text', (column) => column.primaryKey())
			.addColumn('account_id', 'text', (column) => column.notNull())
			.addColumn('provider_id', 'text', (column) => column.notNull())
			.addColumn('user_id', 'text', (column) =>
				column.notNull().references('login_account.id').onDelete('cascade'),
			)
			.addColumn('access_token', 'text')
			.addColumn('refresh_token', 'text')
			.addColumn('id_token', 'text')
			.addColumn('access_token_expires_at', instant)
			.addColumn('refresh_token_expires_at', instant)
			.addColumn('scope', 'text')
			.addColumn('password', 'text')
			.addColumn('created_at', instant, (column) => column.notNull())
			.addColumn('updated_at', instant, (column) => column.notNull())
			.execute();
		await db.schema.createIndex('login_credential_user').on('login_credential').column('user_id').execute();
		await db.schema
			.createTable('login_verification')
			.addColumn('id', 'text', (column) => column.primaryKey())
			.addColumn('identifier', 'text', (column) => column.notNull())
			.addColumn('value', 'text', (column) => column.notNull())
			.addColumn('expires_at', instant, (column) => column.notNull())
			.addColumn('created_at', instant)
			.addColumn('updated_at', instant)
			.execute();
		await db.schema
			.createIndex('login_verification_identifier')
			.on('login_verification')
			.column('identifier')
			.execute();
	},
};
