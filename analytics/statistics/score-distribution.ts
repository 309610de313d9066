/**
 * Weights of an item's categories, scaled to sum to 1: a polynomial whose coefficient h is the weight of h points.
 * The elementary symmetric functions of items are the coefficients of the product of their polynomials.
 */
export type ItemWeights = readonly Float64Array[];

/**
 * Elementary symmetric functions by the summation algorithm: coefficient r of the product of the items' polynomials.
 * Every term is a product of positive numbers, nothing is subtracted, so no digits are lost; with weights that sum
 * to 1 it is the distribution of the raw score at ability 0 and cannot overflow.
 */
export function scoreDistribution(weights: ItemWeights): Float64Array {
	let product: Float64Array = Float64Array.of(1);
	for (const item of weights) product = multiply(product, item);
	return product;
}

/** The product of two polynomials. */
export function multiply(left: Float64Array, right: Float64Array): Float64Array<ArrayBuffer> {
	const product = new Float64Array(left.length + right.length - 1);
	for (let h = 0; h < right.length; h++) {
		const weight = right[h]!;
		if (weight !== 0) for (let s = 0; s < left.length; s++) product[s + h]! += weight * left[s]!;
	}
	return product;
}

/**
 * The adjoint of `multiply`: given values v_r of raw scores, the values of the score without one item,
 * `u_s = Σ_h w_h·v_{s+h}`, for s up to the length asked.
 */
export function pullBack(values: Float64Array, item: Float64Array): Float64Array {
	const pulled = new Float64Array(values.length - item.length + 1);
	for (let h = 0; h < item.length; h++) {
		const weight = item[h]!;
		if (weight !== 0) for (let s = 0; s < pulled.length; s++) pulled[s]! += weight * values[s + h]!;
	}
	return pulled;
}

/** Products of all items but one, for each one: row i holds the coefficients `from` to `until` of `values`. */
export interface Without {
	values: Float64Array;
	rows: { from: number; until: number }[];
}

/** The symmetric functions without each item in turn, products of those before with those after: nothing is divided out. */
export function withoutEach(weights: ItemWeights): Without {
	const before: Float64Array[] = [Float64Array.of(1)];
	for (const item of weights) before.push(multiply(before.at(-1)!, item));
	const most = before.at(-1)!.length - 1;
	const rows: Without['rows'] = [];
	let size = 0;
	for (const item of weights) {
		const from = size;
		size += most - item.length + 2;
		rows.push({ from, until: size });
	}
	const values = new Float64Array(size);
	let after: Float64Array = Float64Array.of(1);
	for (let i = weights.length - 1; i >= 0; i--) {
		const { from } = rows[i]!;
		const left = before[i]!;
		for (let t = 0; t < after.length; t++) {
			const weight = after[t]!;
			for (let s = 0; s < left.length; s++) values[from + s + t]! += weight * left[s]!;
		}
		after = multiply(after, weights[i]!);
	}
	return { values, rows };
}
