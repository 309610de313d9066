import { describe, expect, test } from 'vitest';
import { compute, summarise } from '#analytics/risk-profile/compute.ts';
import { definition as catalogueDefinition } from '#analytics/risk-profile/definition.ts';
import { significanceOf } from '#analytics/statistics/risk-index.ts';

const { presets } = catalogueDefinition;
const inputs = [
	{ id: 'a', title: { ru: 'Вакансии', en: 'Vacancies' }, value: 9, good: 0, bad: 10, weight: 1 },
];
const rated = (changes: object = {}) => ({
	...{ school_id: 'S1', school_name: 'Школа 1', municipality_id: 'M1', year: 2026, factor: 'staffing' },
	...{ title_ru: 'Дефицит кадров', title_en: 'Shortage of teachers', risk_index: 90, significance: 'high' },
	...{ inputs: JSON.stringify(inputs), remark: '', proposed_on: '2026-03-01' },
	...{ agrees: null, is_chosen: null, answer_remark: null, verified_on: null },
	...changes,
});
const run = (rows: object[], language: 'ru' | 'en' = 'ru') =>
	compute(rows as never, { presets, filters: {}, language });

describe('a risk profile', () => {
	test('a factor without an answer is a proposal, and is noted', () => {
		const { rows, notes } = run([rated()]);
		expect(rows[0]).toMatchObject({
			...{
				factor_title: 'Дефицит кадров',
				significance_text: 'высокая',
				answer: 'awaited',
				is_chosen: false,
			},
			...{ remark: null, answer_remark: null, verified_on: null, note: 'not-verified' },
		});
		expect(notes).toEqual([{ code: 'not-verified', count: 1 }]);
	});

	test('both sides stand with their words and days', () => {
		const answered = rated({
			...{ remark: 'две вакансии', agrees: false, is_chosen: false },
			...{ answer_remark: 'закрыты', verified_on: '2026-03-09' },
		});
		const { rows, notes } = run([answered]);
		expect(rows[0]).toMatchObject({
			...{
				answer: 'disagreed',
				answer_text: 'не согласна',
				remark: 'две вакансии',
				answer_remark: 'закрыты',
			},
			...{ proposed_on: '2026-03-01', verified_on: '2026-03-09', note: null },
		});
		expect(notes).toEqual([]);
	});

	test('what is kept can be read in either language, with the inputs of its day', () => {
		const detail = JSON.parse(String(run([rated()], 'en').rows[0]!.detail));
		expect(detail).toEqual({ title: { ru: 'Дефицит кадров', en: 'Shortage of teachers' }, inputs });
		expect(run([rated()], 'en').rows[0]!.factor_title).toBe('Shortage of teachers');
		expect(JSON.parse(String(run([rated({ inputs: null })]).rows[0]!.detail)).inputs).toEqual([]);
	});

	test('the finding speaks of the last year, and counts what schools took up', () => {
		const { rows } = run([
			rated({ year: 2025 }),
			rated({ agrees: true, is_chosen: true }),
			rated({ factor: 'parents', significance: 'low', agrees: false }),
			rated({ school_id: 'S2', significance: 'medium' }),
		]);
		const found = summarise(rows, { presets, filters: {}, language: 'ru' });
		expect(found.title.ru).toBe('Факторов высокой значимости: 1, взято в программы школ: 1');
		expect(found.subtitle.en).toBe(
			'Year 2026, schools: 2, factors: 3. ✓ the school agrees, ✗ disagrees, ? has not answered yet, ★ in its programme',
		);
		expect(found.summary.ru).toContain('согласны: 1, не согласны: 1, ещё не ответили: 1');
	});

	test('the bounds on its card are those that factors are rated by', () => {
		const at = (index: number) => significanceOf(index);
		expect([at(presets.high_from), at(presets.high_from - 0.01)]).toEqual(['high', 'medium']);
		expect([at(presets.medium_from), at(presets.medium_from - 0.01)]).toEqual(['medium', 'low']);
	});
});
