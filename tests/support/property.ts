import fastCheck from 'fast-check';

export type { Arbitrary } from 'fast-check';

const times = Number(process.env.OPORA_RUNS ?? 1);

fastCheck.configureGlobal({ seed: Number(process.env.OPORA_SEED ?? 1) });

/**
 * Property tests: fast-check with a fixed seed, so that whether a change passes is no matter of luck. The setting
 * `OPORA_SEED` chooses another (`random` draws one, `random-seed.ts`), `OPORA_RUNS` multiplies the runs of each property:
 * together they hunt for what the fixed runs miss.
 */
export const fc: typeof fastCheck = {
	...fastCheck,
	assert: ((property: never, parameters: { numRuns?: number } = {}) =>
		fastCheck.assert(property, {
			...parameters,
			numRuns: (parameters.numRuns ?? 100) * times,
		})) as typeof fastCheck.assert,
};
