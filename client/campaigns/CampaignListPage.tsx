import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignItem } from '#server/contract/diagnostics.ts';
import { useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { CampaignStateMark } from './CampaignStateMark.tsx';
import styles from './Campaigns.module.css';
import { RateBar } from './RateBar.tsx';

/** Campaigns of my places: what runs, until when, and how many have answered. */
export function CampaignListPage() {
	const { t } = useTranslation('campaigns');
	const { session } = useSession();
	const campaigns = useReply<CampaignItem[]>('/api/campaigns');
	const mayRun = session?.acts.includes('run-campaign') ?? false;
	const make = mayRun && (
		<Button component={Link} to="/campaigns/new">
			{t('list.new')}
		</Button>
	);
	return (
		<Page title={t('list.title')} lead={t('list.lead')} actions={make}>
			{campaigns.error ? (
				<ProblemNote problem={campaigns.error} retry={() => void campaigns.refetch()} />
			) : !campaigns.data ? (
				<Loading shape="card" rows={3} />
			) : campaigns.data.length === 0 ? (
				<EmptyState title={t('list.none')} action={make}>
					{mayRun ? t('list.none_why') : t('list.none_other')}
				</EmptyState>
			) : (
				<ul className={styles.campaigns}>
					{campaigns.data.map((campaign) => (
						<CampaignRow key={campaign.campaign_id} campaign={campaign} />
					))}
				</ul>
			)}
		</Page>
	);
}

function CampaignRow(props: { campaign: CampaignItem }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const text = useLocalText();
	const { campaign } = props;
	const isAsked = campaign.state !== 'draft';
	return (
		<li className={styles.campaign}>
			<div className={styles.campaignHead}>
				<Link to={`/campaigns/${campaign.campaign_id}`} className={styles.name}>
					{campaign.title}
				</Link>
				<CampaignStateMark state={campaign.state} />
			</div>
			<p className={styles.facts}>
				{t('window', {
					from: formatDate(campaign.opens_on, language),
					to: formatDate(campaign.closes_on, language),
				})}
				{' · '}
				{t(`mode_short.${campaign.mode}`)}
			</p>
			<p className={styles.facts}>{campaign.instruments.map(({ title }) => text(title)).join('; ')}</p>
			{isAsked ? <RateBar rate={campaign} /> : <p className={styles.facts}>{t('list.not_invited')}</p>}
		</li>
	);
}
