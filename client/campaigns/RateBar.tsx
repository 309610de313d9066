import { useTranslation } from 'react-i18next';
import { formatNumber, formatShare } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import styles from './Campaigns.module.css';
import { shareOf } from './rate.ts';

interface Rate {
	invited: number;
	answered: number;
	declined: number;
}

/** Who answered among the invited, drawn and in words: refusals follow the answers in a lighter tone. */
export function RateBar(props: { rate: Rate; isCompact?: boolean }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const { invited, answered, declined } = props.rate;
	const width = (part: number) => `${invited === 0 ? 0 : (part / invited) * 100}%`;
	const number = (value: number) => formatNumber(value, language);
	if (invited === 0) return <span className={styles.aside}>{t('rate.nobody')}</span>;
	return (
		<div className={props.isCompact ? `${styles.rate} ${styles.compact}` : styles.rate}>
			<div className={styles.bar} aria-hidden="true">
				<span className={styles.answered} style={{ width: width(answered) }} />
				<span className={styles.declined} style={{ width: width(declined) }} />
			</div>
			<span className={styles.count}>
				{t('rate.count', { answered: number(answered), invited: number(invited) })}
				<span className={styles.aside}> · {formatShare(shareOf(props.rate), language)}</span>
			</span>
		</div>
	);
}
