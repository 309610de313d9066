import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CheckedHead } from '#data/import/check-file.ts';
import type { ImportContext, KnownProcedure } from '#data/import/context.ts';
import type { ResultToStore } from '#data/import/results-sheet.ts';
import { runCheck } from '#data/import/run-check.ts';
import { sharedData } from '#tests/support/shared-data.ts';
import { school, xlsx } from './checking.ts';

const references = sharedData('vpr/reference.json');

interface Reference {
	rows: number;
	records_with_total_and_variant: number;
	schools: number;
	above_max: number;
	items: number;
	cutoffs: { 3: number; 4: number; 5: number; max: number };
	histogram: Record<string, number>;
	item_max_seen: Record<string, number>;
}

/** The rows of a file split by hand, without the code under test. None of these files quotes a cell. */
function plainRows(name: string): Record<string, string>[] {
	const [head = '', ...lines] = gunzipSync(readFileSync(sharedData(`vpr/${name}.csv.gz`)!))
		.toString('utf8')
		.trimEnd()
		.split(/\r?\n/);
	const titles = head.split(',');
	return lines.map((line) => {
		const cells = line.split(',');
		return Object.fromEntries(titles.map((title, index) => [title, cells[index] ?? '']));
	});
}

function procedureOf(name: string, reference: Reference): KnownProcedure {
	const { 3: three, 4: four, 5: five, max } = reference.cutoffs;
	return {
		id: name,
		kind: 'vpr',
		year: 2020,
		grade: Number(name.at(9)),
		subject: name.endsWith('math') ? 'math' : 'russian',
		title: name,
		max_score: max,
		cutoffs: { 3: three, 4: four, 5: five },
		fail_below: null,
		items: Object.entries(reference.item_max_seen).map(([id, most]) => ({
			id: String(Number(id.slice(1))),
			max: most,
		})),
		document: '',
		valid_from: '2020-01-01',
	};
}

function regionContext(rows: Record<string, string>[], procedure: KnownProcedure): ImportContext {
	return {
		today: '2026-11-20',
		places: ['region/R'],
		municipalities: [{ id: 'M', region_id: 'R', name: 'Муниципалитет' }],
		schools: [...new Set(rows.map((row) => row.school!))].map((id) => school(id, id, 'M')),
		procedures: [procedure],
		staff: [],
	};
}

