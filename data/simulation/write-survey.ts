import { type SimulatedPerson, simulatePersons } from './survey.ts';
import { itemNames, type SurveyTruth } from './survey-truth.ts';
import { makeFolder, seeded, writeJson, writeTogether } from './write-folder.ts';

export interface WrittenSurvey {
	persons: number;
	items: number;
}

/** Lines that go to the disk at once. */
const BLOCK = 2000;

/**
 * Writes a simulated survey: `responses.csv` as `opora analyze scale` and `dif` read it, `truth.json` (from which the same
 * bytes come again) and `truth-persons.csv` (line by line as `responses.csv`). One block of persons is in memory.
 * `told` hears of every block.
 * @throws FolderNotEmpty
 */
export async function writeSurvey(
	truth: SurveyTruth,
	seed: number,
	folder: string,
	told: (done: number, total: number) => void = () => {},
): Promise<WrittenSurvey> {
	const names = itemNames(truth);
	const before = ['person', ...(truth.schools ? ['school'] : []), ...(truth.groups ? ['group'] : [])];
	let done = 0;
	function* chunks(): Generator<string[]> {
		yield [`${[...before, ...names].join(',')}\n`, 'person,level,careless\n'];
		let block: [string[], string[]] = [[], []];
		for (const person of simulatePersons(truth, seed)) {
			block[0].push(responseLine(person));
			block[1].push(`${person.person},${person.level.toFixed(6)},${person.careless ?? ''}\n`);
			done += 1;
			if (block[0].length === BLOCK) {
				yield block.map((lines) => lines.join(''));
				block = [[], []];
				told(done, truth.persons);
			}
		}
		yield block.map((lines) => lines.join(''));
	}
	await makeFolder(folder, async (half) => {
		await writeTogether(half, ['responses.csv', 'truth-persons.csv'], chunks());
		await writeJson(half, 'truth.json', seeded(truth, seed));
	});
	return { persons: done, items: names.length };
}

function responseLine({ person, school, group, answers }: SimulatedPerson): string {
	const before = [person, ...(school === null ? [] : [school]), ...(group === null ? [] : [group])];
	return `${[...before, ...answers.map((answer) => answer ?? '')].join(',')}\n`;
}
