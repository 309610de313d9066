import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useModuleItem } from '../chart/catalogue.ts';
import { MethodButton } from '../chart/MethodButton.tsx';
import { formatInterval, formatNumber, formatShare } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { Expectation, LowProcedure, LowResults } from '../ui/evidence.ts';
import { Figure } from '../ui/Figure.tsx';
import { IntervalMark } from '../ui/IntervalMark.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './School.module.css';

/** The rule of low results, literally, and how certain it is for a school of this size. */
export function SchoolLowResults(props: {
	low: LowResults | null;
	expectation: Expectation | null;
	year: number | null;
	isLoading: boolean;
	problem: unknown;
	retry: () => void;
}) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const item = useModuleItem('low-results');
	const { low } = props;
	const columns = useProcedureColumns(low?.threshold ?? 0.3);
	return (
		<Card
			title={props.year === null ? t('low.title_plain') : t('low.title', { year: props.year })}
			aside={item && <MethodButton module={item} />}
		>
			{props.problem ? (
				<ProblemNote problem={props.problem} retry={props.retry} />
			) : props.isLoading ? (
				<Loading rows={4} />
			) : !low ? (
				<EmptyState title={t('low.none')} />
			) : (
				<>
					<p className={styles.verdict}>
						<strong>
							{low.flag
								? low.label_text
									? t('low.flag_certainty', { label: low.label_text })
									: t('low.flag')
								: t('low.no_flag')}
						</strong>
						{low.flag && low.certainty !== null && (
							<span className={styles.aside}>
								{t('low.certainty_short')}{' '}
								<Figure
									value={formatShare(low.certainty, language)}
									card={{
										definition: t('low.certainty'),
										formula: t('low.certainty_formula'),
										version: item?.version,
										caveat: t('low.certainty_caveat'),
									}}
								/>
							</span>
						)}
					</p>
					<p className={styles.quiet}>
						{t(item?.presets.combine === 'all' ? 'low.rule_all' : 'low.rule', {
							threshold: formatShare(low.threshold, language),
						})}
					</p>
					<DataTable
						caption={t('low.title', { year: low.year })}
						hideCaption
						rows={low.procedures}
						columns={columns}
						rowKey={(row) => row.procedure}
					/>
					{props.expectation && <AgainstExpectation expectation={props.expectation} />}
				</>
			)}
		</Card>
	);
}

/** How the result stands against schools of the same context, in words first. */
function AgainstExpectation(props: { expectation: Expectation }) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const item = useModuleItem('joint-picture');
	const { basis, residual, low, high } = props.expectation;
	const number = (value: number) => formatNumber(value, language, 1);
	const side = low > 0 ? 'above' : high < 0 ? 'below' : 'usual';
	return (
		<p className={styles.expected}>
			<span className={styles.aside}>{t('low.expected_title')}: </span>
			{t(basis === 'thirds' ? `low.third_${side}` : `low.expected_${side}`)}{' '}
			<Figure
				value={`${number(residual)} [${number(low)}; ${number(high)}]`}
				card={{
					definition: t('low.expected_definition'),
					formula: t(basis === 'thirds' ? 'low.third_formula' : 'low.expected_formula'),
					version: item?.version,
					caveat: t('low.expected_caveat'),
				}}
			/>
		</p>
	);
}

function useProcedureColumns(threshold: number): Column<LowProcedure>[] {
	const { t } = useTranslation('school');
	const language = useLanguage();
	return useMemo(
		() => [
			{ id: 'title', label: t('low.col_procedure'), value: (row) => row.title, isHeading: true },
			{
				id: 'share',
				label: t('low.col_share'),
				value: (row) => row.share,
				align: 'end',
				render: (row) =>
					row.share === null ? (
						'—'
					) : (
						<span className={styles.whole}>
							{formatInterval(
								row.share * 100,
								row.ci ? row.ci[0] * 100 : null,
								row.ci ? row.ci[1] * 100 : null,
								language,
							)}
						</span>
					),
			},
			{
				id: 'interval',
				label: t('low.col_interval'),
				value: (row) => row.share,
				render: (row) =>
					row.share === null ? null : (
						<IntervalMark
							value={row.share}
							low={row.ci?.[0] ?? null}
							high={row.ci?.[1] ?? null}
							threshold={threshold}
							label={t('low.interval', {
								share: formatShare(row.share, language),
								low: row.ci ? formatShare(row.ci[0], language) : '—',
								high: row.ci ? formatShare(row.ci[1], language) : '—',
								threshold: formatShare(threshold, language),
							})}
						/>
					),
			},
			{
				id: 'n',
				label: t('low.col_n'),
				value: (row) => row.n,
				align: 'end',
				render: (row) => formatNumber(row.n, language),
			},
			{
				id: 'chance',
				label: t('low.col_chance'),
				value: (row) => row.p_low,
				align: 'end',
				render: (row) => (row.p_low === null ? '—' : formatShare(row.p_low, language)),
			},
			{
				id: 'low',
				label: t('signs.col_verdict'),
				value: (row) => (row.low ? 1 : 0),
				render: (row) =>
					row.low ? <strong>{t('low.is_low')}</strong> : <span className={styles.aside}>—</span>,
			},
		],
		[t, language, threshold],
	);
}
