import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { proceduresOf, type SimulatedProcedure, simulateSchools } from '#data/simulation/assessment.ts';
import { assessmentTruth } from '#data/simulation/assessment-truth.ts';

/** What is true of a simulated municipality; everything else is honest. */
export interface Truth {
	seed: number;
	schools: number;
	/** pupils of a class year, from and to */
	pupils?: [number, number];
	year?: number;
	years?: number[];
	/** in place of Russian and mathematics of grades 4 and 5 */
	procedures?: z.input<typeof assessmentTruth>['procedures'];
	/** schools (by index) whose papers one or two points below a cut-off are lifted to it, with the share lifted */
	lifted?: ReadonlyMap<number, number>;
	/** whatever else is planted, as the truth of the laboratory names it */
	planted?: z.input<typeof assessmentTruth>['planted'];
}

/** A row of results, as tests count it. */
export interface SimulatedPupil {
	school: string;
	municipality: string;
	procedure: string;
	score: number;
	journal_mark: number;
	items: number[];
}

export interface Simulation {
	procedures: SimulatedProcedure[];
	pupils: SimulatedPupil[];
}

/** The ordinary municipality of the simulation laboratory, whole in memory. */
export function simulateMunicipality({
	seed,
	schools,
	pupils,
	year,
	years,
	procedures,
	lifted,
	planted = [],
}: Truth): Simulation {
	const truth = assessmentTruth.parse({
		schools,
		...(pupils && { pupils }),
		...(year && { years: [year] }),
		...(years && { years }),
		...(procedures && { procedures }),
		planted: [...planted, ...[...(lifted ?? [])].map(([index, lifting]) => ({ school: index + 1, lifting }))],
	});
	const rows = [...simulateSchools(truth, seed)].flatMap((one) =>
		one.pupils.map(({ procedure, paper, journal_mark }): SimulatedPupil => {
			const { school, municipality } = one;
			return { school, municipality, procedure, journal_mark, score: paper!.score, items: paper!.items };
		}),
	);
	return { procedures: proceduresOf(truth), pupils: rows };
}

/** Writes the files that an analysis of results reads, without a list of schools. */
export function writeFiles(simulation: Simulation, folder: string): { results: string; procedures: string } {
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	const items = simulation.procedures[0]!.items.map(({ id }) => `item_${id}`);
	const lines = simulation.pupils.map(
		({ school, municipality, procedure, score, journal_mark, items }) =>
			`${school},${municipality},${procedure},${score},${journal_mark},${items.join(',')}`,
	);
	const header = ['school', 'municipality', 'procedure', 'score', 'journal_mark', ...items].join(',');
	writeFileSync(files.results, `${header}\n${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify(simulation.procedures));
	return files;
}
