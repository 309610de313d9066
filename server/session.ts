import type { Request, RequestHandler, Response } from 'express';
import type { InvitationListing } from '#data/records/diagnostics/invitations.ts';
import { type LinkInvitation, listLinkInvitations } from '#data/records/joins/link-invitations.ts';
import { commitQueue } from '#data/records/queue.ts';
import { findPersonOfAccount } from '#data/records/registry/accounts.ts';
import { listGrants } from '#data/records/registry/grants.ts';
import { type RoleId, role as roleSchema, sessionRoutes } from './contract/session.ts';
import { readCookies } from './cookies.ts';
import type { Floors } from './floors.ts';
import { LINK_COOKIE, readPass } from './link-session.ts';
import { Problem } from './problem.ts';
import { sameText, sign } from './secret.ts';

/** Who asks, as found in the records no longer than a second ago. */
export interface Asker {
	kind: 'account' | 'participant';
	account_id: string | null;
	person_id: string | null;
	name: string;
	/** the active role */
	role: RoleId;
	grants: { role: RoleId; place: string }[];
	/** places at which the active role is held */
	places: string[];
	/** only in a session by personal link: the one invitation it opens */
	invitation: { participant_code: string; campaign_id: string; mode: string } | null;
	csrf: string;
}

/** What a request tells of its asker; what a personal link opens is read along with it, for most go on to ask for that. */
interface Found {
	asker?: Asker | undefined;
	invitations?: readonly InvitationListing[];
}

export const ROLE_COOKIE = 'opora_role';
const FRESH_MILLISECONDS = 1_000;
/** As many as may come in that time; beyond, each request looks for itself. */
const MOST_KEPT = 10_000;

