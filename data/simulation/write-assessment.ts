import {
	proceduresOf,
	type SimulatedProcedure,
	type SimulatedSchool,
	simulateSchools,
} from './assessment.ts';
import type { AssessmentTruth } from './assessment-truth.ts';
import { makeFolder, seeded, writeJson, writeTogether } from './write-folder.ts';

export interface WrittenAssessment {
	schools: number;
	results: number;
	procedures: number;
}

/**
 * Writes simulated assessments: `results.csv`, `procedures.json` and `schools.csv` as they are imported and analysed,
 * `truth.json` (from which the same bytes come again), `truth-schools.csv` and `truth-results.csv` (line by line as
 * `results.csv`). One school at a time is in memory. `told` hears of every fiftieth school.
 * @throws FolderNotEmpty
 */
export async function writeAssessment(
	truth: AssessmentTruth,
	seed: number,
	folder: string,
	told: (done: number, total: number) => void = () => {},
): Promise<WrittenAssessment> {
	const procedures = proceduresOf(truth);
	const width = mostItems(procedures);
	const written = { schools: 0, results: 0, procedures: procedures.length };
	function* chunks(): Generator<string[]> {
		yield [resultHead(procedures), SCHOOL_HEAD, SCHOOL_TRUTH_HEAD, RESULT_TRUTH_HEAD];
		for (const school of simulateSchools(truth, seed)) {
			yield [
				school.pupils.map((_, place) => resultLine(school, place, width)).join(''),
				`${school.school},${school.municipality},${school.school},\n`,
				schoolTruthLine(school),
				school.pupils.map((_, place) => resultTruthLine(school, place)).join(''),
			];
			written.schools += 1;
			written.results += school.pupils.length;
			if (written.schools % 50 === 0) told(written.schools, truth.schools);
		}
	}
	await makeFolder(folder, async (half) => {
		await writeTogether(
			half,
			['results.csv', 'schools.csv', 'truth-schools.csv', 'truth-results.csv'],
			chunks(),
		);
		await writeJson(half, 'procedures.json', procedures);
		await writeJson(half, 'truth.json', seeded(truth, seed));
	});
	return written;
}

const SCHOOL_HEAD = 'school,municipality,name,advanced_subjects\n';
const SCHOOL_TRUTH_HEAD = 'school,municipality,level,lifting,help,inflation\n';
const RESULT_TRUTH_HEAD = 'school,procedure,ability,honest_score,is_lifted,is_helped\n';

/** Header of the results; items by number, as many as the longest procedure has. */
export function resultHead(procedures: readonly SimulatedProcedure[]): string {
	const items = Array.from({ length: mostItems(procedures) }, (_, index) => `item_${index + 1}`);
	return `${['school', 'municipality', 'procedure', 'class', 'score', 'journal_mark', ...items].join(',')}\n`;
}

export function mostItems(procedures: readonly SimulatedProcedure[]): number {
	return Math.max(...procedures.map(({ items }) => items.length));
}

/** A line of results with `width` cells of items: empty for those that the procedure lacks and for an absent pupil. */
export function resultLine(
	{ school, municipality, pupils }: SimulatedSchool,
	place: number,
	width: number,
): string {
	const pupil = pupils[place]!;
	const { procedure, paper, journal_mark } = pupil;
	const cells = [school, municipality, procedure, pupil.class, paper?.score ?? '', journal_mark];
	const items = Array.from({ length: width }, (_, index) => paper?.items[index] ?? '');
	return `${[...cells, ...items].join(',')}\n`;
}

function schoolTruthLine({ school, municipality, level, planted }: SimulatedSchool): string {
	const { lifting = 0, help = 0, inflation = 0 } = planted ?? {};
	return `${[school, municipality, level.toFixed(6), lifting, help, inflation].join(',')}\n`;
}

function resultTruthLine({ school, pupils }: SimulatedSchool, place: number): string {
	const { procedure, ability, honest_score, is_lifted, is_helped } = pupils[place]!;
	const cells = [school, procedure, ability.toFixed(6), honest_score ?? '', Number(is_lifted)];
	return `${[...cells, Number(is_helped)].join(',')}\n`;
}
