import { Router } from 'express';
import { listAudit } from '#data/records/audit.ts';
import { listAccounts, namesOfAccounts } from '#data/records/registry/accounts.ts';
import { listGrants, recordGrant, revokeGrant } from '#data/records/registry/grants.ts';
import { findSetting } from '#data/records/settings.ts';
import { coversEverything, demandAct, isPlaceWithin } from '../access.ts';
import { createAccount, disableAccount, listAccountStates } from '../accounts.ts';
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
import { listAllGrants, scopeGrants } from '../grants.ts';
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
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		response.json(await listItems(asker));
	});

	router.post(administrationRoutes.create.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const { grants, ...account } = parseBody(accountBody, request, response);
		// Without a role it would be an account that its own administrator does not see.
		if (grants.length === 0 && !(await coversEverything(db, asker.places)))
			throw new Problem(422, 'grant-needed');
		for (const { place } of grants) await demandPlace(asker, place);
		const id = await createAccount(signIn, account);
		for (const grant of grants) await recordGrant(db, { account_id: id, ...grant });
		await logAct(records, asker, 'create-account', `account/${id}`, account.login);
		response.status(201).json(await getItem(asker, id));
	});

	router.post(administrationRoutes.disable.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const { account_id } = await getItem(asker, String(request.params.id));
		if (!(await scopeGrants(db, asker.places))(account_id).isOwn) throw new Problem(403, 'account-beyond');
		const grants = await listGrants(db, account_id);
		await demandAnotherAdmin(grants.filter(({ role }) => role === 'admin'));
		await disableAccount(signIn, account_id);
		sessions.forget();
		await logAct(records, asker, 'disable-account', `account/${account_id}`);
		response.json(await getItem(asker, account_id));
	});

	router.post(administrationRoutes.grant.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const { account_id } = await getItem(asker, String(request.params.id));
		const grant = parseBody(grantBody, request, response);
		await demandPlace(asker, grant.place);
		await recordGrant(db, { account_id, ...grant });
		sessions.forget();
		await logAct(records, asker, 'grant', `account/${account_id}`, `${grant.role} ${grant.place}`);
		response.status(201).json(await getItem(asker, account_id));
	});

	router.delete(administrationRoutes.revoke.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'manage-accounts');
		const item = await getItem(asker, String(request.params.id));
		const grant = item.grants.find(({ grant_id }) => grant_id === request.params.grant);
		if (!grant) throw new Problem(404, 'not-found');
		if (grant.role === 'admin') await demandAnotherAdmin([{ id: grant.grant_id, place: grant.place }]);
		await revokeGrant(db, grant.grant_id);
		sessions.forget();
		await logAct(records, asker, 'revoke', `account/${item.account_id}`, `${grant.role} ${grant.place}`);
		response.json(await getItem(asker, item.account_id));
	});

	router.get(administrationRoutes.audit.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-log');
		const { before, limit } = parseQuery(auditQuery, request, response);
		// Lines of the command line, of participants and of other places are for who answers for everything.
		const places = (await coversEverything(db, asker.places)) ? undefined : asker.places;
		const rows = await listAudit(db, { beforeSeq: before, places, limit });
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

	/** Accounts with a role inside the asker's places, and of their roles only those. */
	async function listItems(asker: Asker): Promise<AccountItem[]> {
		const [accounts, states, scopeOf] = await Promise.all([
			listAccounts(db),
			listAccountStates(db),
			scopeGrants(db, asker.places),
		]);
		const seen = accounts
			.map((account) => ({ ...account, ...scopeOf(account.account_id) }))
			.filter(({ isSeen }) => isSeen);
		const names = await namePlaces(
			db,
			seen.flatMap(({ shown }) => shown.map(({ place }) => place)),
		);
		return seen.map(({ account_id, username, name, shown }) => ({
			account_id,
			login: username ?? '',
			name,
			disabled: states.get(account_id)?.disabled ?? true,
			created_at: states.get(account_id)?.created_at ?? '',
			grants: shown.map(({ id, role, place, granted_at, revoked_at }) => ({
				grant_id: id,
				role: role as AccountItem['grants'][number]['role'],
				place,
				place_name: names.get(place) ?? place,
				granted_at,
				revoked_at,
			})),
		}));
	}

	async function getItem(asker: Asker, accountId: string): Promise<AccountItem> {
		const item = (await listItems(asker)).find(({ account_id }) => account_id === accountId);
		if (!item) throw new Problem(404, 'not-found');
		return item;
	}

	/** Nobody grants a role at a place outside the own ones. */
	async function demandPlace(asker: Asker, place: string): Promise<void> {
		if (!(await isPlaceWithin(db, place, asker.places))) throw new Problem(422, 'unknown-place', { place });
	}

	/** Where an administrator goes, somebody who can sign in stays above or beside. */
	async function demandAnotherAdmin(lost: readonly { id: string; place: string }[]): Promise<void> {
		const [states, grants] = await Promise.all([listAccountStates(db), listAllGrants(db)]);
		const staying = grants
			.filter(({ id, role, account_id }) => {
				const canSignIn = states.get(account_id)?.disabled === false;
				return role === 'admin' && canSignIn && lost.every((each) => each.id !== id);
			})
			.map(({ place }) => place);
		for (const { place } of lost)
			if (!staying.includes(place) && !(await isPlaceWithin(db, place, staying)))
				throw new Problem(409, 'last-admin');
	}

	return router;
}
