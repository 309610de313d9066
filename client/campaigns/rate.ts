import { useQuery } from '@tanstack/react-query';
import type { CampaignState, ResponseRate } from '#server/contract/diagnostics.ts';
import { get } from '../api.ts';
import { currentLanguage } from '../i18n.ts';

const everyMilliseconds = 4000;

/** Live counts of one campaign; asked again every few seconds while answers may come in and the page is looked at. */
export function useResponseRate(id: string, state: CampaignState | undefined) {
	const path = `/api/campaigns/${id}/response-rate`;
	return useQuery({
		queryKey: ['reply', path, {}, currentLanguage()],
		queryFn: ({ signal }) => get<ResponseRate>(path, {}, signal),
		enabled: state !== undefined && state !== 'draft',
		refetchInterval: state === 'open' ? everyMilliseconds : false,
	});
}

/** Share of the invited who answered, 0 when nobody was invited. */
export function shareOf(rate: { invited: number; answered: number }): number {
	return rate.invited === 0 ? 0 : rate.answered / rate.invited;
}
