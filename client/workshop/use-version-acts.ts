import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { NewDraftBody, VersionItem, WorkshopOverview } from '#server/contract/workshop.ts';
import { download, post, useReply } from '../api.ts';
import { useSession } from '../session.tsx';

type Version = Pick<VersionItem, 'instrument' | 'version' | 'home'>;

/** What can be made of a published version: the next one, a copy, a signed file; and whose the new draft will be. */
export function useVersionActs() {
	const navigate = useNavigate();
	const { session } = useSession();
	const homes = useReply<WorkshopOverview>('/api/workshop').data?.homes ?? [];
	const [home, setHome] = useState('');
	const create = useMutation({
		mutationFn: (body: NewDraftBody) => post<{ draft_id: string }>('/api/workshop/drafts', body),
		onSuccess: ({ draft_id }) => void navigate(`/workshop/drafts/${draft_id}`),
	});
	const file = useMutation({
		mutationFn: ({ instrument, version }: Version) =>
			download(`/api/workshop/versions/${instrument}/${version}/file`, {}, `${instrument}-${version}.zip`),
	});
	const municipality_id = home || undefined;
	const isHomeNeeded = homes.length > 1 && home === '';
	return {
		mayEdit: session?.acts.includes('edit-instruments') ?? false,
		isPending: create.isPending,
		problem: create.error ?? file.error,
		homes,
		home,
		setHome,
		/** nothing new can be made before it is said whose it will be */
		isHomeNeeded,
		/** a further version stays where its instrument is; only what ships with the program belongs to nobody yet */
		needsHome: (kind: 'version' | 'copy', version: Version) =>
			isHomeNeeded && (kind === 'copy' || version.home === null),
		start: (kind: 'version' | 'copy', version: Version) =>
			create.mutate({
				from: { kind, instrument: version.instrument, version: version.version },
				...(kind === 'copy' || version.home === null ? { municipality_id } : {}),
			}),
		startFromTemplate: (template: string) =>
			create.mutate({ from: { kind: 'template', template }, municipality_id }),
		export: (version: Version) => file.mutate(version),
	};
}
