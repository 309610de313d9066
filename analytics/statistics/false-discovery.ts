/**
 * q-values of Benjamini and Hochberg: `q_(r) = min_{t≥r} K·p_(t)/t`, in the order of the input. The rows with
 * q ≤ α are a list of which, on average, at most a share α is false (independence or positive dependence).
 *
 * A null p (not estimable) stays null and does not count in K.
 */
export function benjaminiHochberg(pValues: readonly (number | null)[]): (number | null)[] {
	return stepUp(pValues, () => 1);
}

/**
 * q-values of Benjamini and Yekutieli: those of Benjamini and Hochberg times `Σ_{t=1..K} 1/t`, at most 1.
 * Holds under any dependence of the tests; stricter. Nulls stay null and do not count in K.
 */
export function benjaminiYekutieli(pValues: readonly (number | null)[]): (number | null)[] {
	return stepUp(pValues, (count) => {
		let harmonic = 0;
		for (let t = count; t >= 1; t--) harmonic += 1 / t;
		return harmonic;
	});
}

function stepUp(pValues: readonly (number | null)[], penalty: (count: number) => number): (number | null)[] {
	const order: number[] = [];
	for (let i = 0; i < pValues.length; i++) if (pValues[i] !== null) order.push(i);
	order.sort((a, b) => pValues[a]! - pValues[b]!);
	const count = order.length;
	const factor = count * penalty(count);
	const qValues: (number | null)[] = new Array(pValues.length).fill(null);
	let smallest = 1;
	for (let r = count; r >= 1; r--) {
		const index = order[r - 1]!;
		// The quotient first: it is at least 1, so that rounding cannot bring q below p.
		smallest = Math.min(smallest, pValues[index]! * (factor / r));
		qValues[index] = smallest;
	}
	return qValues;
}
