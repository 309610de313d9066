import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { binomialUpperTail } from '#analytics/statistics/binomial-tail.ts';
import { boundaryBunching, boundaryTest, boundaryTests } from '#analytics/statistics/boundary-bunching.ts';
import { pooledBunching } from '#analytics/statistics/pooled-bunching.ts';
import { referenceDistribution } from '#analytics/statistics/reference-distribution.ts';
import { referenceFreeBunching } from '#analytics/statistics/reference-free-bunching.ts';
import { shareLifted } from '#analytics/statistics/share-lifted.ts';
import { simes } from '#analytics/statistics/simes.ts';
import { tiltReference } from '#analytics/statistics/tilted-reference.ts';
import { fc } from '#tests/support/property.ts';

const golden: {
	tilt: { pmf: number[]; counts: number[]; c: number; w: number; theta: number; tilted: number[] }[];
} = JSON.parse(readFileSync(new URL('../../golden/statistics/expected.json', import.meta.url), 'utf8'));

const reference = [0.02, 0.04, 0.08, 0.12, 0.16, 0.18, 0.16, 0.12, 0.08, 0.03, 0.01];
const bunched = [2, 4, 3, 2, 28, 21, 16, 12, 8, 3, 1];
const strong = [0, 1, 2, 5, 12, 18, 22, 20, 13, 5, 2];

/** Honest pupils drawn from a distribution, by a fixed sequence. */
function draw(pmf: ArrayLike<number>, n: number, uniform: () => number): number[] {
	const counts = new Array(pmf.length).fill(0);
	for (let i = 0; i < n; i++) {
		let left = uniform();
		let k = 0;
		while (k < pmf.length - 1 && left >= pmf[k]!) left -= pmf[k++]!;
		counts[k]++;
	}
	return counts;
}

function sequence(seed: number): () => number {
	let state = seed;
	return () => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return (state + 0.5) / 2 ** 32;
	};
}

describe('reference distribution', () => {
	it('leaves the school itself out', () => {
		expect([...referenceDistribution([2, 3, 5], [1, 0, 1])!]).toEqual([1 / 8, 3 / 8, 4 / 8]);
		expect([...referenceDistribution([1, 1])!]).toEqual([0.5, 0.5]);
	});

	it('needs somebody else', () => {
		expect(referenceDistribution([0, 0])).toBeNull();
		expect(referenceDistribution([1, 2], [1, 2])).toBeNull();
	});
});

describe('tilted reference (O3)', () => {
	it('gives the worked tilt', () => {
		expect(tiltReference(reference, strong, 4, 2)?.theta).toBeCloseTo(0.202193, 6);
	});

	it.each(golden.tilt)('agrees with Brent at cut-off $c', ({ pmf, counts, c, w, theta, tilted }) => {
		const tilt = tiltReference(pmf, counts, c, w)!;
		expect(tilt.theta).toBeCloseTo(theta, 9);
		tilt.pmf.forEach((share, k) => {
			expect(share).toBeCloseTo(tilted[k]!, 10);
		});
	});

	it('does not move when the window is the whole difference', () => {
		expect(tiltReference(reference, bunched, 4, 2)?.theta).toBeCloseTo(0, 12);
	});

	it('does not exist without pupils, scores or room outside the window', () => {
		expect(tiltReference(reference, [], 4, 2)).toBeNull();
		expect(tiltReference(reference, [0, 0, 3, 4, 5, 6], 4, 2)).toBeNull();
		// All outside pupils at the top, or above everything the reference knows.
		expect(tiltReference(reference, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5], 4, 2)).toBeNull();
		expect(tiltReference([0.5, 0.2, 0.1, 0.1, 0.1, 0, 0], [0, 0, 0, 0, 0, 1, 5], 2, 1)).toBeNull();
		expect(tiltReference([0, 0.5, 0.5, 0], [1, 1, 1, 1], 2, 1)).toBeNull();
	});

	it('meets the school outside the window whatever the school', () => {
		const counts = fc.array(fc.nat(40), { minLength: 11, maxLength: 11 });
		fc.assert(
			fc.property(counts, fc.integer({ min: 2, max: 9 }), fc.integer({ min: 1, max: 2 }), (school, c, w) => {
				const tilt = tiltReference(reference, school, c, w);
				const outside = school.map((count, k) => (k >= c - w && k < c + w ? 0 : count));
				const total = outside.reduce((sum, count) => sum + count, 0);
				if (tilt === null) {
					const scores = outside.flatMap((count, k) => (count > 0 ? [k] : []));
					const room = [...reference.keys()].filter((k) => k < c - w || k >= c + w);
					const atEnd = scores.length === 1 && (scores[0] === room[0] || scores[0] === room.at(-1));
					expect(total === 0 || atEnd).toBe(true);
					return;
				}
				let mass = 0;
				let mean = 0;
				tilt.pmf.forEach((share, k) => {
					if (k >= c - w && k < c + w) return;
					mass += share;
					mean += k * share;
				});
				const target = outside.reduce((sum, count, k) => sum + k * count, 0) / total;
				expect(mean / mass).toBeCloseTo(target, 8);
				expect(tilt.pmf.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
			}),
		);
	});

	it('finds the steepest tilts of a long scale without overflow', () => {
		const flat = new Array(60).fill(1 / 60);
		const top = new Array(60).fill(0);
		top[59] = 400;
		top[58] = 1;
		const tilt = tiltReference(flat, top, 20, 2)!;
		expect(tilt.theta).toBeCloseTo(Math.log(400), 1);
		expect(tilt.pmf.every(Number.isFinite)).toBe(true);
	});
});

