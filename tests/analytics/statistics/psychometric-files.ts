import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { type AnswerPatterns, MISSING } from '#analytics/statistics/answer-patterns.ts';

/** Published response matrices with R's numbers (psych 2.2.9, eRm 1.0-2) beside each; they stand beside the project. */
const folder = new URL('../../../../shared/data/psychometrics/', import.meta.url);
export const hasFiles = existsSync(new URL('lsat6.reference.json', folder));

/** psych: `alpha(x)`, `alpha.ci`, `omega(x, nfactors = 1)` */
export interface ClassicalReference {
	n: number;
	complete_cases: number;
	raw_alpha: number;
	alpha_feldt_ci: [number, number];
	item_mean: Record<string, number>;
	item_rest_r_drop: Record<string, number>;
	alpha_if_dropped: Record<string, number>;
	sem_alpha: number;
	omega_total_1factor: number;
}

/** eRm: `RM(x)`, `person.parameter`, `SepRel`, `itemfit`, `LRtest(splitcr = "mean")` */
export interface RaschReference {
	loglik: number;
	npar: number;
	difficulty: Record<string, number>;
	se: Record<string, number>;
	person_by_raw_score: { raw: number[]; theta: (number | null)[] };
	separation_reliability: number;
	itemfit: { item: string; outfit_msq: number; infit_msq: number }[];
	andersen_lr_mean?: { LR: number; df: number; p: number };
}

/** eRm: `PCM(x)`, `thresholds`, `itemfit` */
export interface PartialCreditReference {
	loglik: number;
	npar: number;
	thresholds: Record<string, number>[];
	person_by_raw_score: { raw: number[]; theta: number[] };
	itemfit: { item: string; outfit_msq: number; infit_msq: number }[];
}

/** `stats::mantelhaen.test(correct = TRUE)` over total scores */
export interface DifReference {
	reference_n: number;
	focal_n: number;
	table: {
		item: string;
		mh_chisq_cc: number;
		mh_p: number;
		alpha_mh: number;
		delta_mh: number;
		ets: string;
	}[];
}

export const readReference = (name: string): Record<string, unknown> =>
	JSON.parse(readFileSync(new URL(`${name}.reference.json`, folder), 'utf8'));

/** The columns asked for, each with its lowest code at 0, a person per row. */
export function readPatterns(
	file: string,
	columns: readonly string[],
	words: readonly string[] = [],
): AnswerPatterns {
	const bytes = readFileSync(new URL(file, folder));
	const lines = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').trim().split(/\r?\n/);
	const split = (line: string): string[] => line.split(/[,\t]/).map((cell) => cell.replaceAll('"', ''));
	const places = columns.map((column) => split(lines[0]!).indexOf(column));
	const rows = lines.slice(1).map((line) => {
		const cells = split(line);
		return places.map((place) => {
			const cell = cells[place]!;
			if (cell === '' || cell === 'NA') return null;
			return words.length > 0 ? words.indexOf(cell) : Number(cell);
		});
	});
	const lowest = columns.map((_, j) => Math.min(...rows.flatMap((row) => row[j] ?? [])));
	return {
		items: columns.length,
		codes: Uint8Array.from(
			rows.flatMap((row) => row.map((code, j) => (code === null ? MISSING : code - lowest[j]!))),
		),
		counts: new Float64Array(rows.length).fill(1),
	};
}

/** Turns items round: the highest code becomes 0. */
export function reverse({ items, codes, counts }: AnswerPatterns, which: readonly number[]): AnswerPatterns {
	const turned = codes.slice();
	for (const j of which) {
		let most = 0;
		for (let at = j; at < codes.length; at += items)
			if (codes[at] !== MISSING) most = Math.max(most, codes[at]!);
		for (let at = j; at < codes.length; at += items)
			if (codes[at] !== MISSING) turned[at] = most - codes[at]!;
	}
	return { items, codes: turned, counts };
}
