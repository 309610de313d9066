/** The value below which the given share of the values lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

/** Seconds that a piece of work takes by the clock on the wall. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return (performance.now() - began) / 1000;
}

/** Rounds of several works in turn, so that a slow moment of the machine strikes all of them alike. */
export async function interleave<Name extends string>(
	rounds: number,
	works: Record<Name, () => Promise<number>>,
): Promise<Record<Name, number[]>> {
	const names = Object.keys(works) as Name[];
	const found = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<Name, number[]>;
	for (let round = 0; round < rounds; round += 1)
		for (const name of round % 2 === 0 ? names : names.toReversed()) found[name].push(await works[name]());
	return found;
}
