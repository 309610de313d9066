import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { simulateMunicipality, writeFiles } from '#tests/analytics/result-objectivity/simulate.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { freshFolder } from './folders.ts';

export interface ResultFiles {
	results: string;
	procedures: string;
	/** `real`: four procedures of one region in 2020; `simulated`: as many schools and pupils from known truth */
	source: 'real' | 'simulated';
	pupils: number;
}

interface Exam {
	file: string;
	cutoffs: Record<'3' | '4' | '5' | 'max', number>;
	item_max_seen: Record<string, number>;
}

/** One year of a region, about 100,000 results of 640 schools, as the files that `analyze` reads. */
export function regionFiles(): ResultFiles {
	const folder = freshFolder();
	const reference = sharedData('vpr/reference.json');
	if (!reference) {
		const simulation = simulateMunicipality({ seed: 16, schools: 640, pupils: [8, 110] });
		return {
			...writeFiles(simulation, folder),
			source: 'simulated',
			pupils: simulation.pupils.length,
		};
	}
	const { exams } = JSON.parse(readFileSync(reference, 'utf8')) as { exams: Record<string, Exam> };
	const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
	const widest = Math.max(...Object.values(exams).map((exam) => Object.keys(exam.item_max_seen).length));
	const items = Array.from({ length: widest }, (_, index) => `i${String(index + 1).padStart(2, '0')}`);
	const lines = Object.entries(exams).flatMap(([id, { file }]) => linesOf(id, file, items));
	const head = [
		'school,municipality,procedure,score,journal_mark,variant',
		...items.map((item) => `item_${Number(item.slice(1))}`),
	];
	writeFileSync(files.results, `${head.join(',')}\n${lines.join('\n')}\n`);
	writeFileSync(files.procedures, JSON.stringify(Object.entries(exams).map(procedureOf)));
	return { ...files, source: 'real', pupils: lines.length };
}

/** None of these files quotes a cell. */
function linesOf(procedure: string, file: string, items: readonly string[]): string[] {
	const text = gunzipSync(readFileSync(sharedData(`vpr/${file}`)!)).toString();
	const [head = '', ...rows] = text
		.replace(/^\uFEFF/, '')
		.trimEnd()
		.split(/\r?\n/);
	const titles = head.split(',');
	const wanted = ['school', 'municipality', '', 'total', 'prev_mark', 'variant', ...items].map((title) =>
		titles.indexOf(title),
	);
	return rows.map((row) => {
		const cells = row.split(',');
		return wanted.map((index, place) => (place === 2 ? procedure : (cells[index] ?? ''))).join(',');
	});
}

/** One procedure of a region, about 25,000 results, as a file to import. */
export interface ProcedureFile {
	id: string;
	/** JSON list with the one procedure */
	procedure: string;
	file_name: string;
	bytes: Buffer;
	/** profile of its column names, if they are foreign */
	profile: string | null;
}

/** Four files of results, real where the real data are at hand. */
export function procedureFiles(): ProcedureFile[] {
	const reference = sharedData('vpr/reference.json');
	if (reference) {
		const { exams } = JSON.parse(readFileSync(reference, 'utf8')) as { exams: Record<string, Exam> };
		return Object.entries(exams).map(([id, exam]) => ({
			id,
			procedure: JSON.stringify([procedureOf([id, exam])]),
			file_name: exam.file,
			bytes: readFileSync(sharedData(`vpr/${exam.file}`)!),
			profile: 'vpr-2020',
		}));
	}
	const { procedures, pupils } = simulateMunicipality({ seed: 19, schools: 640, pupils: [8, 110] });
	return procedures.map((procedure) => {
		const names = procedure.items.map(({ id }) => `item_${id}`);
		const lines = pupils
			.filter((pupil) => pupil.procedure === procedure.id)
			.map(({ school, municipality, score, journal_mark, items }) =>
				[school, municipality, score, journal_mark, ...items].join(','),
			);
		const text = [['school', 'municipality', 'score', 'journal_mark', ...names].join(','), ...lines].join(
			'\n',
		);
		return {
			id: procedure.id,
			procedure: JSON.stringify([procedure]),
			file_name: `${procedure.id}.csv.gz`,
			bytes: gzipSync(text),
			profile: null,
		};
	});
}

/** A procedure as its list names it. */
function procedureOf([id, exam]: [string, Exam]) {
	const [, grade, subject] = /_g(\d)_(\w+)/.exec(id)!;
	const { max, ...cutoffs } = exam.cutoffs;
	const items = Object.entries(exam.item_max_seen).map(([item, most]) => ({
		id: String(Number(item.slice(1))),
		max: most,
	}));
	return { id, kind: 'vpr', year: 2020, grade: Number(grade), subject, max_score: max, cutoffs, items };
}
