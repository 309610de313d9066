import { useTranslation } from 'react-i18next';
import type { CampaignDetail, ResponseRate } from '#server/contract/diagnostics.ts';
import { formatDate, formatNumber, formatShare, formatShort, formatTime } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Figure } from '../ui/Figure.tsx';
import styles from './Campaigns.module.css';
import { shareOf } from './rate.ts';

/** «1 312 из 1 940 (68 %) · темп 41 в день · прогноз 94 % к 12.12», each number with what stands behind it. */
export function RateHeadline(props: { rate: ResponseRate; campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const { rate, campaign } = props;
	const isOpen = campaign.state === 'open';
	const count = (value: number) => formatNumber(value, language);
	return (
		<div className={styles.headline}>
			<div className={styles.figures}>
				<Figure
					size="large"
					value={t('rate.headline', {
						answered: count(rate.answered),
						invited: count(rate.invited),
						share: formatShare(shareOf(rate), language),
					})}
					label={t('rate.answered')}
					card={{
						definition: t('rate.answered_definition'),
						source: t('rate.answered_source'),
						date: formatTime(rate.as_of, language),
					}}
				/>
				{isOpen && rate.pace !== null && (
					<Figure
						size="large"
						value={formatShort(rate.pace, language, rate.pace < 10 ? 1 : 0)}
						unit={t('rate.per_day')}
						label={t('rate.pace')}
						card={{ definition: t('rate.pace_definition'), caveat: t('rate.pace_caveat') }}
					/>
				)}
				{isOpen && rate.forecast !== null && (
					<Figure
						size="large"
						value={formatShare(rate.forecast, language)}
						label={t('rate.forecast', { date: formatDate(campaign.closes_on, language) })}
						card={{ definition: t('rate.forecast_definition'), caveat: t('rate.forecast_caveat') }}
					/>
				)}
				{rate.declined > 0 && (
					<Figure
						size="large"
						value={count(rate.declined)}
						label={t('rate.declined')}
						card={{ definition: t('rate.declined_definition') }}
					/>
				)}
			</div>
			<p className={styles.aside}>
				{t(isOpen ? 'rate.live' : 'rate.as_of', { time: formatTime(rate.as_of, language) })}
				{' · '}
				{t('rate.never')}
			</p>
		</div>
	);
}
