import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiProblem, get } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { keep, readKept } from './device-store.ts';

/** Gets a reply and keeps a copy for its holder; without a connection the copy answers. */
async function getOrKept<Reply>(holder: string, path: string, signal?: AbortSignal): Promise<Reply> {
	const key = `${holder} ${path}`;
	try {
		const reply = await get<Reply>(path, {}, signal);
		void keep('replies', key, reply);
		return reply;
	} catch (problem) {
		if (!(problem instanceof ApiProblem) || !problem.isOffline) throw problem;
		const kept = await readKept<Reply>('replies', key);
		if (kept === undefined) throw problem;
		return kept;
	}
}

/** Like `useReply`, for what a participant must be able to read without a connection. */
export function useKeptReply<Reply>(path: string) {
	const { session } = useSession();
	const holder = session?.holder ?? '';
	return useQuery({
		queryKey: ['reply', path, {}, currentLanguage()],
		queryFn: ({ signal }) => getOrKept<Reply>(holder, path, signal),
		placeholderData: keepPreviousData,
		retry: false,
	});
}

/** Fetches ahead what is about to be needed without a connection; a failure only means that it is not there. */
export async function keepAhead<Reply>(holder: string, path: string): Promise<Reply | undefined> {
	try {
		const reply = await get<Reply>(path);
		await keep('replies', `${holder} ${path}`, reply);
		return reply;
	} catch {
		return undefined;
	}
}
