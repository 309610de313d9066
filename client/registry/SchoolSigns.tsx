import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useModuleItem } from '../chart/catalogue.ts';
import { MethodButton } from '../chart/MethodButton.tsx';
import { formatNumber, formatPValue } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { ComparedWith } from '../ui/ComparedWith.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { EvidenceLevel } from '../ui/EvidenceLevel.tsx';
import {
	knownOf,
	type LowResults,
	nextStepOf,
	type Reason,
	type SchoolEvidence,
	speaks,
} from '../ui/evidence.ts';
import { Figure } from '../ui/Figure.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { unbroken } from '../ui/unbroken.ts';
import styles from './School.module.css';
import { SchoolSignsTable } from './SchoolSignsTable.tsx';

/** The level of evidence of a year, what speaks for and against it, and every check behind it. */
export function SchoolSigns(props: {
	evidence: SchoolEvidence | null;
	low: LowResults | null;
	isLoading: boolean;
	problem: unknown;
	retry: () => void;
}) {
	const { t } = useTranslation('school');
	const item = useModuleItem('result-objectivity');
	const { evidence } = props;
	return (
		<Card
			title={evidence ? t('signs.title', { year: evidence.year }) : t('signs.title_plain')}
			aside={item && <MethodButton module={item} />}
		>
			{props.problem ? (
				<ProblemNote problem={props.problem} retry={props.retry} />
			) : props.isLoading ? (
				<Loading rows={5} />
			) : evidence ? (
				<Verdict evidence={evidence} low={props.low} version={item?.version} />
			) : (
				<EmptyState title={t('signs.none')}>{t('signs.none_why')}</EmptyState>
			)}
		</Card>
	);
}

function Verdict(props: { evidence: SchoolEvidence; low: LowResults | null; version: string | undefined }) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const { evidence } = props;
	const names = evidence.families.map((family) => t(`family.${family}`)).join(', ');
	const isQuiet =
		evidence.level === 'none' && evidence.reasons.for.length + evidence.reasons.against.length === 0;
	// a check may stand out by itself and not hold once all checks and all schools are allowed for
	const isSingled = evidence.signs.some((sign) => speaks(sign, evidence.signs));
	return (
		<>
			<p className={styles.verdict}>
				<span className={styles.level}>
					<EvidenceLevel level={evidence.level} />
				</span>
				{!isQuiet && evidence.families.length > 0 && (
					<span>{t('signs.families', { count: evidence.families.length, names })}</span>
				)}
				{evidence.q !== null && (
					<Figure
						value={equation(formatPValue(evidence.q, language))}
						card={{
							definition: t('signs.q_definition'),
							formula: t('signs.q_formula'),
							version: props.version,
							caveat: t('signs.caution'),
						}}
					/>
				)}
				<span className={styles.aside}>
					{t('signs.n', { count: evidence.n, n: formatNumber(evidence.n, language) })}
				</span>
			</p>
			<p className={styles.step}>
				<span className={styles.aside}>{t('next')}: </span>
				<strong>{t(`step.${nextStepOf(evidence.level, props.low, knownOf(evidence))}`)}</strong>
			</p>
			{isQuiet ? (
				<p className={styles.quiet}>{t(isSingled ? 'signs.quiet_singled' : 'signs.quiet_why')}</p>
			) : (
				<div className={styles.reasons}>
					<Reasons title={t('signs.for')} reasons={evidence.reasons.for} empty={t('signs.for_none')} />
					<div className={styles.other}>
						<Reasons
							title={t('signs.against')}
							reasons={evidence.reasons.against}
							empty={t('signs.against_none')}
						/>
						<Reasons
							title={t('signs.change')}
							reasons={evidence.reasons.change}
							empty={t('signs.change_none')}
						/>
					</div>
				</div>
			)}
			{evidence.reasons.beside.length > 0 && (
				<div className={styles.beside}>
					<Reasons title={t('signs.beside')} reasons={evidence.reasons.beside} empty="" />
					<p className={styles.aside}>{t(`signs.beside_why.${evidence.level}`)}</p>
				</div>
			)}
			{!isQuiet && <p className={styles.caution}>{t('signs.caution')}</p>}
			<ComparedWith signs={evidence.signs} />
			<SchoolSignsTable evidence={evidence} />
		</>
	);
}

/** «q = 0,032», «q < 0,001». */
function equation(value: string): string {
	return value.startsWith('<') ? `q ${value}` : `q = ${value}`;
}

const reasonsAtFirst = 4;

function Reasons(props: { title: string; reasons: Reason[]; empty: string }) {
	const { t } = useTranslation('school');
	const text = useLocalText();
	const [isWhole, setWhole] = useState(false);
	const isLong = props.reasons.length > reasonsAtFirst + 1;
	const shown = isWhole || !isLong ? props.reasons : props.reasons.slice(0, reasonsAtFirst);
	return (
		<section>
			<h3>{props.title}</h3>
			{props.reasons.length === 0 ? (
				<p className={styles.aside}>{props.empty}</p>
			) : (
				<ul>
					{shown.map((reason) => (
						<li key={`${reason.code}${reason.text.ru}`}>{unbroken(text(reason.text))}</li>
					))}
				</ul>
			)}
			{isLong && !isWhole && (
				<button type="button" className={`${styles.rest} no-print`} onClick={() => setWhole(true)}>
					{t('signs.more_reasons', { count: props.reasons.length - shown.length })}
				</button>
			)}
		</section>
	);
}
