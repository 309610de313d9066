import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { expect, onTestFinished, test } from 'vitest';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { freshFolder } from './scratch.ts';

/** Expected by R: the official signs of the four procedures of one region in 2020. */
interface Reference {
	exams: Record<
		string,
		{
			file: string;
			items: number;
			schools: number;
			inflated: string[];
			negative_rho: string[];
			cutoffs: Record<'3' | '4' | '5' | 'max', number>;
		}
	>;
}

const referenceFile = sharedData('vpr/reference.json');

test.skipIf(!referenceFile)(
	'a whole region: the official signs name the schools that R names, the own battery stays moderate and in time',
	async () => {
		const { exams } = JSON.parse(readFileSync(referenceFile!, 'utf8')) as Reference;
		const folder = freshFolder();
		const files = { results: join(folder, 'results.csv'), procedures: join(folder, 'procedures.json') };
		writeFileSync(files.procedures, JSON.stringify(Object.entries(exams).map(procedureOf)));
		writeFileSync(files.results, Object.entries(exams).map(linesOf).join(''));
		const scratch = await openScratch();
		onTestFinished(() => scratch.close());
		const { places } = await loadResults(scratch, files);

		const started = performance.now();
		const report = await analyseObjectivity(scratch, { places, language: 'ru' });
		expect(performance.now() - started).toBeLessThan(10_000);

		for (const [procedure, exam] of Object.entries(exams)) {
			const flaggedBy = (id: string) =>
				report.schools
					.filter(({ signs }) =>
						signs.some((sign) => sign.id === id && sign.flagged && sign.procedures[0] === procedure),
					)
					.map(({ school }) => school);
			expect(flaggedBy('OF-mean'), procedure).toEqual(exam.inflated);
			expect(flaggedBy('OF-journal'), procedure).toEqual(exam.negative_rho);
		}
		const levels = report.schools.map(({ level }) => level);
		// METHODOLOGY.md, section 9.
		expect([0, 1, 2, 3, 'X'].map((level) => levels.filter((one) => one === level).length)).toEqual([
			498, 36, 1, 0, 99,
		]);
		const flagged = (id: string, isPooled = false) =>
			report.schools.flatMap(({ signs }) =>
				signs.filter((sign) => sign.id === id && sign.flagged && sign.procedures.length > 1 === isPooled),
			).length;
		expect(['O1', 'O6', 'O7', 'O8', 'O9', 'O10'].map((id) => flagged(id))).toEqual([0, 1, 0, 6, 14, 0]);
		expect(flagged('O3', true)).toBe(28);
		const official = report.schools.filter(({ signs }) =>
			signs.some(({ id, flagged }) => id.startsWith('OF-') && flagged),
		);
		expect(official.length).toBe(275);
		expect(official.filter(({ level }) => level === 1 || level === 2).length).toBe(25);
		expect(report.reference).toBe('without-flagged');
		expect(JSON.stringify(report)).not.toMatch(/NaN|Infinity/);
	},
	60_000,
);

function procedureOf([id, exam]: [string, Reference['exams'][string]]) {
	const [, grade, subject] = /_g(\d)_(\w+)/.exec(id)!;
	const { max, ...cutoffs } = exam.cutoffs;
	const rows = rowsOf(exam);
	// The files carry no maxima of items: the highest points that any pupil has.
	const items = itemNames(exam.items).map((name) => ({
		id: name.slice(1),
		max: Math.max(...rows.map((row) => (/^\d+$/.test(row[name] ?? '') ? Number(row[name]) : 0))),
	}));
	return { id, kind: 'vpr', year: 2020, grade: Number(grade), subject, max_score: max, cutoffs, items };
}

const itemNames = (count: number) =>
	Array.from({ length: count }, (_, j) => `i${String(j + 1).padStart(2, '0')}`);
const widest = 21;

function rowsOf({ file }: Reference['exams'][string]): Record<string, string>[] {
	const text = gunzipSync(readFileSync(sharedData(`vpr/${file}`)!));
	return parse<Record<string, string>>(text, { columns: true, bom: true });
}

/** The rows of one file as the columns of an analysis; the header stands before those of the first file. */
function linesOf([id, exam]: [string, Reference['exams'][string]], index: number): string {
	const rows = rowsOf(exam);
	const names = itemNames(widest);
	const header = `school,municipality,procedure,score,journal_mark,variant,${names.map((name) => `item_${name.slice(1)}`).join(',')}\n`;
	const lines = rows.map((row) =>
		[
			row.school,
			row.municipality,
			id,
			row.total,
			row.prev_mark,
			row.variant,
			...names.map((name) => row[name] ?? ''),
		].join(','),
	);
	return `${index === 0 ? header : ''}${lines.join('\n')}\n`;
}
