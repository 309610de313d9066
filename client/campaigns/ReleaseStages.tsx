import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReleasePlanReply } from '#server/contract/campaign-centre.ts';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { put, useReply } from '../api.ts';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';

/** Who sees the results from which day: the teachers at release, the others each from their own. */
export function ReleaseStages(props: { campaign: CampaignDetail }) {
	const path = `/api/campaigns/${props.campaign.campaign_id}/release-plan`;
	const reply = useReply<ReleasePlanReply>(path);
	if (reply.error) return <ProblemNote problem={reply.error} retry={() => void reply.refetch()} />;
	if (!reply.data) return <Loading shape="card" rows={2} />;
	return <StagesForm path={path} reply={reply.data} campaign={props.campaign} />;
}

function StagesForm(props: { path: string; reply: ReleasePlanReply; campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const client = useQueryClient();
	const { path, reply, campaign } = props;
	const { today, stage } = reply;
	// results come after the last answers, so no earlier day is proposed
	const isCollecting = today < campaign.closes_on;
	const day = isCollecting ? campaign.closes_on : today;
	const [plan, setPlan] = useState(reply.plan ?? { methodist: day, school: day, municipality: day });
	const save = useMutation({
		mutationFn: () => put(path, plan),
		onSuccess: () => client.invalidateQueries({ queryKey: ['reply', path] }),
	});
	const isOver = stage === 'municipality' || campaign.state === 'archived';
	return (
		<Card title={t('release.title')}>
			<div className={styles.stack}>
				<p className={styles.soft}>{t('release.lead')}</p>
				<p>{t(`release.stage.${stage ?? 'none'}`)}</p>
				<div className={styles.dates}>
					{(['methodist', 'school', 'municipality'] as const).map((level) => (
						<TextInput
							key={level}
							type="date"
							label={t(`release.${level}`)}
							value={plan[level]}
							disabled={isOver}
							onChange={(event) => {
								const { value } = event.currentTarget;
								setPlan((old) => ({ ...old, [level]: value }));
							}}
						/>
					))}
				</div>
				{save.error && <ProblemNote problem={save.error} />}
				{!isOver && (
					<div className={styles.foot}>
						<Button variant="default" onClick={() => save.mutate()} loading={save.isPending}>
							{t('release.save')}
						</Button>
						<span role="status" className={styles.aside}>
							{save.isSuccess && t('release.saved')}
						</span>
					</div>
				)}
			</div>
		</Card>
	);
}
