import type { LocalText } from '#server/contract/text.ts';
import type { ResultRow } from '../api.ts';
import { type Evidence, evidenceOf } from './EvidenceLevel.tsx';

/** One sign of a school as `result-objectivity` carries it in its JSON column. */
export interface Sign {
	id: string;
	procedures: string[];
	statistic: number | null;
	p: number | null;
	q: number | null;
	flagged: boolean;
	n: number;
	note: string | null;
	/** what the statistic was made of, by name */
	inputs: Record<string, number | string>;
}

export interface Reason {
	code: string;
	text: LocalText;
}

/** `beside` asks to be looked at and has no part in the level. */
export interface Reasons {
	for: Reason[];
	against: Reason[];
	change: Reason[];
	beside: Reason[];
}

/** Signs of one school and year, ready to be shown. */
export interface SchoolEvidence {
	school_id: string;
	school_name: string;
	year: number;
	n: number;
	level: Evidence;
	q: number | null;
	families: string[];
	official: number;
	signs: Sign[];
	reasons: Reasons;
}

/** One procedure under the rule of low results. */
export interface LowProcedure {
	procedure: string;
	title: string;
	n: number;
	fail: number;
	share: number | null;
	ci: [number, number] | null;
	low: boolean;
	p_low: number | null;
}

/** The rule of low results for one school and year. */
export interface LowResults {
	school_id: string;
	school_name: string;
	year: number;
	n: number;
	fail: number;
	share: number | null;
	low: number | null;
	high: number | null;
	threshold: number;
	flag: boolean;
	certainty: number | null;
	label: string | null;
	label_text: string | null;
	low_procedures: number;
	rule_a: boolean;
	rule_b: boolean;
	procedures: LowProcedure[];
}

/** The result of a school and year against what its context lets one expect, in standard deviations. */
export interface Expectation {
	/** the line over all schools, or the schools of the same third by social make-up */
	basis: 'line' | 'thirds';
	year: number;
	residual: number;
	low: number;
	high: number;
}

const number = (value: unknown): number | null => (typeof value === 'number' ? value : null);

function parsed<Value>(text: unknown, otherwise: Value): Value {
	return typeof text === 'string' && text !== '' ? (JSON.parse(text) as Value) : otherwise;
}

/** Answers frozen before reasons beside the level had a place of their own hold the medals among those for it. */
function readReasons(text: unknown): Reasons {
	const read = parsed<Partial<Reasons>>(text, {});
	const isMedal = ({ code }: Reason) => code === 'medals';
	const whole = { for: [], against: [], change: [], beside: [], ...read };
	return {
		...whole,
		for: whole.for.filter((one) => !isMedal(one)),
		beside: [...whole.beside, ...whole.for.filter(isMedal)],
	};
}

/** It counts candidates for medals, not papers, and has no part in the level. */
export const medalSign = 'O13';

/**
 * Whether a check of papers stands out. A lack of papers below a border describes a gathering at borders and says nothing
 * without it; medals and official signs are told apart from the checks.
 */
export function speaks(sign: Sign, among: Sign[]): boolean {
	if (!sign.flagged || sign.id === medalSign || sign.id.startsWith('OF-')) return false;
	return sign.id !== 'O4' || among.some(({ id, flagged }) => id === 'O3' && flagged);
}

export function readEvidence(row: ResultRow): SchoolEvidence {
	return {
		school_id: String(row.school_id),
		school_name: String(row.school_name),
		year: Number(row.year),
		n: Number(row.n),
		level: evidenceOf(String(row.level)),
		q: number(row.q_combined),
		families: String(row.families ?? '')
			.split(',')
			.map((family) => family.trim())
			.filter(Boolean),
		official: Number(row.official_signs ?? 0),
		signs: parsed<Sign[]>(row.signs, []),
		reasons: readReasons(row.reasons),
	};
}

