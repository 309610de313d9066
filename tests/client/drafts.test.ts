import { describe, expect, test } from 'vitest';
import { readDraft, startDraft } from '#client/campaigns/campaign-draft.ts';
import { linksAsCsv } from '#client/campaigns/links-csv.ts';
import {
	measuresForRisks,
	type PlanDraft,
	readPlan,
	renewSuggestion,
	startGoal,
} from '#client/support/plan-start.ts';
import { campaignBody } from '#server/contract/diagnostics.ts';
import { planBody } from '#server/contract/support.ts';

describe('a campaign being written', () => {
	const whole = {
		...startDraft('M1', '2026-09-01'),
		title: ' Осенняя диагностика ',
		goal: 'Спланировать курсы',
		basis_document: 'Приказ № 415',
		instruments: ['professional-difficulties@2'],
	};

	test('becomes a body that the server takes; empty choices mean everybody', () => {
		const body = campaignBody.parse(readDraft(whole));
		expect(body).toMatchObject({
			title: 'Осенняя диагностика',
			schools: null,
			subjects: null,
			instruments: [{ instrument: 'professional-difficulties', version: 2 }],
		});
		expect(readDraft({ ...whole, schools: ['S1'], subjects: ['math'] })).toMatchObject({
			schools: ['S1'],
			subjects: ['math'],
		});
	});

	test.each([
		['title', ' '],
		['goal', ''],
		['basis_document', ''],
		['instruments', []],
		['opens_on', ''],
		['reference_day', ''],
	])('is not sent without %s', (name, value) => {
		expect(readDraft({ ...whole, [name]: value })).toBeNull();
	});

	test('is not sent when it closes before it opens', () => {
		expect(readDraft({ ...whole, opens_on: '2026-12-02', closes_on: '2026-12-01' })).toBeNull();
	});
});

describe('a plan being written', () => {
	const measure = {
		key: 'a',
		title: ' Семинар ',
		owner: 'Орлова',
		starts_on: '2026-12-01',
		due_on: '2026-12-20',
	};
	const whole: PlanDraft = {
		school_id: 'S1',
		title: 'План',
		basis: 'flag',
		module: 'low-results',
		year: 2026,
		goal: 'Цель',
		indicator: 'Доля',
		baseline: 40.1,
		target: 28,
		unit: '%',
		due_on: '2027-06-15',
		curator: 'Орлова',
		measures: [measure],
	};

	test('becomes a body that the server takes, with the filters of its evidence', () => {
		const body = planBody.parse(readPlan(whole));
		expect(body.evidence).toEqual({ module: 'low-results', filters: { school: 'S1', year: 2026 } });
		expect(body.measures).toEqual([
			{ title: 'Семинар', owner: 'Орлова', starts_on: '2026-12-01', due_on: '2026-12-20' },
		]);
		expect(readPlan({ ...whole, module: '' })?.evidence).toBeNull();
	});

	test('is not sent with a measure that ends before it begins, or has no owner', () => {
		expect(readPlan({ ...whole, measures: [{ ...measure, due_on: '2026-11-30' }] })).toBeNull();
		expect(readPlan({ ...whole, measures: [{ ...measure, owner: ' ' }] })).toBeNull();
	});

	test('starts from the numbers of the evidence, and from none without it', () => {
		const low = { share: 0.401, threshold: 0.3 };
		expect(startGoal('low-results', null, low as never, [])).toEqual({ baseline: 40.1, target: 28 });
		expect(startGoal('low-results', null, null, [])).toEqual({ baseline: null, target: null });
		const evidence = { families: ['border', 'pattern'] };
		expect(startGoal('result-objectivity', evidence as never, null, [])).toEqual({ baseline: 2, target: 0 });
	});

	test('rests on factors of high significance that the school confirmed, of all in its profile', () => {
		const factors = [
			{ significance: 'high', answer: 'agreed' },
			{ significance: 'high', answer: 'awaited' },
			{ significance: 'high', answer: 'disagreed' },
			{ significance: 'medium', answer: 'agreed' },
		];
		expect(startGoal('risk-profile', null, null, factors as never)).toEqual({ baseline: 1, target: 0 });
	});

	test('begins nowhere while the school has not answered any factor', () => {
		const factors = [{ significance: 'high', answer: 'awaited' }];
		expect(startGoal('risk-profile', null, null, factors as never)).toEqual({ baseline: null, target: null });
	});

	test.each([
		['none', 40.1],
		['watch', 40.1],
		['insufficient', 40.1],
		['sign', null],
		['persistent', null],
	])('results at the level %s give the baseline %s', (level, baseline) => {
		const evidence = { families: [], level } as never;
		const low = { share: 0.401, threshold: 0.3 } as never;
		expect(startGoal('low-results', evidence, low, []).baseline).toBe(baseline);
	});

	test('follows other evidence where nothing was written, and keeps what was', () => {
		const measures = (key: string, title = 'Семинар') => [{ ...measure, key, title }];
		const before = { ...whole, measures: measures('a') };
		const now = { ...whole, goal: 'Другая', baseline: 22, target: 15, measures: measures('b', 'Разбор') };
		expect(renewSuggestion({ ...before, measures: measures('c') }, before, now)).toEqual(now);
		const written = { ...before, goal: 'Своя цель', target: 20, measures: measures('a', 'Свой семинар') };
		expect(renewSuggestion(written, before, now)).toMatchObject({
			goal: 'Своя цель',
			baseline: 22,
			target: 20,
			measures: written.measures,
		});
	});

	test('takes a measure for each factor of the school’s programme', () => {
		const measures = measuresForRisks(['Антирисковая программа: подвоз', 'x'.repeat(400)], 'Школа');
		expect(readPlan({ ...whole, measures })!.measures[0]).toMatchObject({
			title: 'Антирисковая программа: подвоз',
			owner: 'Школа',
		});
		expect(planBody.safeParse(readPlan({ ...whole, measures })).success).toBe(true);
	});
});

describe('links as a table', () => {
	test('opens in Excel and runs nothing', () => {
		const csv = linksAsCsv([
			['Педагог', 'Ссылка'],
			['=HYPERLINK("x")', 'Школа «А»; "Б"'],
		]);
		expect(csv).toBe('\uFEFF"Педагог";"Ссылка"\r\n"\'=HYPERLINK(""x"")";"Школа «А»; ""Б"""\r\n');
	});
});
