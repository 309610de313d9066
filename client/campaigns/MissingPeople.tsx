import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { CampaignDetail, participationItem } from '#server/contract/diagnostics.ts';
import { useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Loading } from '../ui/Loading.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';

/** Names of those of a school who have not finished, and a reminder to copy to them; a refusal reads as done. */
export function MissingPeople(props: {
	campaign: CampaignDetail;
	school: { school_id: string; name: string };
}) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const { session } = useSession();
	const [isCopied, setCopied] = useState(false);
	const people = useReply<z.infer<typeof participationItem>[]>(
		`/api/campaigns/${props.campaign.campaign_id}/participation`,
		{ school: props.school.school_id },
	);
	if (people.error) return <ProblemNote problem={people.error} retry={() => void people.refetch()} />;
	if (!people.data) return <Loading rows={2} />;
	const missing = people.data.filter(({ done }) => !done);
	if (missing.length === 0) return <p className={styles.aside}>{t('missing.none')}</p>;
	const reminder = t('missing.reminder', {
		title: props.campaign.title,
		date: formatDate(props.campaign.closes_on, language),
	});
	const copy = async () => {
		await navigator.clipboard.writeText(
			`${reminder}\n\n${missing.map(({ full_name }) => full_name).join('\n')}`,
		);
		setCopied(true);
	};
	return (
		<>
			<ul className={styles.names}>
				{missing.map(({ full_name }) => (
					<li key={full_name}>{full_name}</li>
				))}
			</ul>
			<p className={styles.reminder}>{reminder}</p>
			<div className={styles.foot}>
				<Button variant="default" onClick={() => void copy()}>
					{t('missing.copy')}
				</Button>
				<span role="status" className={styles.aside}>
					{isCopied && t('copied')}
				</span>
			</div>
			{session?.acts.includes('run-campaign') && (
				<p>
					<Link to={`?tab=reminders&school=${encodeURIComponent(props.school.school_id)}`}>
						{t('reminders.new')}
					</Link>
				</p>
			)}
			<p className={styles.aside}>{t('missing.logged')}</p>
		</>
	);
}
