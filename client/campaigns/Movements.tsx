import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Movements as Found } from '#server/contract/campaign-centre.ts';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { post, useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';

/** Who came, changed schools or left since the reference day; who came can be invited. */
export function Movements(props: { campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const client = useQueryClient();
	const path = `/api/campaigns/${props.campaign.campaign_id}/movements`;
	const found = useReply<Found>(path);
	const invite = useMutation({
		mutationFn: () =>
			post(`${path}/invite`, { person_ids: found.data?.joined.map(({ person_id }) => person_id) }),
		onSuccess: () => client.invalidateQueries({ queryKey: ['reply'] }),
	});
	if (found.error) return <ProblemNote problem={found.error} retry={() => void found.refetch()} />;
	if (!found.data) return <Loading shape="card" rows={2} />;
	const { joined, transferred, left, reference_day } = found.data;
	const isQuiet = joined.length + transferred.length + left.length === 0;
	const isAnonymous = props.campaign.mode === 'anonymous';
	return (
		<Card title={t('movements.title')}>
			<div className={styles.stack}>
				<p className={styles.soft}>{t('movements.lead', { date: formatDate(reference_day, language) })}</p>
				{isQuiet && <p>{t(isAnonymous ? 'movements.anonymous' : 'movements.none')}</p>}
				{joined.length > 0 && (
					<>
						<h3>{t('movements.joined', { count: joined.length })}</h3>
						<ul className={styles.names}>
							{joined.map((person) => (
								<li key={person.person_id}>
									{person.full_name}{' '}
									<span className={styles.aside}>
										{person.school_name} · {formatDate(person.started_on, language)}
									</span>
								</li>
							))}
						</ul>
						{invite.error && <ProblemNote problem={invite.error} />}
						<div className={styles.foot}>
							<Button variant="default" onClick={() => invite.mutate()} loading={invite.isPending}>
								{t('movements.invite', { count: joined.length })}
							</Button>
						</div>
					</>
				)}
				{transferred.length > 0 && (
					<>
						<h3>{t('movements.transferred', { count: transferred.length })}</h3>
						<ul className={styles.names}>
							{transferred.map((person) => (
								<li key={`${person.full_name} ${person.school_name}`}>
									{person.full_name}{' '}
									<span className={styles.aside}>
										{person.school_name} → {person.now_at.join(', ')}
									</span>
								</li>
							))}
						</ul>
					</>
				)}
				{left.length > 0 && (
					<>
						<h3>{t('movements.left', { count: left.length })}</h3>
						<ul className={styles.names}>
							{left.map((person) => (
								<li key={`${person.full_name} ${person.school_name}`}>
									{person.full_name}{' '}
									<span className={styles.aside}>
										{person.school_name}
										{person.last_day && ` · ${formatDate(person.last_day, language)}`}
									</span>
								</li>
							))}
						</ul>
					</>
				)}
				{transferred.length + left.length > 0 && (
					<p className={styles.aside}>{t('movements.counts_there')}</p>
				)}
			</div>
		</Card>
	);
}
