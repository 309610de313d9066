import fQuantile from '@stdlib/stats-base-dists-f-quantile';
import type { Third } from './context-index.ts';
import type { Expected } from './expected-result.ts';

/** One school: the third that it lies in by its context, and the result it has. */
interface ThirdRow {
	third: Third | null;
	y: number;
	/** false: it is judged by the others and has no part in them */
	fits: boolean;
}

/**
 * Expected results where too few schools fit a line (domain §5.3): the mean of the other schools in the same third by
 * context. Residual with `se = s·√(1 + 1/m)` over these m schools, interval by Student's t with m − 1 degrees of freedom.
 *
 * @param options.minimum schools beside the school itself that its third needs
 * @returns one entry per row; null without a third, with too few other schools, or when these are all equal
 */
export function expectedByThird(
	rows: readonly ThirdRow[],
	options: { minimum: number; confidence?: number },
): (Expected | null)[] {
	return rows.map((row) => {
		if (row.third === null) return null;
		const others = rows.filter((other) => other !== row && other.fits && other.third === row.third);
		const m = others.length;
		if (m < Math.max(2, options.minimum)) return null;
		const expected = others.reduce((sum, { y }) => sum + y, 0) / m;
		const squares = others.reduce((sum, { y }) => sum + (y - expected) ** 2, 0);
		const se = Math.sqrt((squares / (m - 1)) * (1 + 1 / m));
		if (!(se > 0)) return null;
		const t = Math.sqrt(fQuantile(options.confidence ?? 0.95, 1, m - 1));
		const residual = row.y - expected;
		return { expected, residual, lo: residual - t * se, hi: residual + t * se, z: residual / se };
	});
}
