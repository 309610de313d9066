import { newcombeInterval } from '#analytics/statistics/newcombe-interval.ts';
import { wilsonInterval } from '#analytics/statistics/wilson-interval.ts';

/** `P(X = x)` of the binomial, by recurrence from the mode in logarithms. */
function binomial(n: number, p: number): Float64Array {
	const pmf = new Float64Array(n + 1);
	let log = n * Math.log1p(-p);
	for (let x = 0; x <= n; x++) {
		pmf[x] = Math.exp(log);
		log += Math.log((n - x) / (x + 1)) + Math.log(p / (1 - p));
	}
	return pmf;
}

/** Shares at the middles of equal parts of (0, 1). */
const grid = (parts: number): number[] => Array.from({ length: parts }, (_, index) => (index + 0.5) / parts);

/** Exact coverage of Wilson's interval, averaged over the share from 0 to 1, and the least within `[from; 1 − from]`. */
export function wilsonCoverage(n: number, from = 0.05): { mean: number; least: number } {
	const limits = Array.from({ length: n + 1 }, (_, x) => wilsonInterval(x, n)!);
	let [sum, least] = [0, 1];
	const shares = grid(400);
	for (const p of shares) {
		let covered = 0;
		for (const [x, chance] of binomial(n, p).entries())
			if (limits[x]!.lo <= p && p <= limits[x]!.hi) covered += chance;
		sum += covered;
		if (p >= from && p <= 1 - from) least = Math.min(least, covered);
	}
	return { mean: sum / shares.length, least };
}

/** The same with n drawn without return from `population` people, over every possible number of those who have it. */
export function finiteWilsonCoverage(n: number, population: number): number {
	const factorials = new Float64Array(population + 1);
	for (let k = 1; k <= population; k++) factorials[k] = factorials[k - 1]! + Math.log(k);
	const choose = (m: number, k: number): number => factorials[m]! - factorials[k]! - factorials[m - k]!;
	const limits = Array.from({ length: n + 1 }, (_, x) => wilsonInterval(x, n, { population })!);
	let sum = 0;
	for (let have = 0; have <= population; have++) {
		const p = have / population;
		for (let x = Math.max(0, n - population + have); x <= Math.min(n, have); x++) {
			const chance = Math.exp(choose(have, x) + choose(population - have, n - x) - choose(population, n));
			if (limits[x]!.lo <= p + 1e-12 && p <= limits[x]!.hi + 1e-12) sum += chance;
		}
	}
	return sum / (population + 1);
}

/** Exact coverage of Newcombe's interval of a difference, averaged over both shares. */
export function newcombeCoverage(first: number, second: number): number {
	const limits = Array.from({ length: first + 1 }, (_, x) =>
		Array.from({ length: second + 1 }, (_, y) => newcombeInterval({ x, n: first }, { x: y, n: second })!),
	);
	const shares = grid(40);
	const ones = shares.map((p) => binomial(first, p));
	const others = shares.map((p) => binomial(second, p));
	let sum = 0;
	for (const [i, p1] of shares.entries())
		for (const [j, p2] of shares.entries())
			for (let x = 0; x <= first; x++)
				for (let y = 0; y <= second; y++) {
					const { lo, hi } = limits[x]![y]!;
					if (lo <= p1 - p2 && p1 - p2 <= hi) sum += ones[i]![x]! * others[j]![y]!;
				}
	return sum / shares.length ** 2;
}