describe.skipIf(references === undefined)('files of a whole region', () => {
	const exams: Record<string, Reference> = references
		? (JSON.parse(readFileSync(references, 'utf8')) as { exams: Record<string, Reference> }).exams
		: {};

	test.each(Object.keys(exams))('%s: every count as published, and as counted by hand', async (name) => {
		const reference = exams[name]!;
		const rows = plainRows(name);
		const procedure = procedureOf(name, reference);
		const { head, parts } = await runCheck(
			{
				kind: 'results',
				bytes: readFileSync(sharedData(`vpr/${name}.csv.gz`)!),
				file_name: `${name}.csv.gz`,
				procedure_id: name,
				profile: 'vpr-2020',
				context: regionContext(rows, procedure),
			},
			() => {},
		);
		const results = [...parts.rows] as ResultToStore[];
		const scored = results.filter(({ score }) => score !== null);
		const noVariant = rows.filter(({ total, variant }) => total !== '' && variant === '').length;
		expect(rows).toHaveLength(reference.rows);
		expect(head.counts).toEqual({
			new: reference.rows - noVariant,
			changed: 0,
			skipped: 0,
			refused: noVariant,
		});
		expect(parts.issues.map(({ code }) => code)).toEqual(
			Array.from({ length: noVariant }, () => 'variant-missing'),
		);
		expect(scored).toHaveLength(reference.records_with_total_and_variant);
		expect(new Set(scored.map(({ school_id }) => school_id)).size).toBe(reference.schools);

		const histogram: Record<string, number> = {};
		for (const { score } of scored) histogram[String(score)] = (histogram[String(score)] ?? 0) + 1;
		const published = Object.entries(reference.histogram).filter(([, count]) => count > 0);
		expect(histogram).toEqual(Object.fromEntries(published));

		const counted = (test: (row: Record<string, string>) => boolean) => rows.filter(test).length;
		const isCounted = (row: Record<string, string>) => row.total !== '' && row.variant !== '';
		const items = procedure.items.map(({ id }) => `i${id.padStart(2, '0')}`);
		const isOdd = (cell: string) => cell !== '' && !/^\d+$/.test(cell);
		expect(noteCount(head, 'above-max')).toBe(reference.above_max);
		expect(noteCount(head, 'absent')).toBe(counted((row) => row.total === ''));
		expect(noteCount(head, 'absent-with-score')).toBe(
			counted((row) => isCounted(row) && row.variant!.startsWith('отсутств')),
		);
		expect(noteCount(head, 'journal-mark-not-read')).toBe(
			counted((row) => (isCounted(row) || row.total === '') && row.prev_mark === 'нет отметки'),
		);
		// Of an absent pupil's items nothing is noted unless one has points.
		const hasPoints = (row: Record<string, string>) => items.some((item) => /^\d+$/.test(row[item]!));
		expect(noteCount(head, 'item-not-read')).toBe(
			counted(
				(row) =>
					(isCounted(row) || (row.total === '' && hasPoints(row))) && items.some((item) => isOdd(row[item]!)),
			),
		);
		expect(noteCount(head, 'mark-derived')).toBe(scored.length);
		const twos = counted((row) => isCounted(row) && Number(row.total) < procedure.cutoffs![3]);
		expect(results.filter(({ mark }) => mark === 2)).toHaveLength(twos);
		const points = (cell: string) => (/^\d+$/.test(cell) ? Number(cell) : 0);
		const byHand = rows
			.filter(isCounted)
			.reduce((sum, row) => sum + items.reduce((own, item) => own + points(row[item]!), 0), 0);
		const read = scored.reduce(
			(sum, row) => sum + row.items!.reduce<number>((own, each) => own + (each ?? 0), 0),
			0,
		);
		expect(read).toBe(byHand);
	});

	test('the 658 papers of grade 4 Russian whose variant says «отсутствовал» keep their scores', async () => {
		const name = 'vpr2020_g4_russian';
		const rows = plainRows(name);
		const { head } = await runCheck(
			{
				kind: 'results',
				bytes: readFileSync(sharedData(`vpr/${name}.csv.gz`)!),
				file_name: name,
				procedure_id: name,
				profile: 'vpr-2020',
				context: regionContext(rows, procedureOf(name, exams[name]!)),
			},
			() => {},
		);
		expect(noteCount(head, 'absent-with-score')).toBe(658);
	});

	test('26,000 rows of a workbook are read and checked beside a free event loop', async () => {
		const name = 'vpr2020_g4_math';
		const rows = plainRows(name);
		const titles = Object.keys(rows[0]!);
		const cells = rows.map((row) =>
			titles.map((title) => (/^\d+$/.test(row[title]!) ? Number(row[title]) : row[title] || null)),
		);
		const bytes = await xlsx([titles, ...cells]);
		let longest = 0;
		let last = performance.now();
		const timer = setInterval(() => {
			longest = Math.max(longest, performance.now() - last);
			last = performance.now();
		}, 2);
		const start = performance.now();
		const { head } = await runCheck(
			{
				kind: 'results',
				bytes,
				file_name: `${name}.xlsx`,
				procedure_id: name,
				profile: 'vpr-2020',
				context: regionContext(rows, procedureOf(name, exams[name]!)),
			},
			() => {},
		);
		const took = performance.now() - start;
		clearInterval(timer);
		expect(head.counts.new).toBe(exams[name]!.rows);
		// Alone it takes about 1.5 s on two cores; the bound leaves room for a busy machine.
		expect(took).toBeLessThan(15_000);
		expect(longest).toBeLessThan(Math.max(300, took / 5));
	});
});

function noteCount(head: CheckedHead, code: string): number {
	return head.notes.find((note) => note.code === code)?.count ?? 0;
}
