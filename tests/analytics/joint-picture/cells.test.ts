import { describe, expect, test } from 'vitest';
import { actionTexts, standings, trustOf, trusts } from '#analytics/joint-picture/cells.ts';
import { compute } from '#analytics/joint-picture/compute.ts';
import { definition } from '#analytics/joint-picture/definition.ts';
import type { SchoolYear } from '#analytics/joint-picture/expectation.ts';
import type { ComputeContext, Row } from '#analytics/module.ts';

/** Forty schools: rural ones half a deviation lower, all close to what their place lets one expect. */
function region(changes: Record<number, Partial<SchoolYear>> = {}): SchoolYear[] {
	return Array.from({ length: 40 }, (_, index) => ({
		school_id: `S${index}`,
		school_name: `Школа ${index}`,
		municipality_id: 'M1',
		region_id: 'R1',
		is_shown: index < 20,
		year: 2026,
		kind: 'school',
		locality: index % 2 === 0 ? 'rural' : 'urban',
		pupils: 300,
		n: 60,
		result: (index % 2 === 0 ? -0.25 : 0.25) + 0.1 * Math.sin(7 * index),
		...changes[index],
	}));
}

interface Says {
	levels?: Record<string, string>;
	low?: string[];
	presets?: object;
	language?: 'ru' | 'en';
}

function run(schools: SchoolYear[], { levels = {}, low = [], presets, language = 'ru' }: Says = {}) {
	const context: ComputeContext = {
		presets: { ...definition.presets, ...presets },
		filters: {},
		language,
		used: {
			'low-results': schools.map(({ school_id, year, n }) => ({
				school_id,
				year,
				n,
				flag: low.includes(school_id),
				label_text: low.includes(school_id) ? 'вероятно' : null,
			})),
			'result-objectivity': schools.map(({ school_id, year }) => ({
				school_id,
				year,
				level: levels[school_id] ?? '0',
			})),
		},
	};
	const { rows, notes } = compute(schools as never, context);
	return { rows, notes, of: (id: string) => rows.find(({ school_id }) => school_id === id) as Row };
}

describe('the cells of the joint picture', () => {
	test.each([
		['0', 'objective'],
		['1', 'objective'],
		['2', 'doubtful'],
		['3', 'doubtful'],
		['X', 'unknown'],
		[undefined, 'unknown'],
	])('level %s says %s', (level, trust) => {
		expect(trustOf(level)).toBe(trust);
	});

	// Domain §5.3, cell by cell; the third row is «high results above context».
	test.each([
		['low', '0', 'поддержка в первую очередь', true],
		['low', '1', 'поддержка в первую очередь', true],
		['low', '2', 'сначала объективность оценивания, затем содержание', false],
		['low', '3', 'сначала объективность оценивания, затем содержание', false],
		['normal', '0', 'обычная работа', true],
		['normal', '3', 'уровень неизвестен: не брать для сравнения и в наставники', false],
		['high', '1', 'возможная опорная школа: изучить опыт', true],
		['high', '2', 'проверить, прежде чем хвалить', false],
		['low', 'X', 'поговорить со школой и накопить данные: проверить результат пока нечем', false],
		['high', 'X', 'накопить данные, прежде чем хвалить', false],
	])('%s results at level %s: %s', (standing, level, action, isBenchmark) => {
		const schools = region(standing === 'high' ? { 3: { result: 1.4 } } : {});
		const { of } = run(schools, { levels: { S3: level }, low: standing === 'low' ? ['S3'] : [] });
		expect(of('S3')).toMatchObject({ standing, action_text: action, is_benchmark: isBenchmark });
	});

	test('every cell says what to do in both languages, and no two say the same', () => {
		const texts = standings.flatMap((standing) => trusts.map((trust) => actionTexts[standing][trust]));
		for (const language of ['ru', 'en'] as const)
			expect(new Set(texts.map((text) => text[language])).size).toBe(9);
		expect(run(region(), { language: 'en' }).of('S1').action_text).toBe('usual work');
	});

	test('the rule is not softened by context: a low school above its expectation stays low', () => {
		const { of } = run(region({ 3: { result: 1.4 } }), { low: ['S3'] });
		expect(of('S3')).toMatchObject({ standing: 'low', certainty_text: 'вероятно' });
		expect(Number(of('S3').residual_lo)).toBeGreaterThan(0);
	});
});

