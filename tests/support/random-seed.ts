import { randomInt } from 'node:crypto';

/** Before the run: checks the settings of the property tests, and draws and prints a seed where `OPORA_SEED=random` asks for one. */
export function setup(): void {
	const { OPORA_SEED: seed, OPORA_RUNS: runs } = process.env;
	if (seed === 'random') process.env.OPORA_SEED = String(randomInt(2 ** 31));
	else if (seed !== undefined && !/^\d{1,10}$/.test(seed))
		throw new Error(`OPORA_SEED is a whole number or "random", not "${seed}"`);
	if (runs !== undefined && !/^[1-9]\d{0,4}$/.test(runs))
		throw new Error(`OPORA_RUNS is how many times the usual runs, a whole number from 1, not "${runs}"`);
	if (seed !== undefined || runs !== undefined)
		process.stdout.write(
			`Property tests: OPORA_SEED=${process.env.OPORA_SEED ?? 1}, OPORA_RUNS=${runs ?? 1}\n`,
		);
}
