import normalCdf from '@stdlib/stats-base-dists-normal-cdf';
import { pooledVariance } from './mean-variance.ts';
import { betweenVariance } from './over-dispersion.ts';

/** Items that at least this percent of the reference's points were earned on are easy. */
const EASY_FROM = 60;

export type ItemProfile = {
	/** Mean difference to the reference on easy items, A_E, percentage points. */
	easy: number;
	/** Mean difference to the reference on hard items, A_H, percentage points. */
	hard: number;
	/** `C = A_H − A_E`: positive when hard items went better than easy ones. */
	contrast: number;
};

/**
 * Item profile of a school against the reference (method O8): `p_j = 100·Σ score/(n·max_j)` per item in the
 * same order; easy = reference at 60 % or more, the rest hard.
 *
 * Returns null when there is no easy or no hard item, or the lists differ in length.
 */
export function itemProfile(school: readonly number[], reference: readonly number[]): ItemProfile | null {
	if (school.length !== reference.length) return null;
	let easy = 0;
	let easyItems = 0;
	let hard = 0;
	let hardItems = 0;
	for (let j = 0; j < reference.length; j++) {
		const difference = school[j]! - reference[j]!;
		if (reference[j]! >= EASY_FROM) {
			easy += difference;
			easyItems++;
		} else {
			hard += difference;
			hardItems++;
		}
	}
	if (easyItems === 0 || hardItems === 0) return null;
	easy /= easyItems;
	hard /= hardItems;
	return { easy, hard, contrast: hard - easy };
}

/**
 * A school's pupils by their contrast `c_i = 100·(mean_H x/max − mean_E x/max)`: count, mean and sample
 * variance, percentage points.
 */
export type ContrastSums = { n: number; mean: number; variance: number | null };

export type ContrastReference = {
	/** Mean contrast of the reference's pupils, c̄_R. */
	mean: number;
	/** Variance of schools' true contrasts, τ_c². */
	betweenVariance: number;
};

/**
 * Reference of the contrast from the schools of a region: the mean over pupils and τ_c² by the over-dispersion
 * of methods O1 and O8. Returns null when the pupils of the reference do not differ or there is one school.
 */
export function contrastReference(schools: readonly ContrastSums[]): ContrastReference | null {
	const within = pooledVariance(schools);
	const between = within === null ? null : betweenVariance(schools, within);
	return between === null ? null : { mean: between.mean, betweenVariance: between.tau2 };
}

/**
 * Per-pupil contrast test (method O8): `p = 1 − Φ((c̄_s − c̄_R)/√(s_c²/n + τ_c²))`. The pupils' own variance
 * s_c² takes the place of a bootstrap.
 *
 * Returns null for fewer than two pupils or without any variance.
 */
export function contrastTest(
	school: ContrastSums,
	reference: ContrastReference,
): { z: number; p: number } | null {
	if (school.variance === null || school.n < 2) return null;
	const variance = school.variance / school.n + reference.betweenVariance;
	if (!(variance > 0)) return null;
	const z = (school.mean - reference.mean) / Math.sqrt(variance);
	return { z, p: normalCdf(-z, 0, 1) };
}
