import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { useCatalogue } from '../chart/catalogue.ts';
import { formatDate, formatMoment } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { Card } from '../ui/Page.tsx';
import styles from './Campaigns.module.css';
import { usePopulationWords } from './population-words.ts';

/** Channels that measure people, so that their instruments can be judged. */
const measuring = new Set<string>(['self_assessment', 'test', 'expert_review']);

/** What the campaign was set up with; none of it changes after approval. */
export function CampaignFacts(props: { campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const text = useLocalText();
	const words = usePopulationWords();
	const { session } = useSession();
	const catalogue = useCatalogue();
	const { campaign } = props;
	const lines: [string, string | null][] = [
		['goal', campaign.goal],
		['basis_document', campaign.basis_document],
		[
			'instruments',
			campaign.instruments.map(({ title, version }) => `${text(title)} (v${version})`).join('; '),
		],
		['mode', t(`mode_long.${campaign.mode}`)],
		['whom', words(campaign)],
		['retention_until', formatDate(campaign.retention_until, language)],
		['released_at', campaign.released_at && formatMoment(campaign.released_at, language)],
	];
	const measured =
		(campaign.state === 'released' || campaign.state === 'archived') &&
		catalogue.data?.some(({ id }) => id === 'scale-reliability') &&
		campaign.instruments.some(({ channel }) => measuring.has(channel));
	return (
		<Card title={t('facts.title')}>
			<dl className={styles.terms}>
				{lines
					.filter(([, value]) => value)
					.map(([name, value]) => (
						<div key={name}>
							<dt>{t(`facts.${name}`)}</dt>
							<dd>{value}</dd>
						</div>
					))}
			</dl>
			{campaign.locked_by && <p className={styles.locked}>{t(`facts.locked_by.${campaign.locked_by}`)}</p>}
			{measured && (
				<p className="no-print">
					<Link to={`/instrument?campaign=${encodeURIComponent(campaign.campaign_id)}`}>
						{t('facts.instrument_quality')}
					</Link>
				</p>
			)}
			{campaign.state === 'draft' && session?.acts.includes('run-campaign') && (
				<div className={`${styles.foot} no-print`}>
					<Button component={Link} to={`/campaigns/${campaign.campaign_id}/change`} variant="default">
						{t('facts.edit')}
					</Button>
				</div>
			)}
		</Card>
	);
}
