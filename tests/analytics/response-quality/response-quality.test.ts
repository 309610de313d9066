import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Cell, Filters, ModuleResult } from '#analytics/module.ts';
import { noteText } from '#analytics/notes.ts';
import { compute, summarise } from '#analytics/response-quality/compute.ts';
import { definition } from '#analytics/response-quality/definition.ts';
import { runModule } from '#analytics/run.ts';
import { latestSeq } from '#data/records/changes.ts';
import { type Projector, startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';
import { listCompetencies } from '#surveys/competencies.ts';
import { eachDialect } from '../../support/records.ts';
import { campaign, participant, put, putTown, response } from '../../support/warehouse.ts';

const scales = listCompetencies()
	.slice(0, 5)
	.map(({ id }) => id);
const items = Array.from({ length: 20 }, (_, index) => ({
	item: `q${index + 1}`,
	competency: scales[Math.floor(index / 4)],
	rule: { kind: 'likert', min: 1, max: 4, direction: 'mastery' },
	max_points: 3,
}));
const text = { ru: 'Проба', en: 'Trial' };
const instrument = {
	instrument: 'trial',
	version: 1,
	survey: JSON.stringify({
		elements: items.map(({ item }) => ({ type: 'rating', name: item, rateValues: [1, 2, 3, 4] })),
	}),
	key: JSON.stringify({
		instrument: 'trial',
		version: 1,
		channel: 'self_assessment',
		title: text,
		purpose: text,
		languages: ['ru', 'en'],
		minutes: 5,
		teacher_result: 'at_once',
		cut_scores_name: text,
		cut_scores: [
			{ level: 'low', from: 80, to: 100 },
			{ level: 'medium', from: 60, to: 80 },
			{ level: 'high', from: 0, to: 60 },
		],
		scales: scales.map((scale) => ({ scale, kind: 'competency', planned_sem: 10 })),
		items,
	}),
	sha256: 'beef',
	published_at: '2026-01-10T00:00:00.000Z',
};

/** Answers that repeat a pattern over the first items. */
const given = (pattern: number[], length = 20) =>
	Object.fromEntries(
		Array.from({ length }, (_, index) => [`q${index + 1}`, pattern[index % pattern.length]]),
	);
const attentive = { answers: given([4, 3]), duration_seconds: 300 };
/** odd and even items of a scale at opposite ends: consistency −1, in 39 seconds */
const fast = { answers: given([4, 1, 4, 1, 1, 4, 1, 4]), duration_seconds: 39 };
const oneAnswer = { answers: given([1]), duration_seconds: 300 };
const incomplete = { answers: given([4, 3], 12), duration_seconds: 300 };

/** Fourteen people in each of three schools: 6 were too fast, 5 gave one answer, 2 left much open. */
const people = [
	...[...Array(6).fill(fast), ...Array(8).fill(attentive)].map((each) => ({ ...each, school: 'S1' })),
	...[...Array(5).fill(oneAnswer), ...Array(9).fill(attentive)].map((each) => ({ ...each, school: 'S2' })),
	...[...Array(2).fill(incomplete), ...Array(12).fill(attentive)].map((each) => ({ ...each, school: 'S5' })),
] as { answers: object; duration_seconds: number; school: string }[];

eachDialect('response-quality', (open) => {
	let warehouse: Warehouse;
	let projector: Projector;

	beforeAll(async () => {
		const records = await open();
		await putTown(records);
		const codes = people.map((_, index) => `AAAA00${String(index).padStart(2, '0')}`);
		const untimed = codes.slice(0, 20).map((code) => code.replace('AAAA', 'BBBB'));
		await put(
			records,
			{
				school: [
					{
						id: 'S5',
						municipality_id: 'M1',
						name: 'Школа S5',
						kind: 'school',
						locality: 'rural',
						pupils: 90,
						advanced_subjects: null,
						origin: 'registry',
					},
				],
				instrument_version: [instrument],
				campaign: [
					campaign('C1', 'M1', 'released'),
					{ ...campaign('C2', 'M1', 'released'), mode: 'anonymous', released_at: '2026-02-01T00:00:00.000Z' },
				],
				campaign_instrument: ['C1', 'C2'].map((campaign_id) => ({
					campaign_id,
					instrument: 'trial',
					version: 1,
					position: 1,
				})),
				participant: [
					...codes.map((code, index) => participant(code, 'C1', people[index]!.school)),
					...untimed.map((code, index) => participant(code, 'C2', ['S1', 'S2', 'S5'][index % 3]!)),
				],
				response: [
					...people.map(({ answers, duration_seconds }, index) => ({
						...response(`r${index}`, 'C1', codes[index]!, answers, 'trial'),
						duration_seconds,
					})),
					...untimed.map((code, index) => ({
						...response(`u${index}`, 'C2', code, attentive.answers, 'trial'),
						duration_seconds: null,
					})),
				],
			},
			[
				['registry', ''],
				['instrument', 'trial@1'],
				['campaign', 'C1'],
				['campaign', 'C2'],
				['participants', 'C1'],
				['participants', 'C2'],
				...people.map((_, index): ['responses', string] => ['responses', `r${index}`]),
				...untimed.map((_, index): ['responses', string] => ['responses', `u${index}`]),
			],
		);
		warehouse = await openWarehouse({ path: ':memory:' });
		projector = startProjector(records, warehouse, {
			onError: (error) => {
				throw error;
			},
		});
		await projector.waitFor(await latestSeq(records));
	});
	afterAll(async () => {
		await projector.stop();
		await warehouse.close();
	});

	const run = (module: string, filters: Filters, role: 'methodist' | 'school_coordinator' = 'methodist') =>
		runModule(findModule(module)!, {
			warehouse,
			viewer: {
				role,
				places: role === 'methodist' ? ['municipality/M1', 'stage/methodist'] : ['school/S5', 'stage/school'],
				codes: [],
			},
			filters,
			language: 'ru',
		});
	const words = ({ notes }: ModuleResult) => notes.map(({ code, values }) => noteText(code, 'ru', values));

	it('counts each sign in the municipality and by school, and codes what is rare', async () => {
		const rows = rowsOf(await run('response-quality', { campaign: 'C1' }));
		const of = (sign: string) => rows.find((row) => row.sign === sign);
		expect(of('any')).toMatchObject({ n: 42, n_flagged: 13, group_label: 'Первый', school_count: 3 });
		expect(of('any')?.share).toBeCloseTo(13 / 42, 12);
		expect(of('fast')).toMatchObject({ n: 42, n_flagged: 6 });
		expect(of('one_answer')).toMatchObject({ n: 42, n_flagged: 5 });
		// 2 of 42 is told as a bound, without the number
		expect(of('incomplete')).toMatchObject({ share: 0.05, share_coded: '<=', n_flagged: null });
		// of the others odd and even items differ alike in every scale: where nothing varies nothing is judged
		expect(of('inconsistent')).toMatchObject({ n: 6, share: 0.8, share_coded: '>=', n_flagged: null });

		const bySchool = rowsOf(await run('response-quality', { campaign: 'C1', by: 'school' }));
		expect(bySchool.filter(({ sign }) => sign === 'any').map(({ n, n_flagged }) => [n, n_flagged])).toEqual([
			[14, 6],
			[14, 5],
			// 2 of 14: at most 20 %
			[14, null],
		]);
		expect(Object.keys(bySchool[0]!).some((name) => /participant|response_id|code$/.test(name))).toBe(false);
	});

	it('says of an anonymous campaign that its times are not known', async () => {
		const answer = await run('response-quality', { campaign: 'C2' });
		const fastRow = rowsOf(answer).find(({ sign }) => sign === 'fast');
		expect(fastRow).toMatchObject({ n: 0, share: null, note: 'not-timed' });
		expect(words(answer).join()).toContain('Время заполнения не записано');
	});

	it('sets means with and without flagged responses side by side', async () => {
		const rows = rowsOf(await run('result-sensitivity', { campaign: 'C1' }));
		const first = rows.find(({ scale }) => scale === scales[0]);
		// by hand: 31 × 83.333 + 6 × 50 + 5 × 0 over 42, and 83.333 for the 29 without a sign
		expect(first).toMatchObject({ n: 42, n_flagged: 13, n_kept: 29, note: null });
		expect(first?.mean_all).toBeCloseTo((31 * 250 + 6 * 150) / 3 / 42, 9);
		expect(first?.mean_kept).toBeCloseTo(250 / 3, 9);
		expect(first?.mean_change).toBeCloseTo(250 / 3 - (31 * 250 + 6 * 150) / 3 / 42, 9);
		expect(first?.high_all).toBeCloseTo(11 / 42, 9);
		expect(first).toMatchObject({ high_kept: 0.1, high_kept_coded: '<=' });
		// those who left it open have no result on the fourth scale
		expect(rows.find(({ scale }) => scale === scales[3])).toMatchObject({ n: 40, n_flagged: 11 });
	});

	it('hides the comparison where it would tell what one to four people answered', async () => {
		const rows = rowsOf(await run('result-sensitivity', { campaign: 'C1', school: 'S5' }));
		expect(rows.find(({ scale }) => scale === scales[0])).toMatchObject({
			n: 14,
			mean_kept: null,
			n_kept: null,
			n_flagged: null,
			note: 'suppressed-few-flagged',
		});
	});

	it('leaves nothing out unless asked, then says how many and why', async () => {
		const all = await run('deficit-map', { campaign: 'C1' });
		expect(rowsOf(all)[0]).toMatchObject({ n: 42, n_invited: 42 });
		expect(all.notes.some(({ code }) => code.startsWith('left-out'))).toBe(false);
		expect(rowsOf(await run('deficit-map', { campaign: 'C1', quality: 'all' }))).toEqual(rowsOf(all));

		const without = await run('deficit-map', { campaign: 'C1', quality: 'unflagged' });
		expect(rowsOf(without)[0]).toMatchObject({ n: 29, n_invited: 42 });
		expect(words(without)[0]).toBe(
			'Не учтены ответы с признаками невнимательного заполнения: 13 из 42. Причины (у одного ответа их может быть несколько): слишком быстро — 6; один и тот же ответ подряд — 5; ответы расходятся между собой — 6; много пропусков — меньше 5. Сами ответы сохранены.',
		);
		const bands = rowsOf(await run('deficit-distribution', { campaign: 'C1', quality: 'unflagged' }));
		expect(bands[0]).toMatchObject({ n_total: 29 });
		await expect(run('deficit-map', { campaign: 'C1', quality: 'best' })).rejects.toThrow('unknown-filter');
	});

	it('does not tell a school how many were left out when that would point at people', async () => {
		for (const answer of [
			await run('deficit-map', { campaign: 'C1', quality: 'unflagged', school: 'S5' }),
			await run('deficit-map', { campaign: 'C1', quality: 'unflagged' }, 'school_coordinator'),
		]) {
			expect(answer.notes[0]).toEqual({ code: 'left-out-hidden' });
			const first = rowsOf(answer).filter(({ scale }) => scale === scales[0]);
			expect(first.length).toBeGreaterThan(0);
			for (const row of first) expect(row).toMatchObject({ n: null, mean_percent: null, n_high: null });
		}
	});

	it('no pair of answers with and without flagged responses gives a few people away', async () => {
		const shown = new Map<string, number>();
		const selections: Filters[] = [{}, { school: 'S5' }];
		for (const selection of selections)
			for (const by of ['school', 'school_kind'])
				for (const quality of ['all', 'unflagged'])
					for (const row of rowsOf(await run('deficit-map', { campaign: 'C1', by, quality, ...selection })))
						if (typeof row.n === 'number')
							shown.set(JSON.stringify([by, selection, row.scale, row.group_key, quality]), row.n);
		let compared = 0;
		for (const [key, n] of shown) {
			const without = shown.get(key.replace('"all"]', '"unflagged"]'));
			if (!key.endsWith('"all"]') || without === undefined) continue;
			compared += 1;
			expect(n - without === 0 || n - without >= 5, key).toBe(true);
		}
		expect(compared).toBeGreaterThan(4);
		// by school: what is shown of two schools must not give away the third's two people
		const kept = rowsOf(await run('deficit-map', { campaign: 'C1', by: 'school', quality: 'unflagged' }));
		expect(kept.filter(({ scale }) => scale === scales[0]).map(({ n }) => n)).toEqual([8, null, null]);
	});
});

describe('words of the signs', () => {
	const context = { presets: definition.presets, filters: { by: 'municipality' }, language: 'en' as const };
	const counted = (sign: string, n: number, n_flagged: number) => ({
		sign,
		n,
		n_flagged,
		group_label: 'First',
	});

	it('a sign that cannot be judged has a reason and no number', () => {
		const { rows, notes } = compute(
			['any', 'fast', 'one_answer', 'inconsistent', 'incomplete'].map((sign) => counted(sign, 0, 0)),
			context,
		);
		expect(rows.map(({ note }) => note)).toEqual([
			'all-missing',
			'not-timed',
			'few-attitude-items',
			'few-scales',
			'all-missing',
		]);
		expect(JSON.stringify(rows)).not.toMatch(/NaN|Infinity/);
		expect(notes).toContainEqual({ code: 'few-scales', count: 1, values: { minimum: 5 } });
	});

	it('the title gives one group its share and never ranks several', () => {
		const { rows } = compute([counted('any', 40, 10)], context);
		expect(summarise(rows, context).title.en).toBe('First: 25 % of responses carry a sign, n = 40');
		const several = compute([counted('any', 40, 10), counted('any', 50, 20)], context).rows;
		expect(summarise(several, context).title.en).toBe(
			'Responses with signs, where the share can be told: 25–40 %',
		);
	});
});

function rowsOf({ columns, length }: ModuleResult): Record<string, Cell>[] {
	return Array.from({ length }, (_, row) =>
		Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row] ?? null])),
	);
}
