import { studentTwoSided } from './student-tail.ts';

/** One cohort of a school measured twice: means and numbers of pupils. */
export interface Gain {
	before: number;
	nBefore: number;
	after: number;
	nAfter: number;
}

export interface GainResidual {
	/** mean expected after that before */
	predicted: number;
	/** externally studentised residual */
	t: number;
	/** two-sided, Student's t with `min(n₁, n₂) − 1` degrees of freedom */
	p: number;
}

/** Of what a sum is made of, so much may be left by rounding alone. */
const ROUNDING = 1e-10;

/**
 * Cohorts whose second result is not what the first leads to expect: weighted regression of the one mean on the other,
 * `w = n₁ + n₂`, and its externally studentised residuals,
 * `t = e√w / (s₍₋ᵢ₎√(1 − h))` with the residual variance without the cohort itself. The method by which a newspaper
 * looked for altered tests (Atlanta Journal-Constitution, 2012; there p < .05 was flagged): it controls no false
 * discovery and sees gains and losses alike, so it picks cohorts to look at and nothing more.
 *
 * Null for each cohort when fewer than four are given or the first means do not differ; null for a cohort of one pupil, for one
 * that alone decides the slope, and where the others lie on a line: what is left there is rounding.
 */
export function gainResiduals(cohorts: readonly Gain[]): (GainResidual | null)[] {
	const none = cohorts.map(() => null);
	if (cohorts.length < 4) return none;
	const weights = cohorts.map(({ nBefore, nAfter }) => nBefore + nAfter);
	let [total, sumX, sumY] = [0, 0, 0];
	for (const [index, { before, after }] of cohorts.entries()) {
		const w = weights[index]!;
		total += w;
		sumX += w * before;
		sumY += w * after;
	}
	const [meanX, meanY] = [sumX / total, sumY / total];
	let [xx, xy, yy, origin] = [0, 0, 0, 0];
	for (const [index, { before, after }] of cohorts.entries()) {
		xx += weights[index]! * (before - meanX) ** 2;
		xy += weights[index]! * (before - meanX) * (after - meanY);
		yy += weights[index]! * (after - meanY) ** 2;
		origin += weights[index]! * before ** 2;
	}
	if (!(xx > ROUNDING * origin)) return none;
	const slope = xy / xx;
	const predicted = cohorts.map(({ before }) => meanY + slope * (before - meanX));
	const squares = cohorts.map(({ after }, index) => weights[index]! * (after - predicted[index]!) ** 2);
	const all = squares.reduce((sum, square) => sum + square, 0);
	return cohorts.map(({ before, after, nBefore, nAfter }, index) => {
		const w = weights[index]!;
		const leverage = w / total + (w * (before - meanX) ** 2) / xx;
		const df = Math.min(nBefore, nAfter) - 1;
		if (!(leverage < 1 - ROUNDING) || !(df > 0)) return null;
		const without = (all - squares[index]! / (1 - leverage)) / (cohorts.length - 3);
		if (!(without > (ROUNDING * yy) / cohorts.length)) return null;
		const t = ((after - predicted[index]!) * Math.sqrt(w)) / Math.sqrt(without * (1 - leverage));
		return { predicted: predicted[index]!, t, p: studentTwoSided(t, df) };
	});
}
