/**
 * Guttman errors of one pupil (method O9): pairs of an easier item failed and a harder one solved,
 * `G = #{i<j: x_i = 0, x_j = 1}`. `pattern` is binary, items from easy to hard (a polytomous item is 1 only
 * for its full score).
 */
export function guttmanErrors(pattern: ArrayLike<number>): number {
	let failed = 0;
	let errors = 0;
	for (let j = 0; j < pattern.length; j++) {
		if (pattern[j] === 1) errors += failed;
		else failed++;
	}
	return errors;
}

/**
 * Normed Guttman errors (method O9), `G* = G/(S(J−S))`, S = number of solved items of J; 0 = perfect order,
 * 1 = exactly reversed. A school's mean of G* is tested like a mean that is too high.
 *
 * Returns null for a pupil who solved nothing or everything: no order can be seen.
 */
export function normedGuttmanErrors(pattern: ArrayLike<number>): number | null {
	let solved = 0;
	for (let j = 0; j < pattern.length; j++) if (pattern[j] === 1) solved++;
	const most = solved * (pattern.length - solved);
	return most === 0 ? null : guttmanErrors(pattern) / most;
}
