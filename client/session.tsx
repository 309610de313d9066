import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo } from 'react';
import type { LinkAim, SessionBody, SessionReply, SignInReply } from '#server/contract/session.ts';
import { ApiProblem, get, onSessionNeeded, onSignedOut, post, rememberCsrf, remove } from './api.ts';
import { forgetSent } from './diagnostics/forget-answers.ts';
import { findKeptSession, keepSession } from './offline/kept-session.ts';

interface SessionState extends SessionReply {
	signIn(login: string, password: string): Promise<SessionBody>;
	/** `isTyped`: a code that was typed in, not a link that was followed; `to` read: the own data, also when it is used up */
	signInByLink(token: string, isTyped?: boolean, to?: LinkAim): Promise<SessionBody>;
	switchRole(role: string): Promise<SessionBody>;
	signOut(): Promise<void>;
}

const SessionContext = createContext<SessionState | null>(null);
const sessionKey = ['session'];

/** What the server says, kept for a start without a connection; without one, what it said last. */
async function findSession(): Promise<SessionReply> {
	try {
		const reply = await get<SessionReply>('/api/session');
		keepSession(reply);
		return reply;
	} catch (problem) {
		const kept = problem instanceof ApiProblem && problem.isOffline ? findKeptSession() : undefined;
		if (!kept) throw problem;
		return kept;
	}
}

/** Who I am. Children are drawn when the server has said so; `failed` draws what to show when it cannot be asked. */
export function SessionProvider(props: {
	children: ReactNode;
	loading: ReactNode;
	failed: (problem: ApiProblem, retry: () => void) => ReactNode;
}) {
	const client = useQueryClient();
	const { data, error, refetch } = useQuery({
		queryKey: sessionKey,
		queryFn: findSession,
		// who has a copy need not wait for more attempts
		retry: false,
		staleTime: Number.POSITIVE_INFINITY,
	});
	if (data) rememberCsrf(data.csrf);

	useEffect(
		() =>
			onSignedOut(() => {
				client.setQueryData<SessionReply>(sessionKey, (old) => old && { ...old, csrf: null, session: null });
			}),
		[client],
	);

	const isUnsure = data?.session != null && data.csrf === null;
	const holder = data?.session?.holder;
	useEffect(() => {
		if (!isUnsure) return;
		const ask = async () => {
			const reply = await get<SessionReply>('/api/session');
			rememberCsrf(reply.csrf);
			keepSession(reply);
			client.setQueryData(sessionKey, reply);
			// what the former person wrote is not sent in the name of another
			if (reply.session?.holder !== holder)
				throw new ApiProblem({ status: 401, title: 'signed out', type: 'not-signed-in' });
		};
		const connected = () => void ask().catch(() => undefined);
		onSessionNeeded(ask);
		window.addEventListener('online', connected);
		return () => {
			onSessionNeeded(null);
			window.removeEventListener('online', connected);
		};
	}, [client, isUnsure, holder]);

	const enter = useCallback(
		async (path: string, body: unknown): Promise<SessionBody> => {
			const { csrf } = await post<SignInReply>(path, body);
			rememberCsrf(csrf);
			const reply = await findSession();
			// what another person or role saw must not flash up
			client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
			client.setQueryData(sessionKey, reply);
			if (!reply.session) throw new Error('signed in, yet no session');
			return reply.session;
		},
		[client],
	);

	const state = useMemo<SessionState | null>(
		() =>
			data
				? {
						...data,
						signIn: (login, password) => enter('/api/session', { login, password }),
						signInByLink: (token, isTyped = false, to = 'answer') =>
							enter('/api/session/link', { token, is_typed: isTyped, to }),
						switchRole: (role) => enter('/api/session/role', { role }),
						signOut: async () => {
							const left = data.session?.holder;
							await remove('/api/session');
							if (left) await forgetSent(left);
							client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
							await client.fetchQuery({
								queryKey: sessionKey,
								queryFn: findSession,
							});
						},
					}
				: null,
		[data, enter, client],
	);

	if (!state) return error ? props.failed(error as ApiProblem, () => void refetch()) : props.loading;
	return <SessionContext value={state}>{props.children}</SessionContext>;
}

/** The session inside SessionProvider. */
export function useSession(): SessionState {
	const state = use(SessionContext);
	if (!state) throw new Error('useSession outside SessionProvider');
	return state;
}
