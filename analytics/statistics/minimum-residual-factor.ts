/** A communality of 1 would leave an item no error of its own (a Heywood case); R psych stops there too. */
const HIGHEST = Math.sqrt(0.995);
const SWEEPS = 20_000;

/**
 * Loadings of one factor by minimum residuals (Harman and Jones 1966): the λ that minimise `Σ_{j<k}(r_jk − λ_jλ_k)²`,
 * as `fa(nfactors = 1, fm = "minres")` of R psych. Each loading in turn takes its best value given the others,
 * `λ_j = Σ_k r_jk·λ_k / Σ_k λ_k²`, so that every step lowers the sum. Weak items can leave several valleys, in each of which
 * another item stands for the factor alone: the lowest is taken, so that the order of items decides nothing.
 * The sign makes the sum of loadings positive.
 *
 * Returns null for fewer than three items (one factor has no unique solution) or when it does not settle.
 */
export function minimumResidualFactor(correlations: readonly (readonly number[])[]): number[] | null {
	const items = correlations.length;
	if (items < 3) return null;
	const average = correlations.map((row) => {
		const mean = row.reduce((sum, r) => sum + r, -1) / (items - 1);
		return Math.max(0.1, Math.min(0.9, Math.sqrt(Math.abs(mean)))) * (mean < 0 ? -1 : 1);
	});
	const alone = correlations.map((row) => row.map((r) => Math.max(-HIGHEST, Math.min(HIGHEST, r))));
	let lowest: { loadings: number[]; sum: number } | null = null;
	for (const start of [average, ...alone]) {
		const loadings = descend(correlations, start);
		if (!loadings) continue;
		const sum = residuals(correlations, loadings);
		if (!lowest || sum < lowest.sum - 1e-9) lowest = { loadings, sum };
	}
	if (!lowest) return null;
	const sign = lowest.loadings.reduce((sum, loading) => sum + loading, 0) < 0 ? -1 : 1;
	return lowest.loadings.map((loading) => sign * loading);
}

/** The bottom of the valley that `start` lies in; null when it does not settle. */
function descend(correlations: readonly (readonly number[])[], start: readonly number[]): number[] | null {
	const loadings = [...start];
	const items = loadings.length;
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
		if (moved < 1e-12) return loadings;
	}
	return null;
}

/** `Σ_{j<k}(r_jk − λ_jλ_k)²`. */
function residuals(correlations: readonly (readonly number[])[], loadings: readonly number[]): number {
	let sum = 0;
	for (let j = 1; j < loadings.length; j++)
		for (let k = 0; k < j; k++) sum += (correlations[j]![k]! - loadings[j]! * loadings[k]!) ** 2;
	return sum;
}
