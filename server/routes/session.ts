import { Router } from 'express';
import { appendAudit } from '#data/records/audit.ts';
import { findSetting } from '#data/records/settings.ts';
import { changePassword, getAccount } from '../accounts.ts';
import { findLanding, findMenu, listActs } from '../acts.ts';
import { limitAttempts } from '../attempts.ts';
import {
	linkBody,
	passwordBody,
	persona,
	roleBody,
	type SessionBody,
	type SessionReply,
	sessionRoutes,
	signInBody,
} from '../contract/session.ts';
import { cookieOptions } from '../cookies.ts';
import type { Floors } from '../floors.ts';
import { LINK_COOKIE, LINK_HOURS, writePass } from '../link-session.ts';
import { timeOf } from '../my-invitations.ts';
import { openLink } from '../open-link.ts';
import { parseBody } from '../parse.ts';
import { namePlaces } from '../place-names.ts';
import { Problem } from '../problem.ts';
import { sign } from '../secret.ts';
import { type Asker, askerOf, ROLE_COOKIE, type Sessions, whoOf } from '../session.ts';
import { signInWithPassword, signOut } from '../sign-in.ts';

export function sessionRouter(floors: Floors, sessions: Sessions): Router {
	const { records, secret, signIn } = floors;
	const router = Router();
	const attempts = limitAttempts();

	router.get(sessionRoutes.find.path, async (_request, response) => {
		const asker: Asker | undefined = response.locals.asker;
		const [demo, name] = await Promise.all([
			findSetting(records.db, 'demo'),
			findSetting(records.db, 'installation_name'),
		]);
		const reply: SessionReply = {
			csrf: asker?.csrf ?? null,
			session: asker ? await describeSession(floors, asker) : null,
			demo: demo ? { personas: persona.array().parse(JSON.parse(demo).personas) } : null,
			installation: { name: name ?? 'Опора' },
		};
		response.json(reply);
	});

	router.post(sessionRoutes.sign_in.path, async (request, response) => {
		const { login, password } = parseBody(signInBody, request, response);
		await attempts.demand(request, 'sign-in', login);
		const signed = await signInWithPassword(signIn, login, password, {
			address: request.ip,
			agent: request.get('user-agent'),
		});
		if (!signed) {
			await attempts.failed(request, 'sign-in', login);
			await appendAudit(records, {
				who: login.slice(0, 60),
				role: '',
				action: 'sign-in-refused',
				object: '',
				purpose: '',
			});
			throw new Problem(401, 'wrong-credentials');
		}
		sessions.forget();
		const asker = await sessions.findAccountAsker(signed.account_id, signed.name, signed.token);
		if (!asker) throw new Problem(403, 'no-role');
		await noteSignIn(floors, asker, 'sign-in');
		for (const cookie of signed.cookies) response.append('set-cookie', cookie);
		response.clearCookie(LINK_COOKIE, cookieOptions(sessions.isSecure, 0));
		response.json({ csrf: asker.csrf, session: await describeSession(floors, asker) });
	});

	router.post(sessionRoutes.link.path, async (request, response) => {
		const { token, is_typed, to } = parseBody(linkBody, request, response);
		const kind = is_typed ? 'code' : 'link';
		await attempts.demandUnclosed(request, 'link');
		const opened = await openLink(records.db, secret, token, { kind, to });
		if (!opened) {
			await attempts.failed(request, 'link', token);
			throw new Problem(404, `${kind}-unknown`);
		}
		const cookie = writePass(secret, {
			link_hash: opened.link_hash,
			until: Date.now() + LINK_HOURS * 3_600_000,
		});
		await signOut(signIn, request.headers.cookie);
		response.clearCookie(sessions.sessionCookie, cookieOptions(sessions.isSecure, 0));
		response.cookie(LINK_COOKIE, cookie, cookieOptions(sessions.isSecure, LINK_HOURS));
		const asker = (await sessions.findByLink(cookie))!;
		// The hour of an entry would tell the hour of an answer that is to keep none.
		await noteSignIn(floors, asker, 'enter-by-link', timeOf(opened));
		response.json({ csrf: asker.csrf, session: await describeSession(floors, asker) });
	});

	router.post(sessionRoutes.role.path, async (request, response) => {
		const asker = askerOf(response);
		const { role } = parseBody(roleBody, request, response);
		const grants = asker.grants.filter((grant) => grant.role === role);
		if (grants.length === 0) throw new Problem(403, 'role-not-held');
		response.cookie(ROLE_COOKIE, role, cookieOptions(sessions.isSecure, LINK_HOURS));
		const changed: Asker = { ...asker, role, places: grants.map(({ place }) => place) };
		response.json({ csrf: asker.csrf, session: await describeSession(floors, changed) });
	});

	router.post(sessionRoutes.password.path, async (request, response) => {
		const asker = askerOf(response);
		const { password, new_password } = parseBody(passwordBody, request, response);
		if (!asker.account_id) throw new Problem(403, 'forbidden');
		await attempts.demand(request, 'password', asker.account_id);
		const account = await getAccount(records.db, asker.account_id);
		const signed = await changePassword(signIn, account, password, new_password);
		if (!signed) {
			await attempts.failed(request, 'password', asker.account_id);
			throw new Problem(401, 'wrong-credentials');
		}
		sessions.forget();
		await noteSignIn(floors, asker, 'change-password');
		for (const cookie of signed.cookies) response.append('set-cookie', cookie);
		const renewed = await sessions.findAccountAsker(signed.account_id, signed.name, signed.token, asker.role);
		if (!renewed) throw new Problem(403, 'no-role');
		response.json({ csrf: renewed.csrf, session: await describeSession(floors, renewed) });
	});

	router.delete(sessionRoutes.sign_out.path, async (request, response) => {
		await noteSignIn(floors, askerOf(response), 'sign-out');
		await signOut(signIn, request.headers.cookie);
		sessions.forget();
		for (const name of [LINK_COOKIE, ROLE_COOKIE, sessions.sessionCookie])
			response.clearCookie(name, cookieOptions(sessions.isSecure, 0));
		response.status(204).end();
	});

	return router;
}

async function describeSession({ records, secret }: Floors, asker: Asker): Promise<SessionBody> {
	const names = await namePlaces(
		records.db,
		asker.grants.map(({ place }) => place),
	);
	const isVisitor = asker.kind === 'participant';
	return {
		account_id: asker.account_id,
		holder: sign(secret, 'holder', asker.account_id ?? asker.invitation?.participant_code ?? '').slice(0, 16),
		kind: asker.kind,
		name: asker.name,
		role: asker.role,
		roles: asker.grants.map((grant) => ({ ...grant, place_name: names.get(grant.place) ?? grant.place })),
		landing: findLanding(asker.role, asker.places),
		menu: findMenu(asker.role),
		acts: isVisitor ? ['answer', 'see-own-profile'] : listActs(asker.role),
	};
}

function noteSignIn({ records }: Floors, asker: Asker, action: string, at?: string): Promise<void> {
	const entry = { who: whoOf(asker), role: asker.role, action, object: '', purpose: '' };
	return appendAudit(records, at ? { ...entry, at } : entry);
}
