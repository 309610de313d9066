import type { RoleGrantRow } from '#data/records/registry/tables.ts';
import type { Db } from '#data/records/store.ts';

/** Every grant in force, by account. */
export async function listAllGrants(db: Db): Promise<RoleGrantRow[]> {
	return db
		.selectFrom('role_grant')
		.selectAll()
		.where('revoked_at', 'is', null)
		.orderBy('account_id')
		.orderBy('granted_at')
		.execute();
}
