import fQuantile from '@stdlib/stats-base-dists-f-quantile';
import { symmetricInverse } from './symmetric-inverse.ts';

/** One school: what is known of it and the result it has. */
export interface ContextRow {
	/** context, the same variables for all */
	x: readonly number[];
	y: number;
	/** false: it is judged by the line and has no part in it */
	fits: boolean;
}

export interface Expected {
	/** what the other schools make of this context */
	expected: number;
	/** y − expected, with its interval: what is usual around a line that the school has no part in */
	residual: number;
	lo: number;
	hi: number;
	/** residual by its standard error */
	z: number;
}

/**
 * Expected results by least squares, `ŷ = β₀ + βx` (domain §5.3). No school has a part in its own expectation: for those
 * that fit, residuals are deleted ones, `d = e/(1 − h)` with `se = s₍ᵢ₎/√(1 − h)`; for the others `d = y − ŷ` with
 * `se = s·√(1 + h)`. Intervals by Student's t.
 *
 * @returns one entry per row, null where the line leaves no freedom; null altogether when the variables do not vary
 *   independently or fewer schools fit than two beyond its coefficients
 */
export function expectedResults(
	rows: readonly ContextRow[],
	options: { confidence?: number } = {},
): (Expected | null)[] | null {
	const fitted = rows.filter(({ fits }) => fits);
	const size = (rows[0]?.x.length ?? 0) + 1;
	if (fitted.length < size + 2) return null;
	// centred, so that the products of large and small variables keep their digits
	const centre = Array.from({ length: size - 1 }, (_, j) => mean(fitted.map(({ x }) => x[j]!)));
	const design = ({ x }: ContextRow): number[] => [1, ...x.map((value, j) => value - centre[j]!)];
	const information = Array.from({ length: size }, () => new Float64Array(size));
	const products = new Float64Array(size);
	for (const row of fitted) {
		const x = design(row);
		for (let i = 0; i < size; i++) {
			products[i]! += x[i]! * row.y;
			for (let j = 0; j < size; j++) information[i]![j]! += x[i]! * x[j]!;
		}
	}
	const inverse = symmetricInverse(information);
	if (inverse === null) return null;
	const beta = inverse.map((line) => dot(line, products));
	const lineOf = (x: readonly number[]) => ({
		expected: dot(beta, x),
		leverage: dot(
			inverse.map((line) => dot(line, x)),
			x,
		),
	});
	const freedom = fitted.length - size;
	const squares = fitted.reduce((sum, row) => sum + (row.y - lineOf(design(row)).expected) ** 2, 0);
	const tOf = (df: number) => Math.sqrt(fQuantile(options.confidence ?? 0.95, 1, df));
	return rows.map((row) => {
		const { expected, leverage } = lineOf(design(row));
		const error = row.y - expected;
		if (!row.fits) return judged(row.y, error, Math.sqrt((squares / freedom) * (1 + leverage)), tOf(freedom));
		if (leverage > 1 - 1e-9) return null;
		const deleted = error / (1 - leverage);
		const others = Math.max(0, squares - error * deleted) / (freedom - 1);
		return judged(row.y, deleted, Math.sqrt(others / (1 - leverage)), tOf(freedom - 1));
	});
}

function judged(y: number, residual: number, se: number, t: number): Expected | null {
	if (!(se > 0)) return null;
	return { expected: y - residual, residual, lo: residual - t * se, hi: residual + t * se, z: residual / se };
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
	return sum;
}

function mean(values: readonly number[]): number {
	return values.reduce((sum, value) => sum + value, 0) / values.length;
}
