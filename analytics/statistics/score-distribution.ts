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
