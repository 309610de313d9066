import { type AnswerPatterns, MISSING } from './answer-patterns.ts';
import { patternFinder } from './raw-score-groups.ts';

/** The same file gives the same sample. */
const SEED = 20_260_101;

export interface PersonSample {
	patterns: AnswerPatterns;
	/** persons taken, and of how many */
	persons: number;
	total: number;
}

/**
 * A simple random sample of rows that holds at most `most` different patterns of gaps; null where all rows hold no more. Conditional
 * likelihood makes symmetric functions of every pattern: what it costs in time and memory grows with them and not with the
 * persons. Whom the sample takes depends on neither answers nor gaps, so estimates from it stay unbiased and their errors,
 * which are those of the sample, honest.
 */
export function personSample(patterns: AnswerPatterns, most: number): PersonSample | null {
	const { items, codes, counts } = patterns;
	const complete = (row: number): boolean =>
		!codes.subarray(row * items, (row + 1) * items).includes(MISSING);
	const all = patternFinder(items);
	let different = 0;
	for (let row = 0; row < counts.length && different <= most; row++)
		different = Math.max(different, all(codes, row * items, complete(row)) + 1);
	if (different <= most) return null;
	const order = shuffled(counts.length);
	const find = patternFinder(items);
	let taken = 0;
	while (find(codes, order[taken]! * items, complete(order[taken]!)) < most) taken++;
	const rows = order.subarray(0, taken).sort();
	const kept = new Uint8Array(taken * items);
	for (const [place, row] of rows.entries())
		kept.set(codes.subarray(row * items, (row + 1) * items), place * items);
	const chosen = Float64Array.from(rows, (row) => counts[row]!);
	const sum = (weights: Float64Array): number => weights.reduce((total, count) => total + count, 0);
	return { patterns: { items, codes: kept, counts: chosen }, persons: sum(chosen), total: sum(counts) };
}

/** Rows in an order of chance (Fisher and Yates). */
function shuffled(rows: number): Uint32Array {
	const order = Uint32Array.from({ length: rows }, (_, row) => row);
	for (let last = rows - 1; last > 0; last--) {
		const other = Math.floor((mixed(SEED + last) / 2 ** 32) * (last + 1));
		const row = order[last]!;
		order[last] = order[other]!;
		order[other] = row;
	}
	return order;
}

/** 32 bits of a whole number, each as if by chance (splitmix32). */
function mixed(value: number): number {
	let bits = Math.imul(value, 0x9e3779b9);
	bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
	bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
	return (bits ^ (bits >>> 15)) >>> 0;
}
