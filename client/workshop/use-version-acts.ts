import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import type { NewDraftBody, VersionItem } from '#server/contract/workshop.ts';
import { download, post } from '../api.ts';
import { useSession } from '../session.tsx';

type Version = Pick<VersionItem, 'instrument' | 'version'>;

/** What can be made of a published version: the next one, a copy, a signed file. */
export function useVersionActs() {
	const navigate = useNavigate();
	const { session } = useSession();
	const create = useMutation({
		mutationFn: (from: NewDraftBody['from']) => post<{ draft_id: string }>('/api/workshop/drafts', { from }),
		onSuccess: ({ draft_id }) => void navigate(`/workshop/drafts/${draft_id}`),
	});
	const file = useMutation({
		mutationFn: ({ instrument, version }: Version) =>
			download(`/api/workshop/versions/${instrument}/${version}/file`, {}, `${instrument}-${version}.zip`),
	});
	return {
		mayEdit: session?.acts.includes('edit-instruments') ?? false,
		isPending: create.isPending,
		problem: create.error ?? file.error,
		start: (kind: 'version' | 'copy', { instrument, version }: Version) =>
			create.mutate({ kind, instrument, version }),
		startFromTemplate: (template: string) => create.mutate({ kind: 'template', template }),
		export: (version: Version) => file.mutate(version),
	};
}
