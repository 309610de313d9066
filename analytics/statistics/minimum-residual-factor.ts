/** A communality of 1 would leave an item no error of its own (a Heywood case); R psych stops there too. */
const HIGHEST = Math.sqrt(0.995);
const SWEEPS = 20_000;

/**
 * Loadings of one factor by minimum residuals (Harman and Jones 1966): the λ that minimise `Σ_{j<k}(r_jk − λ_jλ_k)²`,
 * as `fa(nfactors = 1, fm = "minres")` of R psych. Each loading in turn takes its best value given the others,
 * `λ_j = Σ_k r_jk·λ_k / Σ_k λ_k²`, so that every step lowers the sum. The sign makes the sum of loadings positive.
 *
 * Returns null for fewer than three items (one factor has no unique solution) or when it does not settle.
 */
export function minimumResidualFactor(correlations: readonly (readonly number[])[]): number[] | null {
	const items = correlations.length;
	if (items < 3) return null;
	const loadings = correlations.map((row) => {
		const mean = row.reduce((sum, r) => sum + r, -1) / (items - 1);
		return Math.max(0.1, Math.min(0.9, Math.sqrt(Math.abs(mean)))) * (mean < 0 ? -1 : 1);
	});
	for (let sweep = 0; sweep < SWEEPS; sweep++) {
		let squares = loadings.reduce((sum, loading) => sum + loading * loading, 0);
		let moved = 0;
		for (let j = 0; j < items; j++) {
			const old = loadings[j]!;
			let product = 0;
			for (let k = 0; k < items; k++) if (k !== j) product += correlations[j]![k]! * loadings[k]!;
			const others = squares - old * old;
			const best = others > 1e-12 ? product / others : 0;
			const next = Math.max(-HIGHEST, Math.min(HIGHEST, best));
			loadings[j] = next;
			squares = others + next * next;
			moved = Math.max(moved, Math.abs(next - old));
		}
		if (moved < 1e-12) {
			const sign = loadings.reduce((sum, loading) => sum + loading, 0) < 0 ? -1 : 1;
			return loadings.map((loading) => sign * loading);
		}
	}
	return null;
}