describe('boundary bunching (O3)', () => {
	it('gives the worked values of both windows', () => {
		const two = boundaryTest(bunched, reference, 4, 2, false)!;
		expect(two).toMatchObject({ below: 5, above: 49, theta: null });
		expect(two.share).toBeCloseTo(0.62963, 6);
		expect(two.p).toBeCloseTo(3.765e-6, 9);
		expect(boundaryTest(bunched, reference, 4, 2)!.p).toBeCloseTo(3.765e-6, 9);
		const one = boundaryTest(bunched, reference, 4, 1, false)!;
		expect(one).toMatchObject({ below: 2, above: 28 });
		expect(one.share).toBeCloseTo(0.571429, 6);
		expect(one.p).toBeCloseTo(1.372e-5, 8);
	});

	it('gives the worked values of a school above the reference', () => {
		const tilted = boundaryTest(strong, reference, 4, 2)!;
		expect(tilted).toMatchObject({ below: 7, above: 30 });
		expect(tilted.share).toBeCloseTo(0.71524, 6);
		expect(tilted.p).toBeCloseTo(0.132669, 6);
		expect(boundaryTest(strong, reference, 4, 2, false)!.p).toBeCloseTo(0.014276, 6);
	});

	it('skips windows that leave the scale', () => {
		// M = 10: below the scale when c−w < 0, above it when c+w−1 > 10.
		expect(boundaryTest(bunched, reference, 1, 2, false)).toBeNull();
		expect(boundaryTest(bunched, reference, 1, 1, false)).not.toBeNull();
		expect(boundaryTest(bunched, reference, 2, 2, false)).not.toBeNull();
		expect(boundaryTest(bunched, reference, 0, 1, false)).toBeNull();
		expect(boundaryTest(bunched, reference, 9, 2, false)).not.toBeNull();
		expect(boundaryTest(bunched, reference, 10, 2, false)).toBeNull();
		expect(boundaryTest(bunched, reference, 10, 1, false)).not.toBeNull();
		expect(boundaryTest(bunched, reference, 11, 1, false)).toBeNull();
	});

	it('skips the windows that cut-offs would share', () => {
		const tested = (cutoffs: number[]) =>
			boundaryTests({ counts: bunched, reference, cutoffs }).map((test) => [test.cutoff, test.window]);
		expect(tested([3, 7])).toEqual([
			[3, 1],
			[3, 2],
			[7, 1],
			[7, 2],
		]);
		expect(tested([3, 6])).toEqual([
			[3, 1],
			[6, 1],
		]);
		expect(tested([5, 6])).toEqual([]);
		expect(tested([2, 4, 8])).toEqual([
			[2, 1],
			[4, 1],
			[8, 1],
			[8, 2],
		]);
	});

	it('combines borders and windows by Simes', () => {
		const bunching = boundaryBunching({ counts: bunched, reference, cutoffs: [4, 8], tilted: false });
		expect(bunching.tests).toHaveLength(4);
		expect(bunching.p).toBeCloseTo(simes(bunching.tests.map((test) => test.p))!, 15);
		expect(bunching.p).toBeCloseTo(4 * 3.765e-6, 8);
	});

	it('is not estimable without a window, a tilt or a reference', () => {
		expect(boundaryBunching({ counts: bunched, reference, cutoffs: [] })).toEqual({ p: null, tests: [] });
		expect(boundaryBunching({ counts: [], reference, cutoffs: [4] }).p).toBeNull();
		expect(boundaryTest(bunched, [0.5, 0, 0, 0, 0, 0.5], 3, 2, false)).toBeNull();
	});

	it('says nothing against a school with nobody in the window', () => {
		const away = [5, 3, 0, 0, 0, 0, 0, 4, 6, 2, 1];
		expect(boundaryTest(away, reference, 4, 2)).toMatchObject({ below: 0, above: 0, p: 1 });
	});

	describe('against a sample', () => {
		// Nobody at 3, three at 2, the others far from the window.
		const sample = [6, 4, 3, 0, 0, 6, 5, 7];
		const pmf = sample.map((count) => count / 31);
		const one = (counts: number[]) => boundaryTest(counts, pmf, 3, 1, false, sample)!;

		it('an empty cell is not an impossible one', () => {
			// π ~ Beta(½, 3½): E π = ⅛, E π² = ½·1½ / (4·5).
			expect(one([1, 1, 0, 1])).toMatchObject({ share: 0.125, rho: 0.2 });
			expect(one([1, 1, 0, 1]).p).toBeCloseTo(0.125, 12);
			expect(one([1, 1, 0, 2]).p).toBeCloseTo(0.0375, 12);
			expect(boundaryTest([1, 1, 0, 2], pmf, 3, 1, false)!.p).toBe(0);
		});

		it('comes to the known share as the sample grows', () => {
			const large = reference.map((share) => Math.round(share * 1e9));
			const known = boundaryTest(strong, reference, 4, 2)!;
			const estimated = boundaryTest(strong, reference, 4, 2, true, large)!;
			expect(estimated.share).toBeCloseTo(known.share, 6);
			expect(estimated.p).toBeCloseTo(known.p, 6);
		});

		it('carries the uncertainty of the log odds through the tilt', () => {
			const counts = reference.map((share) => Math.round(share * 150));
			const test = boundaryTest(strong, reference, 4, 1, true, counts)!;
			const [alpha, beta] = [counts[4]! + 0.5, counts[3]! + 0.5];
			// π before the tilt is Beta(α, β); the odds of one score against the next move by e^θ. Integrated by steps.
			let [mass, tail] = [0, 0];
			for (let step = 0.5; step < 4000; step++) {
				const plain = step / 4000;
				const weight = plain ** (alpha - 1) * (1 - plain) ** (beta - 1);
				const odds = (plain / (1 - plain)) * Math.exp(test.theta!);
				mass += weight;
				tail += weight * binomialUpperTail(test.above, test.above + test.below, odds / (1 + odds));
			}
			expect(test.theta).toBeGreaterThan(0.1);
			expect(test.p / (tail / mass)).toBeGreaterThan(0.97);
			expect(test.p / (tail / mass)).toBeLessThan(1.03);
		});
	});

	it('keeps its size for honest strong schools, where the raw reference does not', () => {
		const uniform = sequence(4);
		const size = 29;
		const honest = Array.from({ length: size }, (_, k) => Math.exp(-((k - 13) ** 2) / 32));
		const region = honest.map((weight) => weight / honest.reduce((sum, one) => sum + one, 0));
		const shifted = region.map((share, k) => share * Math.exp(0.19 * (k - 14)));
		const total = shifted.reduce((sum, one) => sum + one, 0);
		const school = shifted.map((share) => share / total);
		let tilted = 0;
		let raw = 0;
		for (let trial = 0; trial < 400; trial++) {
			const counts = draw(school, 300, uniform);
			if (boundaryTest(counts, region, 14, 2)!.p <= 0.05) tilted++;
			if (boundaryTest(counts, region, 14, 2, false)!.p <= 0.05) raw++;
		}
		expect(tilted / 400).toBeLessThan(0.08);
		expect(raw / 400).toBeGreaterThan(0.25);
	});

	it('sees pupils lifted over a border', () => {
		const uniform = sequence(9);
		let found = 0;
		for (let trial = 0; trial < 100; trial++) {
			const counts = draw(reference, 200, uniform);
			const lifted = Math.round(0.8 * counts[3]!);
			counts[3]! -= lifted;
			counts[4]! += lifted;
			if (boundaryBunching({ counts, reference, cutoffs: [4, 8] }).p! <= 0.05) found++;
		}
		expect(found).toBeGreaterThan(90);
	});
});

