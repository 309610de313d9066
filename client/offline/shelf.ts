import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ApiProblem, get } from '../api.ts';
import { currentLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { keep, readKept } from './device-store.ts';

/** What this device has kept of a reply, or what can be made of other kept replies; undefined when it has nothing. */
type FindKept<Reply> = (holder: string) => Promise<Reply | undefined>;

/** The copy of a reply that this device holds. */
export const readReply = <Reply>(holder: string, path: string) =>
	readKept<Reply>('replies', `${holder} ${path}`);

/** Without a connection the device answers; a refusal of the server stays a refusal. */
async function orKept<Reply>(asked: Promise<Reply>, kept: () => Promise<Reply | undefined>): Promise<Reply> {
	try {
		return await asked;
	} catch (problem) {
		if (!(problem instanceof ApiProblem) || !problem.isOffline) throw problem;
		const found = await kept();
		if (found === undefined) throw problem;
		return found;
	}
}

/** Gets a reply and keeps a copy for its holder. */
async function getAndKeep<Reply>(holder: string, path: string, signal?: AbortSignal): Promise<Reply> {
	const reply = await get<Reply>(path, {}, signal);
	void keep('replies', `${holder} ${path}`, reply);
	return reply;
}

/**
 * Like `useReply`, for what must be read without a connection.
 * @param make what the device shows instead when it makes the reply out of others that it keeps
 */
export function useKeptReply<Reply>(path: string, make?: FindKept<Reply>) {
	const { session } = useSession();
	const holder = session?.holder ?? '';
	return useQuery({
		queryKey: ['reply', path, {}, currentLanguage()],
		queryFn: ({ signal }) =>
			make
				? orKept(get<Reply>(path, {}, signal), () => make(holder))
				: orKept(getAndKeep<Reply>(holder, path, signal), () => readReply<Reply>(holder, path)),
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
