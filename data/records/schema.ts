import type { Generated } from 'kysely';
import type { DiagnosticsTables } from './diagnostics/tables.ts';
import type { RegistryTables } from './registry/tables.ts';
import type { ResultsTables } from './results/tables.ts';
import type { SupportTables } from './support/tables.ts';
import type { WorkshopTables } from './workshop/tables.ts';

/**
 * The shape of the records, one interface per table. Timestamps are ISO 8601 UTC text, dates are `YYYY-MM-DD` text,
 * flags are 0 or 1 and structured values are JSON text, so that one code serves SQLite and PostgreSQL alike.
 */
export interface RecordsSchema
	extends RegistryTables,
		DiagnosticsTables,
		ResultsTables,
		SupportTables,
		WorkshopTables {
	audit: AuditRow;
	change: ChangeRow;
	setting: SettingRow;
	login_account: LoginAccountRow;
	login_session: LoginSessionRow;
	login_credential: LoginCredentialRow;
	login_verification: LoginVerificationRow;
}

/** The chained log: `hash` covers the row and `previous_hash`. */
export interface AuditRow {
	seq: Generated<number>;
	at: string;
	who: string;
	role: string;
	action: string;
	object: string;
	purpose: string;
	previous_hash: string;
	hash: string;
}

/** What analysis must take notice of, in the order of commitment. */
export interface ChangeRow {
	seq: Generated<number>;
	/** see `ChangeKind` in `changes.ts` */
	kind: string;
	subject: string;
	at: string;
}

/** Facts about this data folder: `installation_name`, `demo` (JSON of personas and seed), `secret_created_at`, … */
export interface SettingRow {
	name: string;
	value: string;
}

/** Sign-in accounts, kept by the sign-in library. */
export interface LoginAccountRow {
	id: string;
	name: string;
	email: string;
	email_verified: number;
	image: string | null;
	username: string | null;
	display_username: string | null;
	created_at: string;
	updated_at: string;
}

export interface LoginSessionRow {
	id: string;
	expires_at: string;
	token: string;
	created_at: string;
	updated_at: string;
	ip_address: string | null;
	user_agent: string | null;
	user_id: string;
}

export interface LoginCredentialRow {
	id: string;
	account_id: string;
	provider_id: string;
	user_id: string;
	access_token: string | null;
	refresh_token: string | null;
	id_token: string | null;
	access_token_expires_at: string | null;
	refresh_token_expires_at: string | null;
	scope: string | null;
	password: string | null;
	created_at: string;
	updated_at: string;
}

export interface LoginVerificationRow {
	id: string;
	identifier: string;
	value: string;
	expires_at: string;
	created_at: string | null;
	updated_at: string | null;
}