describe('pooled bunching', () => {
	const border = (window: number, n: number, share: number, above: number) => ({
		cutoff: 4,
		window,
		below: n - above,
		above,
		share,
		rho: 0,
		theta: null,
		p: 1,
	});
	const tests = [border(2, 6, 0.5, 5), border(2, 9, 0.55, 8), border(2, 7, 0.6, 6)];

	it('gives the worked pool', () => {
		const { p, windows } = pooledBunching(tests);
		expect(p).toBeCloseTo(0.002052, 6);
		expect(windows).toHaveLength(1);
		expect(windows[0]).toMatchObject({ window: 2, borders: 3, n: 22, observed: 19 });
		expect(windows[0]!.expected).toBeCloseTo(12.15, 10);
		expect(windows[0]!.variance).toBeCloseTo(6 * 0.25 + 9 * 0.2475 + 7 * 0.24, 10);
	});

	it('pools each width for itself and combines by Simes', () => {
		const { p, windows } = pooledBunching([...tests, border(1, 4, 0.5, 2)]);
		expect(windows.map((pooled) => pooled.window)).toEqual([1, 2]);
		expect(windows[0]!.p).toBeCloseTo(11 / 16, 12);
		expect(p).toBeCloseTo(2 * 0.002052, 5);
	});

	it('adds up counts whose shares are uncertain, exactly', () => {
		// Two windows of one paper each, π ~ Beta(½, ½): above with chance ½ each, so both above with ¼.
		const uncertain = { ...border(1, 1, 0.5, 1), rho: 0.5 };
		expect(pooledBunching([uncertain, uncertain]).p).toBeCloseTo(0.25, 12);
		// Two papers that share π: E π² = ½·1½ / (1·2) = ⅜, and the variance is 2·¼·(1 + ½).
		const shared = { ...border(1, 2, 0.5, 2), rho: 0.5 };
		const { windows } = pooledBunching([shared]);
		expect(windows[0]!.p).toBeCloseTo(0.375, 12);
		expect(windows[0]!.variance).toBeCloseTo(0.75, 12);
		expect(pooledBunching([shared, uncertain]).p).toBeCloseTo(0.1875, 12);
	});

	it('does not depend on the order of borders and needs one', () => {
		expect(pooledBunching(tests.toReversed()).p).toBeCloseTo(pooledBunching(tests).p!, 12);
		expect(pooledBunching([])).toEqual({ p: null, windows: [] });
	});
});

