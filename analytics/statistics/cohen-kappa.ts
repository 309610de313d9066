import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

export interface Agreement {
	/** pairs of verdicts */
	n: number;
	/** share of equal verdicts */
	agreement: number;
	/** Cohen's κ, agreement beyond chance: 1 full, 0 as by chance */
	kappa: number;
	/** limits of 95 % */
	low: number;
	high: number;
}

/**
 * Agreement of two judges with two verdicts (Cohen 1960): `κ = (p_o − p_e)/(1 − p_e)`, with the large-sample variance of
 * Fleiss, Cohen and Everitt (1969) for its interval of 95 %, as in R `psych::cohen.kappa`.
 *
 * Returns null without pairs, or where both judges say one and the same of everybody: chance leaves nothing to agree on.
 */
export function cohenKappa(counts: {
	both: number;
	onlyFirst: number;
	onlySecond: number;
	neither: number;
}): Agreement | null {
	const n = counts.both + counts.onlyFirst + counts.onlySecond + counts.neither;
	if (!(n > 0)) return null;
	const p = [
		[counts.both / n, counts.onlyFirst / n],
		[counts.onlySecond / n, counts.neither / n],
	] as const;
	const first = [p[0][0] + p[0][1], p[1][0] + p[1][1]] as const;
	const second = [p[0][0] + p[1][0], p[0][1] + p[1][1]] as const;
	const observed = p[0][0] + p[1][1];
	const chance = first[0] * second[0] + first[1] * second[1];
	if (chance >= 1) return null;
	const kappa = (observed - chance) / (1 - chance);
	let variance = -((observed * chance - 2 * chance + observed) ** 2);
	for (const i of [0, 1] as const) {
		variance += p[i][i] * (1 - chance - (first[i] + second[i]) * (1 - observed)) ** 2;
		const j = i === 0 ? 1 : 0;
		variance += (1 - observed) ** 2 * p[i][j] * (second[i] + first[j]) ** 2;
	}
	const error = Math.sqrt(Math.max(0, variance) / n) / (1 - chance) ** 2;
	const reach = normalQuantile(0.975, 0, 1) * error;
	return {
		n,
		agreement: observed,
		kappa,
		low: Math.max(-1, kappa - reach),
		high: Math.min(1, kappa + reach),
	};
}
