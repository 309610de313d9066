import normalCdf from '@stdlib/stats-base-dists-normal-cdf';

/** Pupils of one school in one procedure: count, mean and sample variance of primary scores. */
export type Spread = { n: number; mean: number; variance: number | null };

export type Homogeneity = {
	/** Variance expected of a school of this mean, squared points. */
	expectedVariance: number;
	/** Reference schools of like mean the expectation rests on. */
	neighbours: number;
	z: number;
	/** Lower tail: small when the pupils are more alike than in schools of like mean. */
	p: number;
};

type Neighbour = { school: Spread; mean: number; freedom: number; root: number };

/** Reference schools ready for {@link homogeneity}: sorted by mean, on the scale where s² is close to normal. */
export type HomogeneityReference = readonly Neighbour[];

const NEAREST = 80;
const FEWEST = 20;

/**
 * Wilson–Hilferty: the cube root of `χ²_ν/ν` is close to `N(1 − 2/9ν, 2/9ν)`, unlike its logarithm also in the
 * lower tail. Dividing by the mean makes schools of different size comparable.
 */
function cubeRoot(variance: number, freedom: number): number {
	return Math.cbrt(variance) / (1 - 2 / (9 * freedom));
}

/** Prepares reference schools; those with fewer than `least` pupils (10) say too little of a variance. */
export function homogeneityReference(schools: readonly Spread[], least = 10): HomogeneityReference {
	const reference: Neighbour[] = [];
	for (const school of schools) {
		if (school.n < Math.max(2, least) || school.variance === null) continue;
		const freedom = school.n - 1;
		reference.push({ school, mean: school.mean, freedom, root: cubeRoot(school.variance, freedom) });
	}
	return reference.sort((a, b) => a.mean - b.mean);
}

/**
 * Pupils of a school too much alike (method O10). Scores do not follow χ² in real data, so s² is held against
 * its distribution over the reference schools of like mean: the 80 nearest (never the school itself), on the
 * cube-root scale, with a weighted line through them (near the ends of the scale the variance falls with the
 * mean) and their over-dispersion τ² by moments. `p = Φ((u−û)/√(τ² + û²·2/9ν))`, an approximation.
 *
 * The sign is to be read only for a school whose mean is above the reference. Returns null for fewer than two
 * pupils, fewer than 20 reference schools, or a reference without variance.
 */
export function homogeneity(school: Spread, reference: HomogeneityReference): Homogeneity | null {
	if (school.variance === null || school.n < 2) return null;
	const near = nearest(school, reference);
	if (near.length < FEWEST) return null;
	const fitted = fitLine(near, school.mean);
	if (fitted === null) return null;
	const freedom = school.n - 1;
	const noise = (fitted.root ** 2 * 2) / 9 / freedom;
	const z = (cubeRoot(school.variance, freedom) - fitted.root) / Math.sqrt(fitted.tau2 + noise);
	return { expectedVariance: fitted.root ** 3, neighbours: near.length, z, p: normalCdf(z, 0, 1) };
}

/** The reference schools nearest in mean, by widening from the place where the school would stand. */
function nearest(school: Spread, reference: HomogeneityReference): Neighbour[] {
	let low = 0;
	let high = reference.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if (reference[middle]!.mean < school.mean) low = middle + 1;
		else high = middle;
	}
	const near: Neighbour[] = [];
	let left = low - 1;
	let right = low;
	while (near.length < NEAREST && (left >= 0 || right < reference.length)) {
		const toLeft = left >= 0 ? school.mean - reference[left]!.mean : Number.POSITIVE_INFINITY;
		const toRight =
			right < reference.length ? reference[right]!.mean - school.mean : Number.POSITIVE_INFINITY;
		const next = toLeft <= toRight ? reference[left--]! : reference[right++]!;
		if (next.school !== school) near.push(next);
	}
	return near;
}

/**
 * Weighted line of the roots on the means, its value at `at`, and the between-school variance around it by
 * moments: `τ² = max(0, (Q−(K−2)) / (Σw − tr((X'WX)⁻¹X'W²X)))`.
 */
function fitLine(near: readonly Neighbour[], at: number): { root: number; tau2: number } | null {
	let sumFreedom = 0;
	let sumRoot = 0;
	for (const { freedom, root } of near) {
		sumFreedom += freedom;
		sumRoot += freedom * root;
	}
	const level = sumRoot / sumFreedom;
	if (!(level > 0)) return null;
	const unit = 9 / (2 * level * level);
	let w0 = 0;
	let w1 = 0;
	let w2 = 0;
	let y0 = 0;
	let y1 = 0;
	let v0 = 0;
	let v1 = 0;
	let v2 = 0;
	for (const { mean, freedom, root } of near) {
		const w = freedom * unit;
		const x = mean - at;
		w0 += w;
		w1 += w * x;
		w2 += w * x * x;
		y0 += w * root;
		y1 += w * x * root;
		v0 += w * w;
		v1 += w * w * x;
		v2 += w * w * x * x;
	}
	const determinant = w0 * w2 - w1 * w1;
	// All neighbours of one mean: a level instead of a line.
	const sloped = determinant > 1e-9 * w0 * w0;
	const slope = sloped ? (w0 * y1 - w1 * y0) / determinant : 0;
	const root = (y0 - slope * w1) / w0;
	let q = 0;
	for (const neighbour of near) {
		q += neighbour.freedom * unit * (neighbour.root - root - slope * (neighbour.mean - at)) ** 2;
	}
	const trace = sloped ? (w2 * v0 - 2 * w1 * v1 + w0 * v2) / determinant : v0 / w0;
	const freedom = near.length - (sloped ? 2 : 1);
	if (!(root > 0)) return null;
	return { root, tau2: Math.max(0, (q - freedom) / (w0 - trace)) };
}
