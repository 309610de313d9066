import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo } from 'react';
import type { SessionBody, SessionReply, SignInReply } from '#server/contract/session.ts';
import { type ApiProblem, get, onSignedOut, post, rememberCsrf, remove } from './api.ts';

interface SessionState extends SessionReply {
	signIn(login: string, password: string): Promise<SessionBody>;
	signInByLink(token: string): Promise<SessionBody>;
	switchRole(role: string): Promise<SessionBody>;
	signOut(): Promise<void>;
}

const SessionContext = createContext<SessionState | null>(null);
const sessionKey = ['session'];

/** Who I am. Children are drawn when the server has said so; `failed` draws what to show when it cannot be asked. */
export function SessionProvider(props: {
	children: ReactNode;
	loading: ReactNode;
	failed: (problem: ApiProblem, retry: () => void) => ReactNode;
}) {
	const client = useQueryClient();
	const { data, error, refetch } = useQuery({
		queryKey: sessionKey,
		queryFn: () => get<SessionReply>('/api/session'),
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

	const enter = useCallback(
		async (path: string, body: unknown): Promise<SessionBody> => {
			const { csrf } = await post<SignInReply>(path, body);
			rememberCsrf(csrf);
			const reply = await get<SessionReply>('/api/session');
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
						signInByLink: (token) => enter('/api/session/link', { token }),
						switchRole: (role) => enter('/api/session/role', { role }),
						signOut: async () => {
							await remove('/api/session');
							client.removeQueries({ predicate: (query) => query.queryKey[0] !== sessionKey[0] });
							await client.fetchQuery({
								queryKey: sessionKey,
								queryFn: () => get<SessionReply>('/api/session'),
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
