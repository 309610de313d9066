import type { Measure, NotRun } from './goal.ts';
import type { MachineScore } from './machine.ts';

/** What one file of goals found, and what the machine gave just before and after. */
export interface Result {
	file: string;
	/** YYYY-MM-DD */
	date: string;
	score: MachineScore;
	found: (Measure | NotRun)[];
}

/** The benchmarks as `var/bench.json` holds them. */
export interface Report {
	machine: string;
	results: Result[];
	not_measurable: readonly NotRun[];
}

/** Every measure with the result it stands in. */
export function measuresOf({ results }: Report): { measure: Measure; result: Result }[] {
	return results.flatMap((result) =>
		result.found.flatMap((measure) => ('reason' in measure ? [] : [{ measure, result }])),
	);
}

/** What was not run, and why. */
export function notRunOf({ results, not_measurable }: Report): NotRun[] {
	const skipped = results.flatMap(({ found }) => found.filter((one) => 'reason' in one));
	return [...skipped, ...not_measurable];
}
