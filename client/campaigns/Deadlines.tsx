import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExtensionItem } from '#server/contract/campaign-centre.ts';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { post, put, remove, useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { SchoolChoice } from './SchoolChoice.tsx';

/** The common last day, and more time for one school. */
export function Deadlines(props: { campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const client = useQueryClient();
	const { campaign } = props;
	const path = `/api/campaigns/${campaign.campaign_id}`;
	const extensions = useReply<ExtensionItem[]>(`${path}/extensions`);
	const [day, setDay] = useState(campaign.closes_on);
	const [school, setSchool] = useState<string | null>(null);
	const [schoolDay, setSchoolDay] = useState(campaign.closes_on);
	const [reason, setReason] = useState('');
	const onSuccess = () => client.invalidateQueries({ queryKey: ['reply'] });
	const move = useMutation({ mutationFn: () => post(`${path}/deadline`, { closes_on: day }), onSuccess });
	const extend = useMutation({
		mutationFn: () => put(`${path}/extensions`, { school_id: school, closes_on: schoolDay, reason }),
		onSuccess,
	});
	const end = useMutation({ mutationFn: (id: string) => remove(`${path}/extensions/${id}`), onSuccess });
	const problem = extensions.error ?? move.error ?? extend.error ?? end.error;
	return (
		<Card title={t('deadlines.title')}>
			<div className={styles.stack}>
				<div className={styles.fields}>
					<TextInput
						type="date"
						label={t('deadlines.common')}
						min={campaign.closes_on}
						value={day}
						onChange={(event) => setDay(event.currentTarget.value)}
					/>
					<Button
						variant="default"
						disabled={day <= campaign.closes_on}
						loading={move.isPending}
						onClick={() => move.mutate()}
					>
						{t('deadlines.move')}
					</Button>
				</div>
				<h3>{t('deadlines.school')}</h3>
				<p className={styles.soft}>{t('deadlines.lead')}</p>
				{extensions.data && extensions.data.length > 0 && (
					<ul className={styles.listed}>
						{extensions.data.map((extension) => (
							<li key={extension.school_id}>
								{extension.school_name} ·{' '}
								{t('deadlines.until', { date: formatDate(extension.closes_on, language) })}{' '}
								<span className={styles.aside}>{extension.reason}</span>{' '}
								<Button variant="subtle" size="compact-sm" onClick={() => end.mutate(extension.school_id)}>
									{t('deadlines.end')}
								</Button>
							</li>
						))}
					</ul>
				)}
				<div className={styles.fields}>
					<SchoolChoice campaign={campaign} value={school} onChange={setSchool} isNeeded />
					<TextInput
						type="date"
						label={t('deadlines.day')}
						min={campaign.closes_on}
						value={schoolDay}
						onChange={(event) => setSchoolDay(event.currentTarget.value)}
					/>
					<TextInput
						label={t('deadlines.reason')}
						value={reason}
						maxLength={300}
						onChange={(event) => setReason(event.currentTarget.value)}
					/>
					<Button
						variant="default"
						disabled={school === null || schoolDay <= campaign.closes_on || reason.trim() === ''}
						loading={extend.isPending}
						onClick={() => extend.mutate()}
					>
						{t('deadlines.extend')}
					</Button>
				</div>
				{problem && <ProblemNote problem={problem} />}
			</div>
		</Card>
	);
}
