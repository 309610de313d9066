import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { simulateProcedure } from '#data/demo/simulate-results.ts';
import { simulateSchools } from '#data/demo/simulate-schools.ts';
import { procedureTruths } from '#data/demo/truth.ts';
import { createRandom } from '#data/simulation/random.ts';
import { sharedData } from '../support/shared-data.ts';

export interface ResultsFile {
	procedure: string;
	title: string;
	name: string;
	bytes: Buffer;
}

interface FileSet {
	/** whether these are the real procedures of 2020, or simulated stand-ins of the same shape */
	isReal: boolean;
	procedures: Buffer;
	files: ResultsFile[];
}

const subjects = { math: 'математика', russian: 'русский язык' } as const;
const wanted = [
	{ grade: 4, subject: 'math' },
	{ grade: 4, subject: 'russian' },
	{ grade: 5, subject: 'math' },
	{ grade: 5, subject: 'russian' },
] as const;

/** The four procedures of 2020 with their scales, and a file of pupils' results for each. */
export function resultsFiles(): FileSet {
	return sharedData('vpr/reference.json') ? realFiles() : simulatedFiles();
}

function describeProcedure(
	grade: number,
	subject: keyof typeof subjects,
	scale: { max_score: number; cutoffs: Record<string, number>; items: { id: string; max: number }[] },
) {
	return {
		id: `vpr-2020-${subject}-${grade}`,
		kind: 'vpr',
		year: 2020,
		grade,
		subject: subjects[subject],
		title: `ВПР 2020, ${subjects[subject]}, ${grade} класс`,
		fail_below: null,
		document: 'Шкала 2020 года',
		valid_from: '2020-03-01',
		...scale,
	};
}

function read(name: string): string {
	return readFileSync(sharedData(name) as string, 'utf8');
}

function realFiles(): FileSet {
	const reference = JSON.parse(read('vpr/reference.json')) as {
		exams: Record<string, { cutoffs: { '3': number; '4': number; '5': number; max: number } }>;
	};
	const items = parse(read('vpr/item_spec_g4_g5.csv'), { columns: true }) as Record<string, string>[];
	const procedures = wanted.map(({ grade, subject }) => {
		const { max, ...cutoffs } = reference.exams[`vpr2020_g${grade}_${subject}`]!.cutoffs;
		const maxima = new Map(
			items
				.filter((item) => Number(item.grade) === grade && item.subject === subject)
				.map((item) => [Number(item.item_no), Number(item.max_points)]),
		);
		return describeProcedure(grade, subject, {
			max_score: max,
			cutoffs,
			items: [...maxima].sort(([a], [b]) => a - b).map(([id, points]) => ({ id: String(id), max: points })),
		});
	});
	return {
		isReal: true,
		procedures: Buffer.from(JSON.stringify(procedures)),
		files: wanted.map(({ grade, subject }, index) => {
			const name = `vpr2020_g${grade}_${subject}.csv.gz`;
			return {
				procedure: procedures[index]!.id,
				title: procedures[index]!.title,
				name,
				bytes: readFileSync(sharedData(`vpr/${name}`) as string),
			};
		}),
	};
}

function simulatedFiles(): FileSet {
	const random = createRandom(20);
	const schools = simulateSchools(random, 600).map((school, index) => ({
		...school,
		school_id: `S${String(index + 1).padStart(4, '0')}`,
	}));
	const pairs = wanted.map(({ grade, subject }) => {
		const truth = procedureTruths.find((found) => found.grade === grade && found.subject === subject)!;
		const procedure = describeProcedure(grade, subject, {
			max_score: truth.max_score,
			cutoffs: truth.cutoffs,
			items: truth.item_maxima.map((max, item) => ({ id: String(item + 1), max })),
		});
		const head = truth.item_maxima.map((_, item) => `i${String(item + 1).padStart(2, '0')}`);
		const lines = schools.flatMap((school, index) =>
			simulateProcedure(random, school, truth).map((row) =>
				[
					row.school_id,
					`M${String(1 + (index % 9)).padStart(2, '0')}`,
					row.class,
					row.journal_mark ?? '',
					row.variant ?? '',
					row.score ?? '',
					...(row.items ?? head.map(() => '')),
				].join(','),
			),
		);
		const text = [`school,municipality,class,prev_mark,variant,total,${head.join(',')}`, ...lines].join('\n');
		return { procedure, bytes: Buffer.from(text) };
	});
	return {
		isReal: false,
		procedures: Buffer.from(JSON.stringify(pairs.map(({ procedure }) => procedure))),
		files: pairs.map(({ procedure, bytes }) => ({
			procedure: procedure.id,
			title: procedure.title,
			name: `${procedure.id}.csv`,
			bytes,
		})),
	};
}
