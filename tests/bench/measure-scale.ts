import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { freshFolder } from './folders.ts';
import type { Measure } from './goal.ts';
import { raschAnswers } from './rasch-answers.ts';
import { measureCommand } from './server-process.ts';

const ROUNDS = 3;
const PERSONS = 1_000_000;
const ITEMS = 60;

/** The command from the file to the report, best of the rounds: seconds by the clock, and the most memory it held. */
export async function measureScale(answers: string, gaps?: number): Promise<Measure[]> {
	const folder = freshFolder();
	const file = join(folder, 'answers.csv');
	await pipeline(
		Readable.from(raschAnswers(PERSONS, ITEMS, gaps), { highWaterMark: 1000 }),
		createWriteStream(file),
	);
	const rounds: Awaited<ReturnType<typeof measureCommand>>[] = [];
	while (rounds.length < ROUNDS)
		rounds.push(await measureCommand(['analyze', 'scale', '--json', '--data', file], folder));
	const measure = `analyze scale of ${PERSONS} persons × ${ITEMS} ${answers}, the command from file to report`;
	const limit = { goal: 'analyze', target: null, better: 'lower', detail: { rounds } } as const;
	const least = (of: keyof (typeof rounds)[0]): number => Math.min(...rounds.map((round) => round[of]));
	return [
		{ ...limit, measure, unit: 's', value: least('seconds'), floor: 30 },
		{ ...limit, measure: `${measure}: memory`, unit: 'MB', value: least('megabytes'), floor: 2000 },
	];
}
