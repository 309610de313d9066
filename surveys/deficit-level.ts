import { z } from 'zod';

const deficitLevelSchema = z.enum(['low', 'medium', 'high']);
export type DeficitLevel = z.infer<typeof deficitLevelSchema>;

/** One half-open interval `[from, to)` of the percent P; the interval that ends at 100 includes it. */
export const cutScoreSchema = z.strictObject({
	level: deficitLevelSchema,
	from: z.number().min(0).max(100),
	to: z.number().min(0).max(100),
});
export type CutScore = z.infer<typeof cutScoreSchema>;

/** The editable preset «базовая» (method D6). The numbers of an official scale are entered as data, with their document. */
export const BASIC_CUT_SCORES: readonly CutScore[] = [
	{ level: 'low', from: 80, to: 100 },
	{ level: 'medium', from: 60, to: 80 },
	{ level: 'high', from: 0, to: 60 },
];

// Sums of thirds end a hair below the whole number they mean; a border is not lost to that.
const ROUNDING = 1e-9;
const Z_95 = 1.96;

/**
 * Level of deficit for a percent of points P in 0…100 (method D6): the first interval that holds P.
 * @throws RangeError when no interval holds it.
 */
export function deficitLevel(percent: number, cuts: readonly CutScore[]): DeficitLevel {
	const found = cuts.find(
		({ from, to }) =>
			percent >= from - ROUNDING && (percent < to - ROUNDING || (to === 100 && percent <= 100 + ROUNDING)),
	);
	if (!found) throw new RangeError(`no cut score holds ${percent} %`);
	return found.level;
}

/**
 * The two levels between which a result is undecided, lower P first (method D11), or null when it is decided:
 * `|P − cut| ≤ 1.96·SEM`, all in percent. With several cuts in reach the nearest one speaks.
 */
export function findAdjacentLevels(
	percent: number,
	semPercent: number,
	cuts: readonly CutScore[],
): readonly [DeficitLevel, DeficitLevel] | null {
	const near = cuts
		.map(({ from }) => from)
		.filter((cut) => cut > 0 && Math.abs(percent - cut) <= Z_95 * semPercent + ROUNDING)
		.sort((left, right) => Math.abs(percent - left) - Math.abs(percent - right))[0];
	if (near === undefined) return null;
	const below = cuts.find(({ to }) => to === near);
	const above = cuts.find(({ from }) => from === near);
	return below && above ? [below.level, above.level] : null;
}

/** True when the error of measurement straddles a border of levels (method D11). */
export function isBorderline(percent: number, semPercent: number, cuts: readonly CutScore[]): boolean {
	return findAdjacentLevels(percent, semPercent, cuts) !== null;
}
