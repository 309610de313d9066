import { useQuery } from '@tanstack/react-query';
import type { ImportJob, ImportKind } from '#server/contract/imports.ts';
import { get } from '../api.ts';
import { currentLanguage } from '../i18n.ts';

const everyMilliseconds = 700;

/** Kinds in the order in which a new place needs them. */
export const importKinds: ImportKind[] = [
	'schools',
	'staff',
	'procedures',
	'results',
	'federal-list',
	'medal-candidates',
	'school-context',
];

export function isRunning(job: ImportJob): boolean {
	return job.state === 'checking' || job.state === 'storing';
}

/** One import, asked again while it works. */
export function useImportJob(id: string) {
	const path = `/api/imports/${id}`;
	return useQuery({
		queryKey: ['reply', path, {}, currentLanguage()],
		queryFn: ({ signal }) => get<ImportJob>(path, {}, signal),
		refetchInterval: ({ state }) => (state.data && isRunning(state.data) ? everyMilliseconds : false),
	});
}

/** My imports since the server started, newest first; asked again while one of them works. */
export function useImportJobs() {
	const path = '/api/imports';
	return useQuery({
		queryKey: ['reply', path, {}, currentLanguage()],
		queryFn: ({ signal }) => get<ImportJob[]>(path, {}, signal),
		refetchInterval: ({ state }) => (state.data?.some(isRunning) ? everyMilliseconds * 2 : false),
	});
}