export function readLowResults(row: ResultRow): LowResults {
	return {
		school_id: String(row.school_id),
		school_name: String(row.school_name),
		year: Number(row.year),
		n: Number(row.n),
		fail: Number(row.fail),
		share: number(row.share),
		low: number(row.ci_low),
		high: number(row.ci_high),
		threshold: Number(row.threshold),
		flag: row.flag === true,
		certainty: number(row.certainty),
		label: row.label === null ? null : String(row.label),
		label_text: row.label_text === null ? null : String(row.label_text),
		low_procedures: Number(row.low_procedures ?? 0),
		rule_a: row.rule_a === true,
		rule_b: row.rule_b === true,
		procedures: parsed<LowProcedure[]>(row.detail, []),
	};
}

/** Null where there is no expectation. */
export function readExpectation(row: ResultRow): Expectation | null {
	const [residual, low, high] = [number(row.residual), number(row.residual_lo), number(row.residual_hi)];
	if (residual === null || low === null || high === null) return null;
	const basis = row.expected_basis === 'thirds' ? 'thirds' : 'line';
	return { basis, year: Number(row.year), residual, low, high };
}

export interface ContextShare {
	title: string;
	/** percent at the school and the mean of the region's schools */
	value: number;
	mean: number;
	/** standard score, turned so that more is harder; null where the share does not vary */
	score: number | null;
}

/** The social make-up of a school and year. */
export interface SchoolContext {
	year: number;
	is_hard: boolean | null;
	/** higher is harder */
	index: number | null;
	decision: string | null;
	shares: ContextShare[];
}

/** Null where nothing is known of the social make-up. */
export function readContext(row: ResultRow): SchoolContext | null {
	const shares = parsed<ContextShare[]>(row.shares, []);
	const decision = typeof row.decision === 'string' ? row.decision : null;
	if (shares.length === 0 && decision === null) return null;
	return {
		year: Number(row.year),
		is_hard: typeof row.is_hard_context === 'boolean' ? row.is_hard_context : null,
		index: number(row.context_index),
		decision,
		shares,
	};
}

/** The newest year among rows of schools and years. */
export function latestYear(rows: { year: number }[]): number | null {
	return rows.length === 0 ? null : Math.max(...rows.map((row) => row.year));
}

/** A commission marked the papers behind the signs again and found the marks right. */
function isCleared({ reasons }: SchoolEvidence): boolean {
	const has = (side: Reason[], code: string) => side.some((reason) => reason.code === code);
	return (
		has(reasons.against, 'remarking-objective') &&
		!has(reasons.for, 'remarking-confirmed') &&
		!has(reasons.change, 'remark')
	);
}

/** What the reasons add to the level. */
export function knownOf(evidence: SchoolEvidence): Known {
	return { isCleared: isCleared(evidence), hasBeside: evidence.reasons.beside.length > 0 };
}

interface Known {
	isCleared?: boolean;
	hasBeside?: boolean;
}

export type NextStep =
	| 'objectivity-first'
	| 'programme'
	| 'remark'
	| 'remarked'
	| 'support'
	| 'check-chance'
	| 'talk'
	| 'more-data'
	| 'beside'
	| 'usual';

/**
 * What may be done next: low results of a school whose results are in doubt are not yet known to be low, so objectivity
 * comes first, unless re-marking has settled the doubt; low results that may be chance are compared before anything is planned; a zone of attention calls for a talk, signs for re-marking, persistent signs for a programme. What stands beside the level
 * is taken up where nothing else is to be done.
 */
export function nextStepOf(level: Evidence | null, low: LowResults | null, known: Known = {}): NextStep {
	const { isCleared = false, hasBeside = false } = known;
	const isLow = low?.flag ?? false;
	const isDoubtful = (level === 'sign' && !isCleared) || level === 'persistent';
	if (isLow && isDoubtful) return 'objectivity-first';
	if (level === 'persistent') return 'programme';
	if (level === 'sign') return isCleared ? 'remarked' : 'remark';
	if (isLow) return low?.label === 'chance' ? 'check-chance' : 'support';
	if (level === 'watch') return 'talk';
	if (hasBeside) return 'beside';
	return level === 'insufficient' ? 'more-data' : 'usual';
}
