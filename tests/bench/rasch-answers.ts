/**
 * Answers of 0/1 under the Rasch model from a fixed seed, as pieces of a comma-separated file with a header row. `gaps` = share
 * of cells left empty at random.
 */
export function* raschAnswers(persons: number, items: number, gaps = 0): Generator<string> {
	let state = 1;
	const random = (): number => {
		state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
		return state / 2 ** 32;
	};
	yield `${Array.from({ length: items }, (_, j) => `i${j + 1}`).join()}\n`;
	for (let person = 0; person < persons; person++) {
		const ability = (random() + random() + random() + random() - 2) * 1.73;
		const cell = (_: unknown, j: number): number | string => {
			const answer = Number(random() < 1 / (1 + Math.exp((4 * j) / (items - 1) - 2 - ability)));
			return gaps > 0 && random() < gaps ? '' : answer;
		};
		yield `${Array.from({ length: items }, cell).join()}\n`;
	}
}
