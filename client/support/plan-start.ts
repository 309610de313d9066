import type { MeasureBody, PlanBody } from '#server/contract/support.ts';
import { dayIn } from '../days.ts';
import type { LowResults, SchoolEvidence } from '../ui/evidence.ts';
import type { RatedFactor } from './risk-evidence.ts';

export type EvidenceModule = 'result-objectivity' | 'low-results' | 'risk-profile';

/** A row of the form; `key` keeps React's fields in their places while rows come and go. */
export interface MeasureRow extends MeasureBody {
	key: string;
}

/** Goal, its number and the measures that usually help; a start that the author may change. */
export interface PlanStart {
	goal: string;
	indicator: string;
	baseline: number | null;
	target: number | null;
	unit: string;
}

/** The middle of the next June: plans follow the school year. */
export function endOfSchoolYear(): string {
	const today = new Date();
	return `${today.getFullYear() + (today.getMonth() >= 4 ? 1 : 0)}-06-15`;
}

/** Suggested measures by module: who carries them out, and days after today of begin and end; words are `suggest.*`. */
export const suggestedMeasures: Record<
	EvidenceModule,
	[owner: 'service' | 'school', from: number, to: number][]
> = {
	'result-objectivity': [
		['service', 0, 14],
		['service', 7, 35],
		['service', 21, 60],
		['school', 30, 150],
		['service', 60, 150],
	],
	'low-results': [
		['school', 0, 21],
		['service', 14, 60],
		['service', 30, 120],
		['school', 120, 180],
	],
	'risk-profile': [
		['service', 0, 21],
		['service', 7, 45],
		['service', 120, 180],
	],
};

/** Where the number of the goal starts, from the evidence on screen; the words come from the caller. */
export function startGoal(
	module: EvidenceModule,
	evidence: SchoolEvidence | null,
	low: LowResults | null,
	factors: readonly RatedFactor[],
): Pick<PlanStart, 'baseline' | 'target'> {
	if (module === 'result-objectivity')
		return evidence ? { baseline: evidence.families.length, target: 0 } : { baseline: null, target: null };
	if (module === 'risk-profile') {
		const confirmed = factors.filter(
			({ significance, answer }) => significance === 'high' && answer === 'agreed',
		);
		const isAnswered = factors.some(({ answer }) => answer !== 'awaited');
		return isAnswered ? { baseline: confirmed.length, target: 0 } : { baseline: null, target: null };
	}
	if (!low || low.share === null || isInDoubt(evidence)) return { baseline: null, target: null };
	const share = Math.round(low.share * 1000) / 10;
	return { baseline: share, target: Math.round(Math.min(low.threshold * 100, share * 0.7)) };
}

/** Results in doubt say not where a school starts, nor later whether it moved. */
export const isInDoubt = (evidence: SchoolEvidence | null): boolean =>
	evidence?.level === 'sign' || evidence?.level === 'persistent';

/** Measures for the factors of risk that the school confirmed and took into its programme. */
export function measuresForRisks(titles: readonly string[], owner: string): MeasureRow[] {
	return titles.map((title) => ({
		key: crypto.randomUUID(),
		title: title.slice(0, 300),
		owner,
		starts_on: dayIn(0),
		due_on: dayIn(180),
	}));
}

/** What stands in the fields of a plan. */
export interface PlanDraft extends PlanStart {
	school_id: string;
	title: string;
	basis: PlanBody['basis'];
	module: EvidenceModule | '';
	year: number | null;
	due_on: string;
	curator: string;
	measures: MeasureRow[];
}

/** What the choice of evidence suggests. */
export type Suggestion = PlanStart & Pick<PlanDraft, 'title' | 'measures'>;

/** What new evidence suggests, in the place of what the evidence before had suggested; whatever was written since stays. */
export function renewSuggestion(written: Suggestion, before: Suggestion, now: Suggestion): Suggestion {
	// rows of measures have a key of their own each time
	const said = (value: unknown) => JSON.stringify(value, (name, part) => (name === 'key' ? undefined : part));
	const names = Object.keys(now) as (keyof Suggestion)[];
	return Object.fromEntries(
		names.map((name) => [name, said(written[name]) === said(before[name]) ? now[name] : written[name]]),
	) as unknown as Suggestion;
}

/** The body to send, or null while a field is missing. */
export function readPlan(draft: PlanDraft): PlanBody | null {
	const { school_id, module, year, due_on } = draft;
	const [title, goal, indicator, curator] = [draft.title, draft.goal, draft.indicator, draft.curator].map(
		(text) => text.trim(),
	);
	const measures = draft.measures.map(({ key: _, ...measure }) => ({
		...measure,
		title: measure.title.trim(),
		owner: measure.owner.trim(),
	}));
	const isWhole = measures.every(
		(measure) =>
			measure.title &&
			measure.owner &&
			measure.starts_on &&
			measure.due_on &&
			measure.due_on >= measure.starts_on,
	);
	if (!school_id || !title || !goal || !indicator || !curator || !due_on || !isWhole) return null;
	return {
		school_id,
		title,
		basis: draft.basis,
		evidence:
			module === '' ? null : { module, filters: { school: school_id, ...(year === null ? {} : { year }) } },
		goal,
		indicator,
		baseline: draft.baseline,
		target: draft.target,
		unit: draft.unit.trim(),
		due_on,
		curator,
		measures,
	};
}
