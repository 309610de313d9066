import { Router } from 'express';
import { listAudit } from '#data/records/audit.ts';
import { listAccounts, namesOfAccounts } from '#data/records/registry/accounts.ts';
import { recordGrant, revokeGrant } from '#data/records/registry/grants.ts';
import { findSetting } from '#data/records/settings.ts';
import { demandAct, isPlaceWithin } from '../access.ts';
import { createAccount, disableAccount, getAccount, listAccountStates } from '../accounts.ts';
import {
	type AccountItem,
	type AuditReply,
	accountBody,
	administrationRoutes,
	auditQuery,
	grantBody,
	type SettingsReply,
} from '../contract/administration.ts';
import type { Floors } from '../floors.ts';
import { listAllGrants } from '../grants.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { namePlaces } from '../place-names.ts';
import { Problem } from '../problem.ts';
import { type Asker, askerOf, type Sessions } from '../session.ts';
import { VERSION } from '../version.ts';

export function administrationRouter(floors: Floors, sessions: Sessions): Router {
	const { records, projector, signIn } = floors;
	const { db } = records;
	const router = Router();

	router.get(administrationRoutes.accounts.path, async (_request, response) => {
		demandAct(askerOf(response), 'manage-accounts');
		response.json(await listItems());
	});

	router.post(administrationRoutes.create.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const { grants, ...account } = parseBody(accountBody, request, response);
		for (const { place } of grants) await demandPlace(asker, place);
		const id = await createAccount(signIn, account);
		for (const grant of grants) await recordGrant(db, { account_id: id, ...grant });
		await logAct(records, asker, 'create-account', `account/${id}`, account.login);
		response.status(201).json(await getItem(id));
	});

	router.post(administrationRoutes.disable.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const { account_id } = await getAccount(db, String(request.params.id));
		await demandAnotherAdmin(account_id);
		await disableAccount(signIn, account_id);
		sessions.forget();
		await logAct(records, asker, 'disable-account', `account/${account_id}`);
		response.json(await getItem(account_id));
	});

	router.post(administrationRoutes.grant.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const { account_id } = await getAccount(db, String(request.params.id));
		const grant = parseBody(grantBody, request, response);
		await demandPlace(asker, grant.place);
		await recordGrant(db, { account_id, ...grant });
		sessions.forget();
		await logAct(records, asker, 'grant', `account/${account_id}`, `${grant.role} ${grant.place}`);
		response.status(201).json(await getItem(account_id));
	});

	router.delete(administrationRoutes.revoke.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const item = await getItem(String(request.params.id));
		const grant = item.grants.find(({ grant_id }) => grant_id === request.params.grant);
		if (!grant) throw new Problem(404, 'not-found');
		if (grant.role === 'admin') await demandAnotherAdmin(item.account_id);
		await revokeGrant(db, grant.grant_id);
		sessions.forget();
		await logAct(records, asker, 'revoke', `account/${item.account_id}`, `${grant.role} ${grant.place}`);
		response.json(await getItem(item.account_id));
	});

	router.get(administrationRoutes.audit.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-log');
		const { before, limit } = parseQuery(auditQuery, request, response);
		const rows = await listAudit(db, { beforeSeq: before, limit });
		const names = await namesOfAccounts(
			db,
			rows.map(({ who }) => who),
		);
		const last = rows.at(-1);
		const reply: AuditReply = {
			entries: rows.map(({ seq, at, who, role, action, object, purpose }) => {
				return { seq: Number(seq), at, who_name: names.get(who) ?? who, role, action, object, purpose };
			}),
			next: rows.length === limit && last ? Number(last.seq) : null,
		};
		response.json(reply);
	});

	router.get(administrationRoutes.settings.path, async (_request, response) => {
		demandAct(askerOf(response), 'see-settings');
		const [name, demo] = await Promise.all([findSetting(db, 'installation_name'), findSetting(db, 'demo')]);
		const reply: SettingsReply = {
			installation: { name: name ?? 'Опора' },
			store: records.dialect,
			projector: {
				caught_up: projector.caughtUp(),
				lag_seconds: projector.lagSeconds(),
				watermark: projector.watermark(),
			},
			demo: demo !== undefined,
			version: VERSION,
		};
		response.json(reply);
	});

	async function listItems(): Promise<AccountItem[]> {
		const [accounts, states, grants] = await Promise.all([
			listAccounts(db),
			listAccountStates(db),
			listAllGrants(db),
		]);
		const names = await namePlaces(
			db,
			grants.map(({ place }) => place),
		);
		const byAccount = Map.groupBy(grants, ({ account_id }) => account_id);
		return accounts.map(({ account_id, username, name }) => ({
			account_id,
			login: username ?? '',
			name,
			disabled: states.get(account_id)?.disabled ?? true,
			created_at: states.get(account_id)?.created_at ?? '',
			grants: (byAccount.get(account_id) ?? []).map(({ id, role, place, granted_at, revoked_at }) => ({
				grant_id: id,
				role: role as AccountItem['grants'][number]['role'],
				place,
				place_name: names.get(place) ?? place,
				granted_at,
				revoked_at,
			})),
		}));
	}

	async function getItem(accountId: string): Promise<AccountItem> {
		const item = (await listItems()).find(({ account_id }) => account_id === accountId);
		if (!item) throw new Problem(404, 'not-found');
		return item;
	}

	/** Nobody grants a role at a place outside the own ones. */
	async function demandPlace(asker: Asker, place: string): Promise<void> {
		if (!(await isPlaceWithin(db, place, asker.places))) throw new Problem(422, 'unknown-place', { place });
	}

	async function demandAnotherAdmin(accountId: string): Promise<void> {
		const others = (await listItems()).filter(
			({ account_id, disabled, grants }) =>
				account_id !== accountId && !disabled && grants.some(({ role }) => role === 'admin'),
		);
		if (others.length === 0) throw new Problem(409, 'last-admin');
	}

	return router;
}
