import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Cell, Filters, ModuleResult } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import { analyseBias } from '#analytics/scale/bias-report.ts';
import { analyseScale } from '#analytics/scale/report.ts';
import type { AnswerPatterns } from '#analytics/statistics/answer-patterns.ts';
import { cronbachAlpha } from '#analytics/statistics/cronbach-alpha.ts';
import { startComputeThread } from '#analytics/worker.ts';
import { latestSeq } from '#data/records/changes.ts';
import { type Projector, startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';
import { listCompetencies } from '#surveys/competencies.ts';
import { eachDialect } from '../../support/records.ts';
import { campaign, participant, put, putTown, response } from '../../support/warehouse.ts';

/** Two competencies of one group: a scale of three items each, and the whole of six. */
const [first, ...others] = listCompetencies();
const second = others.find(({ group }) => group === first!.group)!;
const options = ['a', 'b', 'c', 'd'];
const names = ['q1', 'q2', 'q3', 'q4', 'q5', 'q6'];
const text = { ru: 'Проба', en: 'Trial' };
const instrument = {
	instrument: 'trial',
	version: 1,
	survey: JSON.stringify({
		elements: names.map((name) => ({
			type: 'radiogroup',
			name,
			title: { ru: `Задание ${name}`, en: `Task ${name}` },
			choices: options,
		})),
	}),
	key: JSON.stringify({
		instrument: 'trial',
		version: 1,
		channel: 'test',
		title: text,
		purpose: text,
		languages: ['ru', 'en'],
		minutes: 5,
		teacher_result: 'at_release',
		cut_scores_name: text,
		cut_scores: [
			{ level: 'low', from: 80, to: 100 },
			{ level: 'medium', from: 60, to: 80 },
			{ level: 'high', from: 0, to: 60 },
		],
		scales: [first!, second].map(({ id }) => ({ scale: id, kind: 'competency', planned_sem: 20 })),
		// worth 0 or 3: for a model an item of two categories
		items: names.map((item, j) => ({
			item,
			competency: j < 3 ? first!.id : second.id,
			rule: { kind: 'choice', points: { a: 3, b: 0, c: 0, d: 0 } },
			max_points: 3,
		})),
	}),
	sha256: 'beef',
	published_at: '2026-01-10T00:00:00.000Z',
};

let state = 11;
const random = (): number => {
	state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
	return state / 2 ** 32;
};
/** 60 people in each of six schools; task q3 is far harder in the three rural ones than abilities say. */
const schools = ['S1', 'S2', 'S7', 'S5', 'S6', 'S8'];
const people = Array.from({ length: 360 }, (_, index) => {
	const school = schools[index % 6]!;
	const isRural = index % 6 > 2;
	const ability = 4 * random() - 2;
	const right = names.map((name, j) => {
		const shift = name === 'q3' && isRural ? 2.2 : 0;
		return random() < 1 / (1 + Math.exp(j / 2 - 1.2 + shift - 1.6 * ability)) ? 1 : 0;
	});
	// of the wrong options d is never chosen
	const answers = Object.fromEntries(names.map((name, j) => [name, right[j] ? 'a' : index % 3 ? 'b' : 'c']));
	return { school, isRural, right, answers };
});
const patterns: AnswerPatterns = {
	items: names.length,
	codes: Uint8Array.from(people.flatMap(({ right }) => right)),
	counts: new Float64Array(people.length).fill(1),
};

eachDialect('modules of measurement', (open) => {
	let warehouse: Warehouse;
	let projector: Projector;

	beforeAll(async () => {
		const records = await open();
		await putTown(records);
		const codes = people.map((_, index) => `AA${String(index).padStart(6, '0')}`);
		const few = codes.slice(0, 24).map((code) => code.replace('AA', 'BB'));
		const school = (id: string, locality: string) => ({
			id,
			municipality_id: 'M1',
			name: `Школа ${id}`,
			kind: 'school',
			locality,
			pupils: 90,
			advanced_subjects: null,
			origin: 'registry',
		});
		await put(
			records,
			{
				school: [school('S7', 'urban'), ...['S5', 'S6', 'S8'].map((id) => school(id, 'rural'))],
				instrument_version: [instrument],
				campaign: [
					campaign('C1', 'M1', 'released'),
					{ ...campaign('C2', 'M1', 'released'), released_at: '2026-02-01T00:00:00.000Z' },
				],
				campaign_instrument: ['C1', 'C2'].map((campaign_id) => ({
					campaign_id,
					instrument: 'trial',
					version: 1,
					position: 1,
				})),
				participant: [
					...codes.map((code, index) => participant(code, 'C1', people[index]!.school)),
					...few.map((code, index) => participant(code, 'C2', schools[index % 6]!)),
				],
				response: [
					...people.map(({ answers }, index) => ({
						...response(`r${index}`, 'C1', codes[index]!, answers, 'trial'),
						// eight people answered in three seconds
						duration_seconds: index < 8 ? 3 : 300,
					})),
					...few.map((code, index) => response(`u${index}`, 'C2', code, people[index]!.answers, 'trial')),
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
				...few.map((_, index): ['responses', string] => ['responses', `u${index}`]),
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

	const run = (module: string, filters: Filters = { campaign: 'C1' }, language: 'ru' | 'en' = 'ru') =>
		runModule(findModule(module)!, {
			warehouse,
			viewer: {
				role: 'methodist',
				places: ['municipality/M1', 'stage/methodist'],
				codes: [],
				may_read_keys: true,
			},
			filters,
			language,
		});

	describe('scale-reliability', () => {
		it('gives each scale and the whole the α of its points, the error in points and what it does to levels', async () => {
			const rows = rowsOf(await run('scale-reliability'));
			expect(rows.map(({ scale, kind, items }) => [scale, kind, items])).toEqual([
				['all', 'whole', 6],
				[first!.id, 'competency', 3],
				[second.id, 'competency', 3],
			]);
			const points = people.map(({ right }) => right.map((code) => 3 * code));
			const alpha = cronbachAlpha(points)!;
			expect(rows[0]!.alpha).toBeCloseTo(alpha, 10);
			expect(rows[0]).toMatchObject({ n: 360, school_count: 6, borderline: null });
			const [left, right] = [points.map((row) => row.slice(0, 3)), points.map((row) => row.slice(3))];
			expect(rows[1]!.alpha).toBeCloseTo(cronbachAlpha(left)!, 10);
			expect(rows[2]!.alpha).toBeCloseTo(cronbachAlpha(right)!, 10);
			const totals = points.map((row) => row.reduce((sum, x) => sum + x, 0));
			const mean = totals.reduce((sum, x) => sum + x, 0) / 360;
			const sd = Math.sqrt(totals.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 359);
			expect(rows[0]!.sem).toBeCloseTo(sd * Math.sqrt(1 - alpha), 9);
			expect(rows[0]!.sem_percent).toBeCloseTo((100 * sd * Math.sqrt(1 - alpha)) / 18, 9);
			expect(Number(rows[0]!.alpha_lo)).toBeLessThan(alpha);
			expect(Number(rows[0]!.alpha_hi)).toBeGreaterThan(alpha);
			// 0, 33, 67 and 100 %: an error of more than 20 / 1.96 puts everybody but the lowest near a border
			const low = left.filter((row) => row.every((x) => x === 0)).length;
			const near = Number(rows[1]!.sem_percent) * 1.96;
			const expected = [0, 100 / 3, 200 / 3, 100].map((p) =>
				[60, 80].some((cut) => Math.abs(p - cut) <= near),
			);
			const share =
				left.filter((row) => expected[row.reduce((sum, x) => sum + x / 3, 0)]).length / left.length;
			expect(low).toBeGreaterThan(0);
			expect(rows[1]!.borderline_coded ?? rows[1]!.borderline).toEqual(
				share > 0.99 ? '>=' : expect.closeTo(share, 9),
			);
		});

		it('says the same of the separation as `analyze scale`', async () => {
			const report = analyseScale(patterns, { titles: names, language: 'ru' });
			const [whole] = rowsOf(await run('scale-reliability'));
			expect(whole!.separation).toBeCloseTo(report.separation!, 6);
			expect(whole!.omega).toBeCloseTo(report.omega_total!, 8);
		});

		it('refuses in words below its minimum', async () => {
			const answer = await run('scale-reliability', { campaign: 'C2' });
			expect(answer.finding.title.ru).toBe('Мало ответов: судить о надёжности можно от 30');
			expect(answer.notes).toContainEqual({ code: 'few-for-scale', values: { minimum: 30 } });
			for (const row of rowsOf(answer)) expect(row).toMatchObject({ n: 24, alpha: null, sem: null });
		});

		it('leaves flagged responses out when asked, and says how many', async () => {
			const answer = await run('scale-reliability', { campaign: 'C1', quality: 'unflagged' });
			expect(rowsOf(answer)[0]).toMatchObject({ n: 352 });
			expect(answer.notes[0]).toMatchObject({
				code: 'left-out-flagged',
				values: { left_out: 8, total: 360 },
			});
		});
	});

	describe('item-quality', () => {
		it('gives every item its facility, correlation, difficulty and fit, as `analyze scale` does', async () => {
			const report = analyseScale(patterns, { titles: names, language: 'ru' });
			const rows = rowsOf(await run('item-quality')).filter(({ kind }) => kind === 'item');
			for (const [j, expected] of report.items.entries()) {
				const row = rows[j]!;
				expect(row).toMatchObject({ item: names[j], item_title: `Задание ${names[j]}`, n_answered: 360 });
				expect(row.facility).toBeCloseTo(people.filter(({ right }) => right[j]).length / 360, 12);
				expect(row.item_rest).toBeCloseTo(expected.item_rest_r!, 9);
				expect(row.alpha_without).toBeCloseTo(expected.alpha_if_dropped!, 9);
				expect(row.difficulty).toBeCloseTo(Number(expected.rasch_difficulty), 6);
				expect(row.difficulty_se).toBeCloseTo(Number(expected.rasch_se), 6);
				expect(row.infit).toBeCloseTo(expected.infit!, 6);
				expect(row.outfit).toBeCloseTo(expected.outfit!, 6);
			}
		});

		it('tells how options are used and flags the idle one, without what they are worth', async () => {
			const answer = await run('item-quality');
			const rows = rowsOf(answer);
			const of = (item: string) => rows.filter((row) => row.kind === 'option' && row.item === item);
			const chose = (option: string) => people.filter(({ answers }) => answers.q2 === option).length;
			expect(of('q2').map(({ part_title }) => part_title)).toEqual(options);
			expect(of('q2').map(({ n_part }) => n_part)).toEqual([chose('a'), chose('b'), chose('c'), null]);
			expect(of('q2')[3]).toMatchObject({ share: 0.01, share_coded: '<=' });
			expect(rows[0]!.flags).toContain('вариант, который почти не выбирают');
			expect(Object.keys(answer.columns).filter((name) => /key|right|option_points/.test(name))).toEqual([]);
			expect(of('q2').every(({ facility, item_rest }) => facility === null && item_rest === null)).toBe(true);
		});

		it('keeps the options of a test from whoever may not read its key, says so, and keeps the rest', async () => {
			const options = { warehouse, filters: { campaign: 'C1' }, language: 'ru' as const };
			const viewer = { role: 'regional_viewer' as const, places: ['municipality/M1'], codes: [] };
			const answer = await runModule(findModule('item-quality')!, { ...options, viewer });
			const all = rowsOf(await run('item-quality'));
			expect(rowsOf(answer)).toEqual(all.filter(({ kind }) => kind !== 'option'));
			expect(all.some(({ kind }) => kind === 'option')).toBe(true);
			expect(answer.notes).toContainEqual({ code: 'options-withheld', count: names.length });
			const open = await run('item-quality');
			expect(open.notes.map(({ code }) => code)).not.toContain('options-withheld');
		});

		it('puts people on the ruler of the items in bands that tell of nobody', async () => {
			const answer = await run('item-quality');
			const bands = rowsOf(answer).filter(({ kind }) => kind === 'persons');
			expect(bands.length).toBeGreaterThan(3);
			expect(bands.reduce((sum, { n_part }) => sum + Number(n_part), 0)).toBe(360);
			for (const { n_part } of bands) expect(Number(n_part)).toBeGreaterThanOrEqual(5);
			for (const [at, band] of bands.slice(1).entries())
				expect(Number(band.logit_from)).toBeGreaterThanOrEqual(Number(bands[at]!.logit_to));
			expect(answer.notes.map(({ code }) => code)).toContain('model-holds');
		});

		it('narrows to a scale, and refuses in words below its minimum', async () => {
			const part = rowsOf(await run('item-quality', { campaign: 'C1', competency: second.id }));
			expect(part.filter(({ kind }) => kind === 'item').map(({ item }) => item)).toEqual(['q4', 'q5', 'q6']);
			const few = await run('item-quality', { campaign: 'C2' }, 'en');
			expect(few.finding.title.en).toBe('Too few responses: items can be judged from 30 on');
			expect(
				rowsOf(few).every(({ facility, note }) => facility === null && note === 'too-few-respondents'),
			).toBe(true);
		});
	});

	describe('item-bias', () => {
		it('names the item that rural teachers find harder than equally able others, and no other', async () => {
			const answer = await run('item-bias', { campaign: 'C1', by: 'locality' });
			const rows = rowsOf(answer);
			expect(rows).toHaveLength(6);
			const named = rows.filter(({ size }) => size !== 'none');
			expect(named.map(({ item }) => item)).toEqual(['q3']);
			expect(Math.abs(Number(named[0]!.shift))).toBeGreaterThan(1);
			expect(named[0]!.verdict).toBe(
				named[0]!.group_key === 'rural' ? 'заметно труднее для группы' : 'заметно легче для группы',
			);
			expect(answer.finding.title.ru).toBe('По-разному работает 1 из 6 пунктов');
		});

		it('agrees with `analyze dif` by both methods', async () => {
			// a scale without the planted item: nothing is cleaned
			const scale = { campaign: 'C1', by: 'locality', competency: second.id };
			const rows = rowsOf(await run('item-bias', scale));
			expect(rows.map(({ size }) => size)).toEqual(['none', 'none', 'none']);
			const isRuralFocal = rows[0]!.group_key === 'rural';
			const groups = people.map(({ isRural }) => (isRural === isRuralFocal ? 'z focal' : 'a reference'));
			const part = { ...patterns, items: 3, codes: patterns.codes.filter((_, at) => at % 6 > 2) };
			const titles = names.slice(3);
			const mantel = analyseBias(part, groups, { titles, language: 'ru' });
			const logistic = analyseBias(part, groups, { titles, language: 'ru', method: 'logistic' });
			for (const [j, row] of rows.entries()) {
				expect(row.p).toBeCloseTo(mantel.items[j]!.p!, 9);
				expect(row.q).toBeCloseTo(mantel.items[j]!.q!, 9);
				expect(row.effect).toBeCloseTo(mantel.items[j]!.effect!, 9);
				expect(row.class_mh).toBe(mantel.items[j]!.class);
				expect(row.delta_r2).toBeCloseTo(logistic.items[j]!.effect!, 9);
				expect(row.q_logistic).toBeCloseTo(logistic.items[j]!.q!, 9);
				expect(row.p_uniform).toBeCloseTo(logistic.items[j]!.logistic!.uniform.p, 9);
			}
		});

		it('says in words that groups are too small, or that there is one alone', async () => {
			const few = await run('item-bias', { campaign: 'C2', by: 'locality' });
			expect(few.finding.title.ru).toBe('Группы малы: для сравнения нужно по 50 полных ответов');
			for (const row of rowsOf(few)) expect(row).toMatchObject({ p: null, verdict: null, shift: null });
			const one = await run('item-bias', { campaign: 'C1', by: 'seniority_band' });
			expect(one.length).toBe(0);
			expect(one.notes.map(({ code }) => code)).toEqual(['no-reference']);
		});
	});

	it('works the numbers out in the thread of computing, the same as here', async () => {
		const thread = startComputeThread();
		try {
			for (const module of ['scale-reliability', 'item-quality', 'item-bias']) {
				const here = await run(module);
				const there = await runModule(findModule(module)!, {
					warehouse,
					viewer: {
						role: 'leader',
						places: ['municipality/M1', 'stage/methodist'],
						codes: [],
						may_read_keys: true,
					},
					filters: { campaign: 'C1' },
					language: 'ru',
					computer: thread.computer,
				});
				expect(there.columns).toEqual(here.columns);
			}
		} finally {
			await thread.close();
		}
	});

	it('shows nothing to a school, whose few people could be told apart', async () => {
		for (const module of ['scale-reliability', 'item-quality', 'item-bias'])
			await expect(
				runModule(findModule(module)!, {
					warehouse,
					viewer: { role: 'school_coordinator', places: ['school/S5', 'stage/school'], codes: [] },
					filters: {},
					language: 'ru',
				}),
			).rejects.toThrow('not-for-role');
	});
});

function rowsOf({ columns, length }: ModuleResult): Record<string, Cell>[] {
	return Array.from({ length }, (_, row) =>
		Object.fromEntries(Object.entries(columns).map(([name, cells]) => [name, cells[row] ?? null])),
	);
}