describe('share lifted (O4)', () => {
	it('gives the worked values', () => {
		const lifted = shareLifted(bunched, reference, 4, 2)!;
		[8, 12, 16, 18].forEach((expected, i) => {
			expect(lifted.expected[i]).toBeCloseTo(expected, 0);
		});
		expect(lifted.lifted).toBeCloseTo(0.75, 10);
		expect(lifted.missing).toBeCloseTo(15, 10);
		expect(lifted.excess).toBeCloseTo(15, 10);
	});

	it('stays in 0..1', () => {
		expect(shareLifted([5, 5, 30, 30, 1, 1, 5, 5, 5, 5, 5], reference, 4, 2)?.lifted).toBe(0);
		expect(shareLifted([5, 5, 0, 0, 1, 1, 5, 5, 5, 5, 5], reference, 4, 2)?.lifted).toBe(1);
	});

	it('is not estimable off the scale, without pupils outside, or with nobody expected below', () => {
		expect(shareLifted(bunched, reference, 1, 2)).toBeNull();
		expect(shareLifted(bunched, reference, 10, 2)).toBeNull();
		expect(shareLifted([0, 0, 3, 3, 3, 3], reference, 4, 2)).toBeNull();
		expect(shareLifted([1, 1, 1, 1], [0.5, 0, 0.25, 0.25], 2, 1)).toBeNull();
		expect(shareLifted([1, 1, 1, 1], [0, 0.5, 0.5, 0], 2, 1)).toBeNull();
	});
});

describe('bunching without a reference (O5)', () => {
	const counts = [0, 0, 3, 14, 6, 0];

	it('gives the worked values at both curvatures', () => {
		const bunching = referenceFreeBunching(counts, 3)!;
		expect(bunching).toMatchObject({ at: 14, n: 23 });
		expect(bunching.bound).toBeCloseTo(0.354839, 6);
		expect(bunching.p).toBeCloseTo(0.011477, 6);
		expect(referenceFreeBunching(counts, 3, 0.02)!.p).toBeCloseTo(0.007065, 6);
	});

	it('needs both neighbours and somebody on the three scores', () => {
		expect(referenceFreeBunching(counts, 0)).toBeNull();
		expect(referenceFreeBunching(counts, 5)).toBeNull();
		expect(referenceFreeBunching([0, 0, 0, 4], 1)).toBeNull();
	});
});
