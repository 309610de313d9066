import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ResultRow, rowsOf, useModule } from '../api.ts';
import { useModuleItem } from '../chart/catalogue.ts';
import { MethodButton } from '../chart/MethodButton.tsx';
import { formatDate, formatInterval, formatNumber, formatPercent } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Figure } from '../ui/Figure.tsx';
import { HiddenCell } from '../ui/HiddenCell.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Today.module.css';

/** Indicators of methodical work: value, what stands behind it, and its change in words. */
export function IndicatorGrid() {
	const { t } = useTranslation('dashboard');
	const answer = useModule('indicators');
	const item = useModuleItem('indicators');
	const rows = useMemo(() => (answer.data ? rowsOf(answer.data) : []), [answer.data]);
	return (
		<Card title={t('indicators.title')} aside={item && <MethodButton module={item} />}>
			{answer.error ? (
				<ProblemNote problem={answer.error} retry={() => void answer.refetch()} />
			) : !answer.data ? (
				<div className={styles.indicators}>
					{['a', 'b', 'c', 'd', 'e', 'f'].map((key) => (
						<Loading key={key} rows={3} />
					))}
				</div>
			) : rows.length === 0 ? (
				<EmptyState title={t('indicators.empty')}>{t('indicators.empty_why')}</EmptyState>
			) : (
				<>
					<dl className={styles.indicators}>
						{rows.map((row) => (
							<Indicator
								key={`${row.indicator}${row.title}`}
								row={row}
								computedAt={answer.data.meta.computed_at}
								version={answer.data.meta.version}
							/>
						))}
					</dl>
					{rows.some(({ delta }) => typeof delta !== 'number') && (
						<p className={styles.footnote}>{t('indicators.no_previous')}</p>
					)}
				</>
			)}
		</Card>
	);
}

function Indicator(props: { row: ResultRow; computedAt: string; version: string }) {
	const { t } = useTranslation('dashboard');
	const language = useLanguage();
	const { row } = props;
	const part = formatNumber(Number(row.numerator), language);
	const whole = formatNumber(Number(row.denominator), language);
	const value = row.value === null ? null : Number(row.value) * 100;
	const isInterval = value !== null && row.value_lo !== null && row.value_hi !== null;
	return (
		<div className={styles.indicator}>
			<dt>{String(row.title)}</dt>
			<dd>
				{value === null ? (
					<HiddenCell reason={Number(row.denominator) === 0 ? 'no-data' : 'too-few'} />
				) : (
					<Figure
						size="large"
						value={formatPercent(value, language, value < 10 && value > 0 ? 1 : 0)}
						interval={
							isInterval
								? formatInterval(
										value,
										Number(row.value_lo) * 100,
										Number(row.value_hi) * 100,
										language,
									).replace(/^[^[]*/, '')
								: null
						}
						card={{
							definition: String(row.title),
							formula: t('indicators.formula', { part, whole }),
							source: String(row.source),
							date: formatDate(props.computedAt, language),
							version: t('indicators.version', { id: String(row.indicator), version: props.version }),
							caveat: isInterval ? t('indicators.interval') : undefined,
						}}
					/>
				)}
				<span className={styles.of}>{t('indicators.of', { part, whole })}</span>
				<Change row={row} />
				<History row={row} />
			</dd>
		</div>
	);
}

/** The years behind the value, where an indicator is followed over more than two of them. */
function History(props: { row: ResultRow }) {
	const { t } = useTranslation('dashboard');
	const language = useLanguage();
	const { history } = props.row;
	const years =
		typeof history === 'string'
			? (JSON.parse(history) as { year: number; numerator: number; denominator: number }[])
			: [];
	if (years.length < 2) return null;
	return (
		<span className={styles.history}>
			{years.map(({ year, numerator, denominator }) => (
				<span key={year}>
					{t('indicators.year', {
						year,
						part: formatNumber(numerator, language),
						whole: formatNumber(denominator, language),
					})}
				</span>
			))}
		</span>
	);
}

/** The change in words, with an arrow for the direction of the number and colour for what it means. */
function Change(props: { row: ResultRow }) {
	const { t } = useTranslation('dashboard');
	const language = useLanguage();
	const { delta, verdict, previous } = props.row;
	if (typeof delta !== 'number') return null;
	const isStill = Math.abs(delta) < 0.05;
	const arrow = isStill ? '→' : delta > 0 ? '↑' : '↓';
	const points = `${delta > 0 ? '+' : ''}${formatNumber(delta, language, 1)}`;
	return (
		<span className={styles.change}>
			<span aria-hidden="true">{arrow} </span>
			{isStill ? String(verdict ?? '') : t('indicators.delta', { points, verdict: verdict ?? '' })}
			{typeof previous === 'number' && !isStill && (
				<span className={styles.before}>
					{' '}
					{t('indicators.before', {
						value: formatPercent(previous * 100, language, previous < 0.1 && previous > 0 ? 1 : 0),
					})}
				</span>
			)}
		</span>
	);
}
