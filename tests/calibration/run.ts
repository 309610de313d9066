/**
 * `npm run calibrate`: the statistics over data whose truth is known; the tables go into METHODOLOGY.md.
 * `npm run calibrate -- quick` prints a small run and writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { similarityTable } from './similarity.ts';
import { type Amount, markdownOf, type Table } from './table.ts';
import {
	certainty,
	coverageTable,
	detectionTable,
	forecastTable,
	honestYearsTable,
	honestyTable,
	powerTable,
	spreadTable,
	tiltTable,
} from './tables.ts';

const document = join(import.meta.dirname, '../../METHODOLOGY.md');
const amount: Amount = process.argv[2] === 'quick' ? 'quick' : 'whole';
const tell = (name: string) => (done: number) => {
	if (done % 20 === 0) process.stderr.write(`${name}: ${done}\n`);
};

const makers: [string, () => Table][] = [
	['coverage', () => coverageTable(amount)],
	['certainty', () => certainty(amount)],
	['forecast', () => forecastTable(amount)],
	['tilt', () => tiltTable(amount)],
	['honesty', () => honestyTable(amount, tell('honesty'))],
	['honest years', () => honestYearsTable(amount, tell('honest years'))],
	['power', () => powerTable(amount, tell('power'))],
	['detection', () => detectionTable(amount, tell('detection'))],
	['spread', () => spreadTable(amount, tell('spread'))],
	['similarity', () => similarityTable(amount)],
];
const tables = new Map(
	makers.map(([name, make]) => {
		process.stderr.write(`${name}…\n`);
		return [name, make()];
	}),
);

const text = [
	'honesty',
	'honest years',
	'power',
	'detection',
	'spread',
	'tilt',
	'similarity',
	'coverage',
	'certainty',
	'forecast',
]
	.map((name) => markdownOf(tables.get(name)!))
	.join('\n\n');
process.stdout.write(`${text}\n`);
if (amount === 'whole') {
	const before = readFileSync(document, 'utf8');
	const marked = /(<!-- calibration -->\n)[\s\S]*?(\n<!-- \/calibration -->)/;
	writeFileSync(
		document,
		before.replace(marked, (_, open: string, close: string) => `${open}${text}${close}`),
	);
}
const broken = [...tables.values()].flatMap((table) => table.broken);
for (const one of broken) process.stderr.write(`a promise does not hold: ${one}\n`);
process.exitCode = broken.length > 0 ? 1 : 0;
