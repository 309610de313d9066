import { z } from 'zod';

const deficitLevelSchema = z.enum(['low', 'medium', 'high']);
export type DeficitLevel = z.infer<typeof deficitLevelSchema>;

const boundSchema = z.number().min(0).max(100);

/** One half-open interval `[from, to)` of the percent P; the interval that ends at 100 includes it. */
export const cutScoreSchema = z.strictObject({
	/** `low`, `medium`, `high` are levels of deficit; an instrument with `levels` of its own names one of those. */
	level: z.string().regex(/^[a-z][a-z0-9_]*$/),
	from: boundSchema,
	to: boundSchema,
});
/** A cut score of the levels `Level`: of deficit, unless an instrument has levels of its own. */
export type CutScore<Level extends string = DeficitLevel> = { level: Level; from: number; to: number };

/** True when the cut scores speak of deficit and not of an instrument's own levels. */
export function areDeficitCuts(cuts: readonly CutScore<string>[]): cuts is readonly CutScore[] {
	return cuts.length > 0 && cuts.every(({ level }) => deficitLevelSchema.safeParse(level).success);
}

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
 * Level for a percent of points P in 0…100 (method D6): the first interval that holds P.
 * @throws RangeError when no interval holds it.
 */
export function deficitLevel<Level extends string>(percent: number, cuts: readonly CutScore<Level>[]): Level {
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
export function findAdjacentLevels<Level extends string>(
	percent: number,
	semPercent: number,
	cuts: readonly CutScore<Level>[],
): readonly [Level, Level] | null {
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
export function isBorderline(
	percent: number,
	semPercent: number,
	cuts: readonly CutScore<string>[],
): boolean {
	return findAdjacentLevels(percent, semPercent, cuts) !== null;
}