/** Finds who asks, from the cookies; what was found serves for one second, so that a revoked right ends at once. */
export function createSessions(floors: Pick<Floors, 'records' | 'secret' | 'signIn' | 'config'>) {
	const { records, secret, signIn, config } = floors;
	const isSecure = config.PUBLIC_URL?.startsWith('https:') ?? false;
	const sessionCookie = `${isSecure ? '__Secure-' : ''}opora.session_token`;
	// Those who come at the same moment are looked up together.
	const links = commitQueue(async (hashes: string[]) => {
		const rows = await listLinkInvitations(records.db, hashes);
		const byHash = Map.groupBy(rows, ({ link_hash }) => link_hash);
		return hashes.map((hash) => byHash.get(hash) ?? []);
	});
	const found = new Map<string, Promise<Asker | undefined>>();
	let foundSince = 0;

	async function find(request: Request): Promise<Found> {
		const cookies = readCookies(request);
		const link = cookies[LINK_COOKIE];
		const session = cookies[sessionCookie];
		if (!link && !session) return {};
		const now = performance.now();
		if (now - foundSince >= FRESH_MILLISECONDS) {
			found.clear();
			foundSince = now;
		}
		const key = link ? `link ${link}` : `session ${session} ${cookies[ROLE_COOKIE] ?? ''}`;
		const kept = found.get(key);
		if (kept) return { asker: await kept };
		const pass = link ? readPass(secret, link) : undefined;
		if (link && !pass) return {};
		const finding = pass
			? openPass(pass.link_hash, link!)
			: findByAccount(request, cookies[ROLE_COOKIE]).then((asker): Found => ({ asker }));
		if (found.size >= MOST_KEPT) return finding;
		const asker = finding.then((each) => each.asker);
		found.set(key, asker);
		// Cookies that open nothing are not kept: anybody can make up as many as they like.
		asker.then(
			(each) => each ?? found.delete(key),
			() => found.delete(key),
		);
		return finding;
	}

	async function findByLink(cookie: string): Promise<Asker | undefined> {
		const pass = readPass(secret, cookie);
		return pass && (await openPass(pass.link_hash, cookie)).asker;
	}

	async function openPass(link_hash: string, cookie: string): Promise<Found> {
		const invitations = await links.submit(link_hash);
		const [first] = invitations;
		return first ? { asker: participantOf(first, cookie), invitations } : {};
	}

	function participantOf(invitation: LinkInvitation, cookie: string): Asker {
		const { participant_code, campaign_id, mode, full_name } = invitation;
		return {
			kind: 'participant',
			account_id: null,
			person_id: null,
			name: full_name ?? '',
			role: 'teacher',
			grants: [],
			places: [],
			invitation: { participant_code, campaign_id, mode },
			csrf: sign(secret, 'csrf', cookie),
		};
	}

	async function findByAccount(request: Request, wanted?: string): Promise<Asker | undefined> {
		const headers = new Headers({ cookie: request.headers.cookie ?? '' });
		const session = await signIn.api.getSession({ headers, query: { disableRefresh: true } });
		if (!session) return undefined;
		const accountId = session.user.id;
		return findAccountAsker(accountId, session.user.name, session.session.token, wanted);
	}

	async function findAccountAsker(
		accountId: string,
		name: string,
		token: string,
		wanted?: string,
	): Promise<Asker | undefined> {
		const [person, rows] = await Promise.all([
			findPersonOfAccount(records.db, accountId),
			listGrants(records.db, accountId),
		]);
		const grants = rows.flatMap(({ role, place }) => {
			const known = roleSchema.safeParse(role);
			return known.success ? [{ role: known.data, place }] : [];
		});
		const active = grants.find(({ role }) => role === wanted)?.role ?? grants[0]?.role;
		if (!active) return undefined;
		return {
			kind: 'account',
			account_id: accountId,
			person_id: person?.id ?? null,
			name: person?.full_name ?? name,
			role: active,
			grants,
			places: grants.filter(({ role }) => role === active).map(({ place }) => place),
			invitation: null,
			csrf: sign(secret, 'csrf', token),
		};
	}

	return {
		isSecure,
		sessionCookie,
		find,
		findByLink,
		findAccountAsker,
		/** How many are kept just now. */
		keptCount: () => found.size,
		/** Forgets what was found, after signing in or out. */
		forget: () => found.clear(),
		/** Puts the asker into `response.locals`, when there is one. */
		recognise: (async (request, response, next) => {
			Object.assign(response.locals, await find(request));
			next();
		}) satisfies RequestHandler as RequestHandler,
	};
}
export type Sessions = ReturnType<typeof createSessions>;

/** Who asks. @throws {Problem} 401 when nobody is signed in */
export function askerOf(response: Response): Asker {
	const asker: Asker | undefined = response.locals.asker;
	if (!asker) throw new Problem(401, 'not-signed-in');
	return asker;
}

/** The invitations that were read with the asker of this very request, once: whoever looks again wants to know anew. */
export function takeInvitations(response: Response): readonly InvitationListing[] | undefined {
	const { invitations }: Found = response.locals;
	response.locals.invitations = undefined;
	return invitations;
}

/**
 * Who the log says it was: an account; of somebody with a personal link no more than that. A code in the log would stand
 * there for good, beside times, when the person behind the code has long been forgotten.
 */
export const whoOf = ({ account_id }: Asker): string => account_id ?? 'participant';

const WITHOUT_SESSION = new Set([sessionRoutes.sign_in.path, sessionRoutes.link.path]);
const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a writing request that this page did not send: one from a foreign site, and one of a session without the
 * session's token in `x-csrf-token`. Signing in has no session yet: there only the site is looked at.
 */
export const guardWriting: RequestHandler = (request, response, next) => {
	if (READING.has(request.method)) return next();
	if (request.headers['sec-fetch-site'] === 'cross-site') throw new Problem(403, 'cross-site');
	if (request.method === 'POST' && WITHOUT_SESSION.has(request.path)) return next();
	const asker = askerOf(response);
	const given = request.get('x-csrf-token') ?? '';
	if (!sameText(asker.csrf, given)) throw new Problem(403, 'csrf');
	next();
};
