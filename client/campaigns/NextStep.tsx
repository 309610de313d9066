import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail, CampaignState } from '#server/contract/diagnostics.ts';
import type { PopulationPeople } from '#server/contract/population.ts';
import { post, useReply } from '../api.ts';
import { formatDate, formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Card } from '../ui/Page.tsx';
import styles from './Campaigns.module.css';

/** What each step does, as points of its preview. */
const pointCounts: Partial<Record<CampaignState, number>> = {
	approved: 3,
	open: 3,
	closed: 3,
	scored: 2,
	reviewed: 2,
	released: 4,
	archived: 2,
};

/** The one step that comes next, said before it is taken: what it does, to whom, and whether it can be undone. */
export function NextStep(props: { campaign: CampaignDetail; onDone: () => Promise<void> }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const [isAsked, setAsked] = useState(false);
	const { campaign } = props;
	const to = campaign.next_states[0];
	const invitees = useInvitees(campaign, to);
	const people = invitees?.total ?? null;
	const client = useQueryClient();
	const move = useMutation({
		// Approval names the people that were counted here: when the registry has changed since, nobody is invited.
		mutationFn: () =>
			post<CampaignDetail>(`/api/campaigns/${campaign.campaign_id}/state`, {
				to,
				...(to === 'approved' && invitees ? { population: invitees.fingerprint } : {}),
			}),
		onError: () =>
			client.invalidateQueries({ queryKey: ['reply', `/api/campaigns/${campaign.campaign_id}/people`] }),
		onSuccess: async () => {
			setAsked(false);
			await props.onDone();
		},
	});
	if (!to) return null;
	const numbers = {
		invited: formatNumber(people ?? campaign.invited, language),
		answered: formatNumber(campaign.answered, language),
		missing: formatNumber(campaign.invited - campaign.answered - campaign.declined, language),
		opens: formatDate(campaign.opens_on, language),
		closes: formatDate(campaign.closes_on, language),
	};
	const isUnknown = to === 'approved' && people === null;
	const points = Array.from({ length: pointCounts[to] ?? 0 }, (_, index) => {
		const key = `step.${to}.point_${index + 1}`;
		if (isUnknown && index === 0) return t('step.approved.point_unknown');
		if (to === 'released' && campaign.mode === 'anonymous' && index === 1)
			return t('step.released.anonymous');
		return t(key, numbers);
	});
	return (
		<Card title={t('step.title')}>
			<p>{t(`step.${to}.what`, numbers)}</p>
			<div className={`${styles.foot} no-print`}>
				<Button onClick={() => setAsked(true)} variant={campaign.state === 'open' ? 'default' : 'filled'}>
					{t(`step.${to}.button`)}
				</Button>
			</div>
			<ConfirmDialog
				isOpen={isAsked}
				title={t(`step.${to}.title`)}
				confirm={t(isUnknown ? 'step.approved.confirm_unknown' : `step.${to}.confirm`, {
					...numbers,
					count: people ?? campaign.invited,
				})}
				onConfirm={() => move.mutate()}
				onClose={() => setAsked(false)}
				isPending={move.isPending}
				problem={move.error}
			>
				<ul>
					{points.map((point) => (
						<li key={point}>{point}</li>
					))}
				</ul>
			</ConfirmDialog>
		</Card>
	);
}

/** Whom approval would invite now; undefined while unknown or for a role that may not count them. */
function useInvitees(campaign: CampaignDetail, to: CampaignState | undefined): PopulationPeople | undefined {
	const { session } = useSession();
	const mayCount = session?.acts.includes('run-campaign') ?? false;
	const path = `/api/campaigns/${campaign.campaign_id}/people`;
	return useReply<PopulationPeople>(to === 'approved' && mayCount ? path : null).data;
}
