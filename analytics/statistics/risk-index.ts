/** One number behind a factor of risk: its value, and where the scale is 0 (`good`) and 100 (`bad`). */
export interface IndexInput {
	/** null = not known */
	value: number | null;
	good: number;
	bad: number;
	weight: number;
}

/**
 * Index of a risk factor, 0 good … 100 bad: the weighted mean of the known inputs, each normed to
 * `clamp(100·(x − good)/(bad − good), 0, 100)` (domain §5.4). Null when no input is known or no known one has weight.
 */
export function riskIndex(inputs: readonly IndexInput[]): number | null {
	let sum = 0;
	let weights = 0;
	for (const { value, good, bad, weight } of inputs) {
		if (value === null || !Number.isFinite(value) || good === bad || !(weight > 0)) continue;
		sum += weight * Math.min(100, Math.max(0, (100 * (value - good)) / (bad - good)));
		weights += weight;
	}
	return weights > 0 ? sum / weights : null;
}

/** Least index of high and of medium significance (domain §5.4). */
export const HIGH_FROM = 67;
export const MEDIUM_FROM = 34;

/** Significance of a factor by its index: [67, 100] high, [34, 67) medium, [0, 34) low. */
export function significanceOf(index: number): 'high' | 'medium' | 'low' {
	if (index >= HIGH_FROM) return 'high';
	return index >= MEDIUM_FROM ? 'medium' : 'low';
}
