import type { BoundaryTest } from './boundary-bunching.ts';
import { poissonBinomialUpperTail } from './poisson-binomial.ts';
import { simes } from './simes.ts';

export type PooledWindow = {
	window: number;
	/** Borders pooled. */
	borders: number;
	/** Pupils in all windows. */
	n: number;
	/** Pupils at or above their cut-off, `B = Σ b`. */
	observed: number;
	/** `Σ nπ`. */
	expected: number;
	/** `Σ nπ(1−π)(1 + (n−1)ρ)`, ρ = 0 where π is known. */
	variance: number;
	/** Exact `P(Σ Bin(n, π) ≥ B)`, over the uncertainty of each π. */
	p: number;
};

/**
 * Boundary bunching pooled over borders, subjects and years (method O3, pooled): a rural school has too few
 * pupils at any one border for a test, but not at all borders together.
 *
 * Takes the single tests of one school (with their own, tilted π and its uncertainty). Windows of different width share pupils, so
 * each width is pooled for itself and the widths are combined by Simes. `p` is null without any test.
 */
export function pooledBunching(tests: readonly BoundaryTest[]): {
	p: number | null;
	windows: PooledWindow[];
} {
	const widths = [...new Set(tests.map((test) => test.window))].sort((a, b) => a - b);
	const windows = widths.map((window) =>
		poolWindow(
			window,
			tests.filter((test) => test.window === window),
		),
	);
	return { p: simes(windows.map((pooled) => pooled.p)), windows };
}

function poolWindow(window: number, tests: readonly BoundaryTest[]): PooledWindow {
	const parts = tests.map(({ below, above, share, rho }) => ({ n: below + above, p: share, rho }));
	let n = 0;
	let observed = 0;
	let expected = 0;
	let variance = 0;
	for (const { below, above, share, rho } of tests) {
		const own = below + above;
		n += own;
		observed += above;
		expected += own * share;
		variance += own * share * (1 - share) * (1 + (own - 1) * rho);
	}
	const p = poissonBinomialUpperTail(parts, observed);
	return { window, borders: tests.length, n, observed, expected, variance, p };
}
