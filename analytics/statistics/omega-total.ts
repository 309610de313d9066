import { minimumResidualFactor } from './minimum-residual-factor.ts';
import type { ItemMatrix } from './pairwise-covariance.ts';

/**
 * McDonald's ω total of a scale of one factor: `1 − Σ(1−λ_j²)/ΣR`, λ the loadings of one minimum-residual factor on the
 * correlations R of the items, as `omega(nfactors = 1)$omega.tot` of R psych. As there, an item that loads negatively is
 * turned round first: ω describes the best scale of these items, α the sum as it stands.
 *
 * Returns null for fewer than three items, a pair without a correlation, a factor that is not found, or correlations
 * that sum to nothing.
 */
export function omegaTotal(correlations: ItemMatrix): number | null {
	const rows: number[][] = [];
	for (const row of correlations) {
		const line = row.filter((value) => value !== null);
		if (line.length < row.length) return null;
		rows.push(line);
	}
	const loadings = minimumResidualFactor(rows);
	if (!loadings) return null;
	let unique = 0;
	let total = 0;
	for (const [j, loading] of loadings.entries()) {
		unique += 1 - loading * loading;
		for (const [k, other] of loadings.entries())
			total += loading < 0 === other < 0 ? rows[j]![k]! : -rows[j]![k]!;
	}
	return total > 1e-12 ? 1 - unique / total : null;
}
