import { useTranslation } from 'react-i18next';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { endsSoon } from '../ui/retention.ts';
import styles from './Campaigns.module.css';

/** Shortly before the people are taken out of the answers: what goes and what stays. Afterwards: that it was done. */
export function RetentionNote({ campaign }: { campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const { deidentified_at, retention_until } = campaign;
	if (deidentified_at)
		return (
			<p className={styles.retention}>
				<strong>{t('retention.done', { day: formatDate(deidentified_at, language) })}</strong>{' '}
				{t('retention.done_why')}
			</p>
		);
	if (!endsSoon(campaign)) return null;
	return (
		<p className={`${styles.retention} ${styles.retentionSoon}`} role="status">
			<strong>{t('retention.soon', { day: formatDate(retention_until, language) })}</strong>{' '}
			{t('retention.soon_why')}
		</p>
	);
}
