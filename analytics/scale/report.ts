import type { Language } from '../module.ts';
import { type NoteCode, noteText } from '../notes.ts';
import { partOf, type Tell } from '../progress.ts';
import { alphaInterval } from '../statistics/alpha-interval.ts';
import { alphaOfCovariances } from '../statistics/alpha-of-covariances.ts';
import {
	type AnswerPatterns,
	chooseItems,
	chooseRows,
	countCodes,
	MISSING,
} from '../statistics/answer-patterns.ts';
import { itemRestCorrelation } from '../statistics/item-rest-correlation.ts';
import { omegaTotal } from '../statistics/omega-total.ts';
import { type ItemMatrix, pairwiseMoments } from '../statistics/pairwise-covariance.ts';
import { standardErrorOfMeasurement } from '../statistics/standard-error-of-measurement.ts';
import type { Interval } from '../statistics/wilson-interval.ts';
import { estimateDifficulties, type ItemEstimate, type PersonRow } from './difficulties.ts';

export interface Note {
	code: NoteCode;
	text: string;
}

/** `analyze scale --json`. A number that cannot be estimated is null, and a note says why. */
export interface ScaleReport {
	n: number;
	items: ({ item: string; n: number; max: number | null; mean: number | null; facility: number | null } & {
		item_rest_r: number | null;
		alpha_if_dropped: number | null;
		notes: Note[];
	} & Omit<ItemEstimate, 'notes'>)[];
	alpha: number | null;
	alpha_ci: [number, number] | null;
	omega_total: number | null;
	sem: number | null;
	separation: number | null;
	person_table: PersonRow[];
	notes: Note[];
}

/** Counts as a reader writes them. */
export function countsInWords(
	{ persons, total }: { persons: number; total: number },
	language: Language,
): { persons: string; total: string } {
	const format = new Intl.NumberFormat(language);
	return { persons: format.format(persons), total: format.format(total) };
}

/** Fewer persons than this are described, with a note that nothing follows from it. */
export const MINIMUM = 30;

/** Everything of one scale from its answers; `titles` name the items in the order of the patterns. */
export function analyseScale(
	patterns: AnswerPatterns,
	{ titles, language, tell }: { titles: readonly string[]; language: Language; tell?: Tell },
): ScaleReport {
	const noteOf = (code: NoteCode, values = {}): Note => ({ code, text: noteText(code, language, values) });
	const codes = countCodes(patterns);
	const n = patterns.counts.reduce((sum, count) => sum + count, 0);
	const varied = scaleItems(codes);
	const scale = chooseItems(patterns, varied);
	tell?.({ stage: 'scales', share: 0.5 });
	const { covariances, alpha, interval, omega, sem, fewComplete } = reliabilityOf(scale);
	const rasch = estimateDifficulties(scale, { tell: partOf(tell, 0.7, 1) });
	return {
		n,
		items: titles.map((item, j) => {
			const place = varied.indexOf(j);
			const { notes: estimateNotes, ...estimate } = rasch.items[place] ?? NO_ESTIMATE;
			const described = describe(codes[j]!);
			const item_rest_r = place < 0 ? null : itemRestCorrelation(covariances, place);
			const notes = [...flagsOf(described, item_rest_r), ...estimateNotes].map((code) => noteOf(code));
			const alpha_if_dropped = place < 0 ? null : alphaOfCovariances(covariances, place);
			return { item, ...described, item_rest_r, alpha_if_dropped, ...estimate, notes };
		}),
		alpha,
		alpha_ci: interval && [interval.lo, interval.hi],
		omega_total: omega,
		sem,
		separation: rasch.separation,
		person_table: rasch.persons,
		notes: [
			...(rasch.sample ? [noteOf('difficulties-from-sample', countsInWords(rasch.sample, language))] : []),
			...(
				[
					...(n < MINIMUM ? ['too-few-respondents'] : []),
					...(varied.length === 1 ? ['single-item'] : []),
					...(varied.length === 0 || (varied.length > 1 && alpha === null) ? ['no-variance'] : []),
					...(fewComplete ? ['few-complete'] : []),
					...(varied.length > 1 && rasch.persons.length === 0 ? ['not-converged'] : []),
				] as NoteCode[]
			).map((code) => noteOf(code)),
		],
	};
}

export interface Reliability {
	covariances: ItemMatrix;
	alpha: number | null;
	/** Feldt's, 95 % */
	interval: Interval | null;
	omega: number | null;
	/** in points of the total, from the persons who answered every item */
	sem: number | null;
	fewComplete: boolean;
}

/** Reliability of a scale whose every item varies (`scaleItems`). */
export function reliabilityOf(scale: AnswerPatterns): Reliability {
	const n = scale.counts.reduce((sum, count) => sum + count, 0);
	const { covariances, correlations } = pairwiseMoments(scale);
	const alpha = alphaOfCovariances(covariances);
	return {
		covariances,
		alpha,
		interval: alphaInterval(alpha, n, scale.items),
		omega: omegaTotal(correlations),
		...measurementError(scale, covariances, alpha),
	};
}

/** The items that make the scale: those with two codes or more. Constant and unanswered ones carry nothing. */
export function scaleItems(codes: readonly (readonly number[])[]): number[] {
	return codes.flatMap((counts, item) => (counts.filter((count) => count > 0).length > 1 ? [item] : []));
}

const NO_ESTIMATE: ItemEstimate = {
	rasch_difficulty: null,
	rasch_se: null,
	infit: null,
	outfit: null,
	notes: [],
};

interface Described {
	n: number;
	max: number | null;
	mean: number | null;
	facility: number | null;
}

function describe(counts: readonly number[]): Described {
	const n = counts.reduce((sum, count) => sum + count, 0);
	if (n === 0) return { n, max: null, mean: null, facility: null };
	const max = counts.length - 1;
	const mean = counts.reduce((sum, count, code) => sum + code * count, 0) / n;
	return { n, max, mean, facility: max === 0 ? null : mean / max };
}

function flagsOf({ n, max, facility }: Described, itemRest: number | null): NoteCode[] {
	if (n === 0) return ['all-missing'];
	if (max === 0) return ['no-variance'];
	return [
		...(facility !== null && facility < 0.1 ? (['item-too-hard'] as const) : []),
		...(facility !== null && facility > 0.95 ? (['item-too-easy'] as const) : []),
		...(itemRest !== null && itemRest < 0.15 ? (['low-item-rest'] as const) : []),
	];
}

/** In points of the total: from the persons who answered every item, since only they have one. */
function measurementError(
	scale: AnswerPatterns,
	covariances: ItemMatrix,
	alpha: number | null,
): { sem: number | null; fewComplete: boolean } {
	if (!scale.codes.includes(MISSING)) return { sem: semOf(covariances, alpha), fewComplete: false };
	const complete = pairwiseMoments(chooseRows(scale, (row) => !row.includes(MISSING))).covariances;
	const sem = semOf(complete, alphaOfCovariances(complete));
	return sem === null ? { sem: semOf(covariances, alpha), fewComplete: true } : { sem, fewComplete: false };
}

function semOf(covariances: ItemMatrix, alpha: number | null): number | null {
	if (alpha === null) return null;
	const variance = covariances.reduce(
		(sum, row) => sum + row.reduce((line: number, c) => line + (c ?? 0), 0),
		0,
	);
	return standardErrorOfMeasurement(Math.sqrt(Math.max(0, variance)), alpha);
}
