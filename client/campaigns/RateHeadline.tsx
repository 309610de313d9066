import { useTranslation } from 'react-i18next';
import type { CampaignDetail, Outlook, ResponseRate } from '#server/contract/diagnostics.ts';
import { formatDate, formatNumber, formatShare, formatShort, formatTime } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Figure } from '../ui/Figure.tsx';
import styles from './Campaigns.module.css';
import { shareOf } from './rate.ts';

type Forecast = NonNullable<Outlook['forecast']>;

/** «1 312 из 1 940 (68 %) · темп 41 в день · прогноз 1 790–1 850 к 12.12», each number with what stands behind it. */
export function RateHeadline(props: { rate: ResponseRate; campaign: CampaignDetail }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const { rate, campaign } = props;
	const isOpen = campaign.state === 'open';
	const { outlook } = rate;
	const count = (value: number) => formatNumber(value, language);
	const share = (value: number) => (rate.invited === 0 ? 0 : value / rate.invited);
	const numbers = ({ low, median, high }: Forecast) => ({
		low: count(low),
		median: count(median),
		high: count(high),
		invited: count(rate.invited),
	});
	const forecastWords = (forecast: Forecast) =>
		t(forecast.low === forecast.high ? 'rate.forecast_exact' : 'rate.forecast_value', numbers(forecast));
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
				{isOpen && outlook?.pace != null && (
					<Figure
						size="large"
						value={formatShort(outlook.pace, language, outlook.pace < 10 ? 1 : 0)}
						unit={t('rate.per_day')}
						label={t('rate.pace')}
						card={{ definition: t('rate.pace_definition'), caveat: t('rate.pace_caveat') }}
					/>
				)}
				{isOpen && outlook?.forecast && (
					<Figure
						size="large"
						value={forecastWords(outlook.forecast)}
						unit={t('rate.forecast_share', {
							low: formatNumber(share(outlook.forecast.low) * 100, language),
							high: formatShare(share(outlook.forecast.high), language),
						})}
						label={t('rate.forecast', { date: formatDate(campaign.closes_on, language) })}
						card={{
							definition: t('rate.forecast_definition', {
								...numbers(outlook.forecast),
								level: formatShare(outlook.forecast.level, language),
							}),
							formula: t('rate.forecast_method', { days: 7 }),
							caveat: t('rate.forecast_caveat'),
						}}
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
			{isOpen && outlook?.no_forecast && (
				<p className={styles.soft}>{t(`rate.no_forecast.${outlook.no_forecast}`)}</p>
			)}
			<p className={styles.aside}>
				{t(isOpen ? 'rate.live' : 'rate.as_of', { time: formatTime(rate.as_of, language) })}
				{' · '}
				{t('rate.never')}
			</p>
		</div>
	);
}
