import type { Ability } from './person-ability.ts';

/**
 * Separation reliability of persons: `(s²_θ − mean SE²)/s²_θ` over maximum-likelihood abilities, extreme scores left out,
 * as `SepRel` of R eRm. It may be negative: then the errors are larger than what is to be told apart.
 *
 * Returns null for fewer than two persons or abilities without variance.
 */
export function personSeparation(persons: readonly (Ability & { count: number })[]): number | null {
	let [n, sum, error] = [0, 0, 0];
	for (const { ability, se, count } of persons) {
		n += count;
		sum += count * ability;
		error += count * se * se;
	}
	if (n < 2) return null;
	const mean = sum / n;
	const variance =
		persons.reduce((total, { ability, count }) => total + count * (ability - mean) ** 2, 0) / (n - 1);
	return variance > 1e-12 ? (variance - error / n) / variance : null;
}