describe('the expectation from context', () => {
	test('asks of a rural school what rural schools reach', () => {
		const { of } = run(region());
		expect(Number(of('S0').expected)).toBeCloseTo(-0.25, 1);
		expect(Number(of('S1').expected)).toBeCloseTo(0.25, 1);
		// the same result is above expectation in the country and usual in town
		const same = run(region({ 2: { result: 0.3 }, 3: { result: 0.3 } }));
		expect([same.of('S2').standing, same.of('S3').standing]).toEqual(['high', 'normal']);
	});

	test('results in doubt have no part in the line, wherever the school lies, and are judged by it', () => {
		const honest = run(region());
		// S30 is out of the viewer's sight
		const inflated = region({ 3: { result: 6 }, 30: { result: 9 } });
		const left = run(inflated, { levels: { S3: '2', S30: '3' } });
		const kept = run(inflated);
		for (const id of ['S0', 'S1', 'S4']) {
			expect(Number(left.of(id).expected)).toBeCloseTo(Number(honest.of(id).expected), 1);
			expect(Math.abs(Number(kept.of(id).expected) - Number(honest.of(id).expected))).toBeGreaterThan(0.1);
		}
		expect(left.of('S3')).toMatchObject({ standing: 'high', trust: 'doubtful', is_benchmark: false });
		expect(left.rows.every(({ school_id }) => Number(String(school_id).slice(1)) < 20)).toBe(true);
		expect(JSON.stringify(left)).not.toContain('S30');
	});

	test('few papers neither make the line nor a school above it', () => {
		const small = run(region({ 3: { result: 6, n: 19 } }));
		expect(small.of('S3').standing).toBe('normal');
		expect(Number(small.of('S1').expected)).toBeCloseTo(0.25, 1);
	});

	test('is refused below thirty sound schools, in words', () => {
		const enough = Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`S${index}`, '2']));
		expect(run(region(), { levels: enough }).of('S15').expected).not.toBeNull();
		const { of, rows, notes } = run(region(), { levels: { ...enough, S10: '2' } });
		expect(of('S15')).toMatchObject({
			expected: null,
			residual: null,
			standing: 'normal',
			note: 'no-expectation',
		});
		expect(notes).toEqual([{ code: 'no-expectation', count: rows.length, values: { schools: 30 } }]);
	});

	test('a variable that is hardly known is left out; a school of unknown context has no expectation', () => {
		const unknown = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [20 + i, { pupils: null }]));
		const varied = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [i, { pupils: 100 + 17 * i }]));
		expect(run(region({ ...varied, ...unknown })).of('S1').expected).not.toBeNull();
		const one = run(region({ ...varied, 1: { pupils: null } }));
		expect([one.of('S1').expected, one.of('S1').note]).toEqual([null, 'no-expectation-context']);
		expect(one.of('S3').expected).not.toBeNull();
		const summed = run(region({ 1: { result: null, n: 0 } }));
		expect(summed.of('S1')).toMatchObject({
			standing: 'normal',
			result: null,
			note: 'no-expectation-result',
		});
		const alike = run(region().map((school) => ({ ...school, locality: null, kind: null })));
		expect(alike.of('S1').expected).toBeNull();
		expect(alike.notes).toEqual([
			{ code: 'no-expectation-alike', count: alike.rows.length, values: { schools: 30 } },
		]);
		expect(JSON.stringify([one, summed, alike])).not.toMatch(/NaN|Infinity/);
	});

	test('what does not vary among the schools of the line, or repeats another, takes nothing from the rest', () => {
		const plain = run(region()).rows.map(({ expected }) => expected);
		const of = (schools: SchoolYear[], says: Says = {}) =>
			run(schools, says).rows.map(({ expected, note }) => (note === null ? expected : note));
		// the only gymnasium of the region has no part in the line
		const doubtful = of(region({ 3: { kind: 'gymnasium' } }), { levels: { S3: '2' } });
		expect(doubtful).toEqual(run(region(), { levels: { S3: '2' } }).rows.map(({ expected }) => expected));
		expect(doubtful.every((value) => typeof value === 'number')).toBe(true);
		// every school of a town is a gymnasium, and its size follows from that, too
		const repeated = region().map((school) =>
			school.locality === 'urban' ? { ...school, kind: 'gymnasium', pupils: 900 } : school,
		);
		for (const [index, value] of of(repeated).entries()) expect(value).toBeCloseTo(Number(plain[index]), 9);
		// a size that differs by rounding only says nothing
		const almost = region().map((school, index) => ({ ...school, pupils: index === 7 ? 300 + 1e-11 : 300 }));
		for (const [index, value] of of(almost).entries()) expect(value).toBeCloseTo(Number(plain[index]), 9);
	});

	test('each region and year has a line of its own', () => {
		const before = region().map((school) => ({ ...school, year: 2025, result: Number(school.result) + 5 }));
		const { rows } = run([...region(), ...before]);
		const alone = run(region()).rows;
		expect(rows.filter(({ year }) => year === 2026)).toEqual(alone);
	});
});
