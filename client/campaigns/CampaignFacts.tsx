import { useTranslation } from 'react-i18next';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { formatDate, formatMoment } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { useSubjectName } from '../subjects.ts';
import { Card } from '../ui/Page.tsx';
import styles from './Campaigns.module.css';

/** What the campaign was set up with; none of it changes after approval. */
export function CampaignFacts(props: { campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const text = useLocalText();
	const subjectName = useSubjectName();
	const { campaign } = props;
	const lines: [string, string | null][] = [
		['goal', campaign.goal],
		['basis_document', campaign.basis_document],
		[
			'instruments',
			campaign.instruments.map(({ title, version }) => `${text(title)} (v${version})`).join('; '),
		],
		['mode', t(`mode_long.${campaign.mode}`)],
		[
			'schools',
			campaign.schools ? t('tree.schools', { count: campaign.schools.length }) : t('form.all_schools'),
		],
		['subjects', campaign.subjects ? campaign.subjects.map(subjectName).join(', ') : t('form.all_subjects')],
		['reference_day', formatDate(campaign.reference_day, language)],
		['retention_until', formatDate(campaign.retention_until, language)],
		['released_at', campaign.released_at && formatMoment(campaign.released_at, language)],
	];
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
		</Card>
	);
}
