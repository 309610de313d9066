import { useTranslation } from 'react-i18next';
import type { ProfileHistoryLine } from '#server/contract/my.ts';
import { formatDate, formatNumber, formatPercent } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { DeficitLevel } from '../ui/DeficitLevel.tsx';
import { Card } from '../ui/Page.tsx';
import styles from './ProfileHistory.module.css';

type Result = ProfileHistoryLine['results'][number];

/** One sign for each way of measuring, told apart by shape as well. */
const signs: Record<string, string> = { self_assessment: '○', test: '●', expert_review: '◆' };

/**
 * Results over waves and channels, competency by competency: levels side by side, since instruments differ; change is
 * spoken of only where the same instrument was used twice and the difference is more than its error.
 */
export function ProfileHistory({ lines }: { lines: ProfileHistoryLine[] }) {
	const { t } = useTranslation('profile');
	const text = useLocalText();
	const channels = [...new Set(lines.flatMap(({ results }) => results.map(({ channel }) => channel)))];
	return (
		<Card title={t('history.title')}>
			<p className={styles.quiet}>{t('history.why')}</p>
			<ul className={styles.legend}>
				{channels.map((channel) => (
					<li key={channel}>
						<span aria-hidden="true">{signs[channel]}</span> {t(`channel.${channel}`)}
					</li>
				))}
			</ul>
			<ul className={styles.lines}>
				{lines.map((line) => (
					<li key={line.scale}>
						<h3>{text(line.title)}</h3>
						<ol>
							{line.results.map((result) => (
								<HistoryResult
									key={`${result.campaign_id}/${result.instrument}`}
									result={result}
									isComparable={isRepeated(result, line.results)}
								/>
							))}
						</ol>
					</li>
				))}
			</ul>
			<details className={styles.how}>
				<summary>{t('history.how')}</summary>
				<p>{t('history.reliable')}</p>
				<p>{t('history.comparable')}</p>
			</details>
		</Card>
	);
}

/** Percentages stand side by side only where the same version of the same instrument was used again. */
const isRepeated = ({ instrument, version }: Result, all: Result[]) =>
	all.filter((each) => each.instrument === instrument && each.version === version).length > 1;

function HistoryResult({ result, isComparable }: { result: Result; isComparable: boolean }) {
	const { t } = useTranslation('profile');
	const text = useLocalText();
	const language = useLanguage();
	const { channel, level, level_beside, change, percent, sem } = result;
	return (
		<li className={styles.result}>
			<span className={styles.when}>
				<span aria-hidden="true">{signs[channel]}</span>
				<span className="visually-hidden">{t(`channel.${channel}`)}, </span>
				<span title={`${result.campaign_title}: ${text(result.instrument_title)}`}>
					{formatDate(result.submitted_at, language)}
				</span>
			</span>
			<span className={styles.level}>
				{level && <DeficitLevel level={level} own />}
				{level_beside && (
					<span className={styles.quiet}>
						{t('scale.borderline', { level: t(`beside.${level_beside}`) })}
					</span>
				)}
			</span>
			<span className={styles.change}>
				{isComparable && formatPercent(percent, language)}
				{isComparable && sem !== null && ` ± ${formatNumber(sem, language)}`}
				{change && (
					<strong className={styles[change.verdict]}>
						{t(`history.${change.verdict}`, {
							points: formatNumber(Math.abs(change.points), language),
						})}
					</strong>
				)}
			</span>
		</li>
	);
}
