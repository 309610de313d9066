import { useTranslation } from 'react-i18next';
import type { ProfileScale } from '#server/contract/my.ts';
import { formatNumber, formatPercent } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { DeficitLevel } from '../ui/DeficitLevel.tsx';
import { HiddenCell } from '../ui/HiddenCell.tsx';
import styles from './MyProfile.module.css';

const clamp = (value: number) => Math.max(0, Math.min(100, value));

/** One competency on a line from 0 to 100: the dot, the band of one standard error, the median of the group if given. */
export function ScaleLine({ scale }: { scale: ProfileScale }) {
	const { t } = useTranslation('profile');
	const text = useLocalText();
	const language = useLanguage();
	const { percent, sem, group_median } = scale;
	const median =
		group_median === null
			? ''
			: t('scale.median', { value: formatPercent(group_median, language), n: scale.group_n ?? '' });
	return (
		<span className={styles.scale}>
			<span className={styles.scaleTitle}>{text(scale.title)}</span>
			{percent === null ? (
				<span className={styles.scaleNone}>
					<HiddenCell
						reason="too-few"
						detail={t('scale.answered', { answered: scale.n_answered, count: scale.n_items })}
					/>
				</span>
			) : (
				<>
					<span className={styles.ruler} title={median}>
						<span className={styles.axis} />
						{sem !== null && (
							<span
								className={styles.error}
								style={{
									insetInlineStart: `${clamp(percent - sem)}%`,
									inlineSize: `${clamp(percent + sem) - clamp(percent - sem)}%`,
								}}
							/>
						)}
						{group_median !== null && (
							<span className={styles.group} style={{ insetInlineStart: `${clamp(group_median)}%` }} />
						)}
						<span className={styles.point} style={{ insetInlineStart: `${clamp(percent)}%` }} />
					</span>
					<span className={styles.number}>
						<strong>{formatPercent(percent, language)}</strong>
						{sem !== null && <span className={styles.quiet}> ± {formatNumber(sem, language)}</span>}
						<span className="visually-hidden">. {median}</span>
					</span>
					<span className={styles.level}>
						{scale.level && <DeficitLevel level={scale.level} own />}
						{scale.own_levels.length > 0 && <span>{scale.own_levels.map(text).join(' – ')}</span>}
						{scale.borderline && scale.level_beside && (
							<span className={styles.quiet}>
								{t('scale.borderline', { level: t(`beside.${scale.level_beside}`) })}
							</span>
						)}
					</span>
				</>
			)}
		</span>
	);
}
