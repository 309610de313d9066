import { useTranslation } from 'react-i18next';
import styles from './Level.module.css';

export type Deficit = 'low' | 'medium' | 'high';

const bars: Record<Deficit, number> = { low: 1, medium: 2, high: 3 };

/** One to three filled bars of three. */
function LevelBars(props: { level: Deficit }) {
	return (
		<svg className={styles.shape} viewBox="0 0 16 16" aria-hidden="true">
			{[0, 1, 2].map((index) => (
				<rect
					key={index}
					className={index < bars[props.level] ? styles.fill : undefined}
					x={1.5 + index * 4.75}
					y={10 - index * 4}
					width="3.5"
					height={4.5 + index * 4}
					rx="0.75"
				/>
			))}
		</svg>
	);
}

/** How significant a factor of risk is: the same bars, and the word of the regulation. */
export function RiskSignificance(props: { level: Deficit }) {
	const { t } = useTranslation('risks');
	return (
		<span className={`${styles.level} ${styles[props.level]}`}>
			<LevelBars level={props.level} />
			<span>{t(`significance.${props.level}`)}</span>
		</span>
	);
}

/**
 * How much support a competency calls for: one to three bars and a word. To the person themself (`own`) the word
 * speaks of support, to an expert of the level of deficit; *borderline* is said aloud.
 */
export function DeficitLevel(props: { level: Deficit; own?: boolean; borderline?: boolean }) {
	const { t } = useTranslation('common');
	return (
		<span className={`${styles.level} ${styles[props.level]}`}>
			<LevelBars level={props.level} />
			<span>
				{t(props.own ? `support.${props.level}` : `deficit.${props.level}`)}
				{props.borderline && <span className={styles.aside}> · {t('deficit.borderline')}</span>}
			</span>
		</span>
	);
}
