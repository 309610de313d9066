import normalQuantile from '@stdlib/stats-base-dists-normal-quantile';

/** Seeded randomness: the same seed gives the same municipality, on any machine. */
export interface Random {
	/** in (0, 1) */
	uniform(): number;
	normal(mean?: number, sd?: number): number;
	/** whole number from `low` to `high`, both included */
	integer(low: number, high: number): number;
	chance(probability: number): boolean;
	pick<T>(list: readonly T[]): T;
	shuffled<T>(list: readonly T[]): T[];
	uuid(): string;
}

/**
 * xoshiro128** by Blackman and Vigna, seeded through splitmix32; period 2^128 − 1. `stream` parts one seed into
 * sequences that do not depend on how much the others are asked for: a whole number, one for each school or person.
 */
export function createRandom(seed: number, stream?: number): Random {
	let mix = seed >>> 0;
	const next32 = () => {
		mix = (mix + 0x9e3779b9) >>> 0;
		let z = mix;
		z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
		z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
		return (z ^ (z >>> 15)) >>> 0;
	};
	let a = next32();
	if (stream !== undefined) mix = (mix ^ Math.imul(stream + 1, 0x85ebca6b)) >>> 0;
	let b = next32();
	let c = next32();
	let d = next32();
	const bits = (): number => {
		const product = Math.imul(b, 5);
		const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
		const shifted = b << 9;
		c ^= a;
		d ^= b;
		b ^= c;
		a ^= d;
		c ^= shifted;
		d = (d << 11) | (d >>> 21);
		return result;
	};
	const uniform = () => (bits() + 0.5) / 4_294_967_296;
	const integer = (low: number, high: number) => low + Math.floor(uniform() * (high - low + 1));
	return {
		uniform,
		normal: (mean = 0, sd = 1) => normalQuantile(uniform(), mean, sd),
		integer,
		chance: (probability) => uniform() < probability,
		pick: (list) => list[integer(0, list.length - 1)] as (typeof list)[number],
		shuffled(list) {
			const result = [...list];
			for (let last = result.length - 1; last > 0; last -= 1) {
				const other = integer(0, last);
				[result[last], result[other]] = [result[other] as never, result[last] as never];
			}
			return result;
		},
		uuid() {
			const hex = Array.from({ length: 4 }, () => bits().toString(16).padStart(8, '0')).join('');
			const variant = '89ab'[Number.parseInt(hex[16] as string, 16) % 4];
			return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
		},
	};
}
