import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ModuleResult, type ResultRow, rowsOf } from '../api.ts';
import { formatCell, formatInterval, formatPValue, formatShare } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { ComparedWith } from '../ui/ComparedWith.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EvidenceLevel } from '../ui/EvidenceLevel.tsx';
import {
	type LowResults,
	type Reason,
	readEvidence,
	readLowResults,
	type SchoolEvidence,
	speaks,
} from '../ui/evidence.ts';
import { HiddenCell } from '../ui/HiddenCell.tsx';
import { unbroken } from '../ui/unbroken.ts';
import styles from './Plans.module.css';
import { RiskEvidence } from './RiskEvidence.tsx';
import { readRatedFactor } from './risk-evidence.ts';

const reasonsShown = 4;

/** The answer of a module about one school in words: level, signs, reasons; any other module as its table. */
export function EvidenceSummary(props: { result: ModuleResult; school: string; year: number | null }) {
	const { t } = useTranslation('plans');
	const { result, school, year } = props;
	const rows = useMemo(
		() =>
			rowsOf(result).filter(
				(row) =>
					(row.school_id === undefined || row.school_id === school) &&
					(year === null || row.year === undefined || row.year === year),
			),
		[result, school, year],
	);
	const { module } = result.meta;
	if (rows.length === 0) return <HiddenCell reason="no-data" />;
	if (module === 'result-objectivity')
		return rows.map((row) => <Signs key={String(row.year)} evidence={readEvidence(row)} />);
	if (module === 'low-results')
		return rows.map((row) => <Low key={String(row.year)} low={readLowResults(row)} />);
	if (module === 'risk-profile')
		return [...Map.groupBy(rows.map(readRatedFactor), (factor) => factor.year)].map(([of, factors]) => (
			<RiskEvidence key={of} factors={factors} />
		));
	return (
		<>
			<p>
				<strong>{result.finding.title}</strong>
			</p>
			<PlainTable result={result} caption={t('evidence.table')} />
		</>
	);
}

function Signs(props: { evidence: SchoolEvidence }) {
	const { t } = useTranslation(['plans', 'school']);
	const language = useLanguage();
	const { evidence } = props;
	const flagged = evidence.signs.filter((sign) => speaks(sign, evidence.signs));
	return (
		<section className={styles.evidence}>
			<p className={styles.verdict}>
				<strong>{t('evidence.year', { year: evidence.year })}</strong>
				<EvidenceLevel level={evidence.level} />
				{evidence.families.length > 0 && (
					<span>
						{t('school:signs.families', {
							count: evidence.families.length,
							names: evidence.families.map((family) => t(`school:family.${family}`)).join(', '),
						})}
					</span>
				)}
				<span className={styles.aside}>
					{evidence.q !== null && `${equation(formatPValue(evidence.q, language))} · `}
					{t('school:signs.n', { count: evidence.n, n: evidence.n })}
				</span>
			</p>
			{flagged.length > 0 && (
				<ul className={styles.signs}>
					{[...new Set(flagged.map((sign) => sign.id))].map((id) => {
						const own = flagged.filter((sign) => sign.id === id);
						return (
							<li key={id}>
								{t(`school:sign.${id}`, { defaultValue: id })}
								<span className={styles.aside}> · {t('evidence.checks', { count: own.length })}</span>
							</li>
						);
					})}
				</ul>
			)}
			{evidence.level === 'none' && flagged.length > 0 && (
				<p className={styles.aside}>{t('school:signs.quiet_singled')}</p>
			)}
			{evidence.official > 0 && (
				<p className={styles.aside}>{t('evidence.official', { count: evidence.official })}</p>
			)}
			<div className={styles.reasons}>
				<Reasons title={t('school:signs.for')} reasons={evidence.reasons.for} />
				<Reasons title={t('school:signs.against')} reasons={evidence.reasons.against} />
				<Reasons title={t('school:signs.change')} reasons={evidence.reasons.change} />
				<Reasons title={t('school:signs.beside')} reasons={evidence.reasons.beside} />
			</div>
			<ComparedWith signs={evidence.signs} />
		</section>
	);
}

/** «q = 0,032», «q < 0,001». */
function equation(value: string): string {
	return value.startsWith('<') ? `q ${value}` : `q = ${value}`;
}

/** The first reasons; the rest one button away on the screen, and all of them on paper. */
function Reasons(props: { title: string; reasons: Reason[] }) {
	const { t } = useTranslation('plans');
	const text = useLocalText();
	const [isWhole, setWhole] = useState(false);
	if (props.reasons.length === 0) return null;
	const hidden = isWhole ? 0 : props.reasons.length - reasonsShown;
	return (
		<div>
			<h3>{props.title}</h3>
			<ul className={styles.signs}>
				{props.reasons.map((reason, index) => (
					<li
						key={`${reason.code}${reason.text.ru}`}
						className={!isWhole && index >= reasonsShown ? styles.onPaper : undefined}
					>
						{unbroken(text(reason.text))}
					</li>
				))}
			</ul>
			{hidden > 0 && (
				<button type="button" className={`${styles.more} no-print`} onClick={() => setWhole(true)}>
					{t('evidence.more', { count: hidden })}
				</button>
			)}
		</div>
	);
}

function Low(props: { low: LowResults }) {
	const { t } = useTranslation(['plans', 'school']);
	const language = useLanguage();
	const { low } = props;
	const percent = (share: number | null) => (share === null ? null : share * 100);
	return (
		<section className={styles.evidence}>
			<p className={styles.verdict}>
				<strong>{t('evidence.year', { year: low.year })}</strong>
				<span>
					{t(low.flag ? 'evidence.low' : 'evidence.not_low')}
					{low.flag && low.label_text && `: ${low.label_text}`}
				</span>
				{low.certainty !== null && (
					<span className={styles.aside}>
						{t('evidence.certainty', { share: formatShare(low.certainty, language) })}
					</span>
				)}
			</p>
			<DataTable
				caption={t('evidence.procedures')}
				hideCaption
				rows={low.procedures}
				rowKey={(row) => row.procedure}
				columns={[
					{ id: 'title', label: t('school:low.col_procedure'), value: (row) => row.title, isHeading: true },
					{
						id: 'share',
						label: t('school:low.col_share'),
						value: (row) => row.share,
						render: (row) =>
							row.share === null ? (
								<HiddenCell reason="no-data" />
							) : (
								<>
									{formatInterval(
										row.share * 100,
										percent(row.ci?.[0] ?? null),
										percent(row.ci?.[1] ?? null),
										language,
									)}
									{row.low && <strong> · {t('school:low.is_low')}</strong>}
								</>
							),
					},
					{ id: 'n', label: t('school:low.col_n'), value: (row) => row.n, align: 'end' },
				]}
			/>
		</section>
	);
}

function PlainTable(props: { result: ModuleResult; caption: string }) {
	const language = useLanguage();
	const fields = props.result.fields.filter(({ format }) => format !== 'json' && format !== 'id');
	return (
		<DataTable
			caption={props.caption}
			hideCaption
			rows={rowsOf(props.result)}
			rowKey={(_, index) => String(index)}
			columns={fields.map((field) => ({
				id: field.name,
				label: field.unit ? `${field.label}, ${field.unit}` : field.label,
				value: (row: ResultRow) => row[field.name],
				render: (row: ResultRow) => {
					const value = row[field.name];
					return value === null || value === undefined ? (
						<HiddenCell reason="no-data" compact />
					) : (
						formatCell(value, field.format, language)
					);
				},
			}))}
		/>
	);
}
