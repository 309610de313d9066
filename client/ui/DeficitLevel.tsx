import { useTranslation } from 'react-i18next';
import styles from './Level.module.css';

export type Deficit = 'low' | 'medium' | 'high';

const bars: Record<Deficit, number> = { low: 1, medium: 2, high: 3 };

/**
 * How much support a competency calls for: one to three bars and a word. To the person themself (`own`) the word
 * speaks of support, to an expert of the level of deficit; *borderline* is said aloud.
 */
export function DeficitLevel(props: { level: Deficit; own?: boolean; borderline?: boolean }) {
	const { t } = useTranslation('common');
	const count = bars[props.level];
	return (
		<span className={`${styles.level} ${styles[props.level]}`}>
			<svg className={styles.shape} viewBox="0 0 16 16" aria-hidden="true">
				{[0, 1, 2].map((index) => (
					<rect
						key={index}
						className={index < count ? styles.fill : undefined}
						x={1.5 + index * 4.75}
						y={10 - index * 4}
						width="3.5"
						height={4.5 + index * 4}
						rx="0.75"
					/>
				))}
			</svg>
			<span>
				{t(props.own ? `support.${props.level}` : `deficit.${props.level}`)}
				{props.borderline && <span className={styles.aside}> · {t('deficit.borderline')}</span>}
			</span>
		</span>
	);
}
