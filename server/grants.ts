import { placeIsWithin } from '#data/records/places.ts';
import type { RoleGrantRow } from '#data/records/registry/tables.ts';
import type { Db } from '#data/records/store.ts';
import { coversEverything } from './access.ts';

/** What an administrator may know of the roles of one account. */
export interface GrantScope {
	/** in force, inside the administrator's places */
	shown: RoleGrantRow[];
	/** the account holds, or held when it last held any, a role inside the places */
	isSeen: boolean;
	/** it is seen, and holds no role outside or above the places */
	isOwn: boolean;
}

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

/** How accounts stand to the places of an administrator; accounts without any role are for who administers everything. */
export async function scopeGrants(
	db: Db,
	places: readonly string[],
): Promise<(accountId: string) => GrantScope> {
	const [all, inside, isTop] = await Promise.all([
		db.selectFrom('role_grant').selectAll().orderBy('granted_at').execute(),
		db
			.selectFrom('role_grant')
			.select('id')
			.where(placeIsWithin(db, 'role_grant.place', places))
			.execute(),
		coversEverything(db, places),
	]);
	const ids = new Set(inside.map(({ id }) => id));
	const byAccount = Map.groupBy(all, ({ account_id }) => account_id);
	return (accountId) => {
		const ever = byAccount.get(accountId) ?? [];
		const inForce = ever.filter(({ revoked_at }) => revoked_at === null);
		const shown = inForce.filter(({ id }) => ids.has(id));
		const former = inForce.length === 0 && ever.some(({ id }) => ids.has(id));
		const isSeen = isTop || shown.length > 0 || former;
		return {
			shown: isTop ? inForce : shown,
			isSeen,
			isOwn: isTop || (isSeen && shown.length === inForce.length),
		};
	};
}
