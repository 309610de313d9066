import { describe, expect, test } from 'vitest';
import type { Row } from '#analytics/module.ts';
import { compute, summarise } from '#analytics/support-priority/compute.ts';
import { definition } from '#analytics/support-priority/definition.ts';
import { priorityOf } from '#analytics/support-priority/priority.ts';

const { presets } = definition;

/** A school with a plan of five measures due, four done in time. */
const school = (changes: object = {}) => ({
	school_id: 'S1',
	school_name: 'Школа 1',
	municipality_id: 'M1',
	region_id: 'R1',
	year: 2026,
	has_plan: true,
	has_draft: false,
	had_plan: false,
	measures: 5,
	measures_in_time: 4,
	measures_due: 5,
	failure_risk: null,
	is_factor_on: true,
	own_good: null,
	own_bad: null,
	...changes,
});
const low = (changes: object = {}) => ({
	school_id: 'S1',
	year: 2026,
	n: 80,
	share: 0.205,
	certainty: 0.45,
	flag: true,
	is_doubtful: false,
	...changes,
});
const run = (schools: object[], results: object[], language: 'ru' | 'en' = 'ru') =>
	compute(schools as never, { presets, filters: {}, language, used: { 'low-results': results as Row[] } });
const only = (one: object, result: object | null, language: 'ru' | 'en' = 'ru') =>
	run([school(one)], result ? [low(result)] : [], language).rows[0]!;

describe('the formula', () => {
	test('the vector of the domain: need 62, certainty .45, coverage 80 % give 44.3', () => {
		const given = { fail_index: 62, failure_risk: null, certainty: 0.45, coverage: 0.8 };
		expect(priorityOf(given, presets)).toEqual({
			need: 62,
			part_need: expect.closeTo(24.8, 10),
			part_certainty: expect.closeTo(13.5, 10),
			part_coverage: expect.closeTo(6, 10),
			priority: expect.closeTo(44.3, 10),
		});
		// the same from the data: 20.5 % of papers is 62 of 100 between 5 % and 30 %
		expect(only({}, {})).toMatchObject({
			need: expect.closeTo(62, 10),
			coverage: 0.8,
			priority: expect.closeTo(44.3, 10),
		});
	});

	test('need is the larger of both indices, and each of them alone will do', () => {
		expect(only({ failure_risk: 90 }, {}).need).toBe(90);
		expect(only({ failure_risk: 10 }, {}).need).toBeCloseTo(62, 10);
		expect(only({ failure_risk: 30 }, { share: null }).need).toBe(30);
	});

	test('the norm of the share, and whether the factor counts, are those of the municipality', () => {
		// 20.5 % is 21 of 100 between 10 % and 60 %
		const own = only({ own_good: 10, own_bad: 60 }, {});
		expect(own).toMatchObject({ fail_good: 10, fail_bad: 60, fail_index: expect.closeTo(21, 10) });
		expect(only({}, {})).toMatchObject({ fail_good: 5, fail_bad: 30 });
		const off = only({ failure_risk: 90, is_factor_on: false }, {});
		expect(off).toMatchObject({ failure_risk: null, need: expect.closeTo(62, 10) });
		expect(off.reason_text).not.toMatch(/90/);
	});

	test('what was never due covers nothing', () => {
		const none = only({ measures_due: 0, measures_in_time: 0 }, {});
		expect(none).toMatchObject({ coverage: null, part_coverage: 30 });
		expect(only({ measures_in_time: 5 }, {}).part_coverage).toBe(0);
	});

	test('nothing to reckon with is said and not guessed', () => {
		for (const row of [only({}, null), only({}, { certainty: null }), only({ failure_risk: 40 }, null)])
			expect(row).toMatchObject({ priority: null, part_need: null, note: 'no-priority' });
		expect(only({}, null).reason_text).toMatch(/^результатов за год нет/);
		expect(only({}, { certainty: null }).reason_text).toMatch(/устойчивость не оценивается/);
		expect(run([school()], []).notes).toEqual([{ code: 'no-priority', count: 1 }]);
	});
});

describe('the reason in words', () => {
	test('names result, risk, plan and doubt, in both languages', () => {
		const row = only({ failure_risk: 71.6 }, { is_doubtful: true });
		expect(row.reason_text).toBe(
			'ниже порога 21 % работ, вероятность устойчиво низких результатов 45 %; риск неуспешности по профилю — 72 из 100; ' +
				'выполнено в срок мер: 4 из 5; есть признаки необъективности: сначала объективность, потребность может быть больше',
		);
		expect(row.note).toBe('doubtful-need');
		expect(only({}, {}, 'en').reason_text).toBe(
			'21 % of papers below the threshold, probability of lasting low results 45 %; measures done in time: 4 of 5',
		);
		expect(only({ has_plan: false, measures_due: 0 }, {}).reason_text).toMatch(/плана поддержки нет$/);
		expect(only({ measures_due: 0 }, {}).reason_text).toMatch(/сроки мер ещё не наступили$/);
		expect(only({ measures: 0, measures_due: 0 }, {}).reason_text).toMatch(/план есть, но мер в нём нет$/);
		const none = { has_plan: false, measures: 0, measures_due: 0 };
		expect(only({ ...none, had_plan: true }, {}).reason_text).toMatch(/завершён, действующего нет$/);
		expect(only({ ...none, has_draft: true, had_plan: true }, {}, 'en').reason_text).toMatch(/a draft$/);
	});

	test('each year is judged by its own results, and the finding counts schools without a plan', () => {
		const { rows } = run(
			[school({ year: 2025 }), school(), school({ school_id: 'S2', has_plan: false })],
			[low({ year: 2025, share: 0.05, certainty: 0 }), low(), low({ school_id: 'S2' })],
		);
		expect(rows.map(({ need }) => Math.round(Number(need)))).toEqual([0, 62, 62]);
		const finding = summarise(rows, { presets, filters: {}, language: 'ru' });
		expect(finding.title.ru).toBe(
			'Школ с низкими результатами: 2, из них без действующего плана поддержки: 1',
		);
	});
});
