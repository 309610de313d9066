import { betaPrior } from '#analytics/statistics/beta-prior.ts';
import { forecastCount } from '#analytics/statistics/count-forecast.ts';
import { shrunkenMean } from '#analytics/statistics/empirical-bayes.ts';
import { meanLimits, shareLimits } from '#analytics/statistics/funnel-limits.ts';
import { meanVariance, pooledVariance } from '#analytics/statistics/mean-variance.ts';
import { betweenVariance } from '#analytics/statistics/over-dispersion.ts';
import { posteriorExceedance } from '#analytics/statistics/posterior-exceedance.ts';
import { createRandom } from '#data/simulation/random.ts';
import { share } from './table.ts';

/** Forty schools of n pupils; spreads as in the laboratory's municipality, points of a scale of twenty. */
const SCHOOLS = 40;
const [WITHIN, BETWEEN] = [4, 1.5];

export interface SchoolCoverage {
	/** true mean inside `estimate ± 1,96·SE` of the shrunken mean */
	shrunken: number;
	/** honest schools inside the 95 % and the 99,8 % limits of the funnel */
	usual: number;
	extreme: number;
}

/** Shrunken means and funnel limits of schools with n pupils, σ² and τ² estimated from the schools themselves. */
export function schoolCoverage(n: number, rounds: number): SchoolCoverage {
	const random = createRandom(n, 11);
	const count = { all: 0, shrunken: 0, usual: 0, extreme: 0 };
	for (let round = 0; round < rounds; round++) {
		const schools = Array.from({ length: SCHOOLS }, () => {
			const truth = random.normal(12, BETWEEN);
			return { truth, ...meanVariance(Array.from({ length: n }, () => random.normal(truth, WITHIN)))! };
		});
		const withinVariance = pooledVariance(schools)!;
		const { mean, tau2 } = betweenVariance(schools, withinVariance)!;
		const reference = { mean, withinVariance, betweenVariance: tau2 };
		for (const school of schools) {
			const estimate = shrunkenMean(school, reference)!;
			count.all++;
			if (Math.abs(estimate.mean - school.truth) <= 1.96 * estimate.se) count.shrunken++;
			const [usual, extreme] = [1.96, 3.09].map((z) => meanLimits(n, reference, z)!);
			if (school.mean >= usual!.lo && school.mean <= usual!.hi) count.usual++;
			if (school.mean >= extreme!.lo && school.mean <= extreme!.hi) count.extreme++;
		}
	}
	const { all } = count;
	return {
		shrunken: share(count.shrunken, all),
		usual: share(count.usual, all),
		extreme: share(count.extreme, all),
	};
}

/** Schools of one and the same true share inside the funnel's limits of it, averaged over shares from .05 to .5. */
export function shareLimitsCoverage(n: number, rounds: number): { usual: number; extreme: number } {
	const random = createRandom(n, 12);
	const count = { usual: 0, extreme: 0 };
	for (let round = 0; round < rounds; round++) {
		const truth = 0.05 + 0.45 * random.uniform();
		let fails = 0;
		for (let pupil = 0; pupil < n; pupil++) if (random.chance(truth)) fails++;
		const inside = (z: number): boolean => {
			const { lo, hi } = shareLimits(truth, n, { z })!;
			return fails / n >= lo - 1e-12 && fails / n <= hi + 1e-12;
		};
		if (inside(1.96)) count.usual++;
		if (inside(3.09)) count.extreme++;
	}
	return { usual: share(count.usual, rounds), extreme: share(count.extreme, rounds) };
}

/** Beta of the true shares of fails: mean .20, standard deviation .10. */
const TRUE_SHARES = { alpha: 3, beta: 12 };

export interface Certainty {
	from: number;
	to: number;
	schools: number;
	/** mean certainty that Opora gave them */
	said: number;
	/** share of them whose true share is 30 % or more */
	true: number;
}

/** Schools by the certainty that their share of fails reaches 30 %, against how many of them truly do. */
export function certaintyTable(rounds: number): Certainty[] {
	const random = createRandom(30, 13);
	const bins = [0, 0.1, 0.3, 0.5, 0.8].map((from, index, all) => {
		const to = all[index + 1] ?? 1.0000001;
		return { from, to, schools: 0, said: 0, true: 0 };
	});
	const gamma = (shape: number): number => {
		let sum = 0;
		for (let k = 0; k < shape; k++) sum -= Math.log(random.uniform());
		return sum;
	};
	for (let round = 0; round < rounds; round++) {
		const schools = Array.from({ length: SCHOOLS }, () => {
			const [one, other] = [gamma(TRUE_SHARES.alpha), gamma(TRUE_SHARES.beta)];
			const truth = one / (one + other);
			const n = random.integer(10, 100);
			let x = 0;
			for (let pupil = 0; pupil < n; pupil++) if (random.chance(truth)) x++;
			return { truth, n, x };
		});
		for (const school of schools) {
			const prior = betaPrior(schools.filter((other) => other !== school));
			const said = prior && posteriorExceedance(prior, school.x, school.n, 0.3);
			const bin = bins.find(({ from, to }) => said !== null && said >= from && said < to);
			if (!bin) continue;
			bin.schools++;
			bin.said += said!;
			bin.true += Number(school.truth >= 0.3);
		}
	}
	return bins.map((bin) => ({
		...bin,
		said: share(bin.said, bin.schools),
		true: share(bin.true, bin.schools),
	}));
}

/** Counts that came inside the 80 % forecast: everybody answers at one rate, a week seen, twelve days to come. */
export function forecastCoverage(invited: number, rounds: number): number {
	const random = createRandom(invited, 14);
	let [inside, forecasts] = [0, 0];
	while (forecasts < rounds) {
		const rate = 0.01 + 0.05 * random.uniform();
		const waits = Array.from({ length: invited }, () => -Math.log(random.uniform()) / rate);
		const seen = waits.filter((wait) => wait <= 7);
		// Fewer than five answers give no forecast.
		if (seen.length < 5) continue;
		const waiting = invited - seen.length;
		const exposure = seen.reduce((sum, wait) => sum + wait, 0) + 7 * waiting;
		const { low, high } = forecastCount({ events: seen.length, exposure, waiting, ahead: 12 })!;
		const came = waits.filter((wait) => wait > 7 && wait <= 19).length;
		if (came >= low && came <= high) inside++;
		forecasts++;
	}
	return share(inside, rounds);
}
