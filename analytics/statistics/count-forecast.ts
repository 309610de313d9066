import betaCdf from '@stdlib/stats-base-dists-beta-cdf';

/** How many more will come, as limits that hold them with the asked probability. */
export interface CountForecast {
	low: number;
	median: number;
	high: number;
}

const NODES = 120;

/**
 * Forecast of answers from the pace so far (Poisson–gamma): `events` answers in `exposure` person-days of waiting leave
 * the rate of one person, under Jeffreys' prior Gamma(½, 0), as h ~ Gamma(events + ½, exposure). Of the `waiting` people
 * each answers within the next `ahead` days with probability 1 − exp(−h·ahead), so the number to come is binomial under
 * that h and a mixture over h; for many who wait it is the negative binomial of size events + ½. Who has answered waits
 * no more: the forecast bends before the end of the list instead of running into it.
 *
 * Answers that come in bursts vary more than Poisson's law allows: with a dispersion φ > 1 the law holds for bursts of
 * φ people each, and the limits are those of bursts times φ, rounded outwards. `level` is the probability between the
 * limits, the rest in equal halves outside. Null for impossible input.
 */
export function forecastCount(
	{
		events,
		exposure,
		waiting,
		ahead,
		dispersion = 1,
	}: { events: number; exposure: number; waiting: number; ahead: number; dispersion?: number },
	level = 0.8,
): CountForecast | null {
	if (!(events >= 0) || !(exposure > 0) || !(waiting >= 0) || !(ahead >= 0)) return null;
	if (!(dispersion >= 1) || !(level > 0 && level < 1)) return null;
	const shares = shareAnswering(events / dispersion + 0.5, (ahead * dispersion) / exposure);
	const bursts = waiting / dispersion;
	const tail = (1 - level) / 2;
	const quantile = (p: number): number => mixtureQuantile(p, bursts, shares);
	return {
		low: Math.floor(dispersion * quantile(tail)),
		median: Math.min(waiting, Math.round(dispersion * quantile(0.5))),
		high: Math.min(waiting, Math.ceil(dispersion * quantile(1 - tail))),
	};
}

/**
 * Dispersion of counts of equal periods against Poisson's law: Pearson's χ² over its degrees of freedom, never below 1;
 * 1 for fewer than three periods or none but zeros.
 */
export function poissonDispersion(counts: readonly number[]): number {
	const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
	if (counts.length < 3 || !(mean > 0)) return 1;
	const squares = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0);
	return Math.max(1, squares / mean / (counts.length - 1));
}

interface Share {
	/** that a person does not answer in time */
	silent: number;
	weight: number;
}

/** The probability of staying silent over the posterior of the rate: x ~ Gamma(shape, 1), by the trapezoid rule in ln x. */
function shareAnswering(shape: number, ahead: number): Share[] {
	const spread = 1 / Math.sqrt(shape);
	const [from, to] = [Math.log(shape) - 16 * spread, Math.log(shape) + 6 * spread];
	const peak = shape * Math.log(shape) - shape;
	const shares = Array.from({ length: NODES }, (_, index): Share => {
		const u = from + ((to - from) * index) / (NODES - 1);
		return { silent: Math.exp(-Math.exp(u) * ahead), weight: Math.exp(shape * u - Math.exp(u) - peak) };
	}).filter(({ weight }) => weight > 1e-12);
	const total = shares.reduce((sum, { weight }) => sum + weight, 0);
	return shares.map(({ silent, weight }) => ({ silent, weight: weight / total }));
}

/** The smallest k with P(K ≤ k) ≥ p; a binomial P(K ≤ k) is the regularised incomplete beta at (n − k, k + 1). */
function mixtureQuantile(p: number, people: number, shares: readonly Share[]): number {
	const reaches = (k: number): boolean => {
		if (k >= people) return true;
		const sum = shares.reduce(
			(total, { silent, weight }) => total + weight * betaCdf(silent, people - k, k + 1),
			0,
		);
		return sum >= p;
	};
	let [below, above] = [-1, Math.ceil(people)];
	while (above - below > 1) {
		const middle = Math.floor((below + above) / 2);
		if (reaches(middle)) above = middle;
		else below = middle;
	}
	return above;
}
