import { randomUUID } from 'node:crypto';
import type { Db } from '../store.ts';
import type { RoleGrantRow } from './tables.ts';

/** Roles in force for an account, oldest first. */
export async function listGrants(db: Db, accountId: string): Promise<RoleGrantRow[]> {
	return db
		.selectFrom('role_grant')
		.selectAll()
		.where('account_id', '=', accountId)
		.where('revoked_at', 'is', null)
		.orderBy('granted_at')
		.orderBy('id')
		.execute();
}

/** Grants a role at a place; a grant in force stays as it is. Returns its id. */
export async function recordGrant(
	db: Db,
	grant: { account_id: string; role: string; place: string; granted_at?: string },
): Promise<string> {
	const { account_id, role, place, granted_at = new Date().toISOString() } = grant;
	const standing = await db
		.selectFrom('role_grant')
		.select('id')
		.where('account_id', '=', account_id)
		.where('role', '=', role)
		.where('place', '=', place)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
	if (standing) return standing.id;
	const id = randomUUID();
	await db
		.insertInto('role_grant')
		.values({ id, account_id, role, place, granted_at, revoked_at: null })
		.execute();
	return id;
}

/** Ends a grant at once; false when none of that id is in force. */
export async function revokeGrant(db: Db, grantId: string, at = new Date().toISOString()): Promise<boolean> {
	const result = await db
		.updateTable('role_grant')
		.set({ revoked_at: at })
		.where('id', '=', grantId)
		.where('revoked_at', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows > 0n;
}
