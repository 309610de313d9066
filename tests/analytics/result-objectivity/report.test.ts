import { expect, test } from 'vitest';
import { definition } from '#analytics/result-objectivity/definition.ts';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { scratchWith } from './scratch.ts';
import { simulateMunicipality } from './simulate.ts';

const simulation = simulateMunicipality({
	seed: 71,
	schools: 30,
	pupils: [20, 80],
	lifted: new Map([[0, 0.9]]),
});

test('the report has one entry per school and year, one sign per procedure, and reasons in the language asked', async () => {
	const { warehouse, places } = await scratchWith(simulation);
	const report = await analyseObjectivity(warehouse, { places, language: 'ru' });
	expect([report.reference, report.version]).toEqual(['leave-one-out', definition.version]);
	expect(report.schools.map(({ school }) => school)).toEqual(
		Array.from({ length: 30 }, (_, index) => `S${String(index + 1).padStart(3, '0')}`),
	);
	for (const school of report.schools) {
		expect(Object.keys(school)).toEqual(
			'school year n signs families p_combined q_combined level reasons notes'.split(' '),
		);
		expect(Object.keys(school.families)).toEqual(['mean', 'border', 'journal', 'pattern']);
		expect([0, 1, 2, 3, 'X']).toContain(school.level);
		const single = school.signs.filter(({ procedures }) => procedures.length === 1);
		const keys = single.map(({ id, procedures }) => `${id} ${procedures[0]}`);
		expect(new Set(keys).size).toBe(keys.length);
		for (const id of ['O1', 'O3', 'O6', 'O7', 'O8', 'O9', 'O10', 'OF-mean', 'OF-journal'])
			expect(single.filter((sign) => sign.id === id)).toHaveLength(4);
		for (const sign of school.signs) {
			expect(Object.keys(sign)).toEqual('id procedures statistic p q flagged n note'.split(' '));
			if (sign.id.startsWith('OF-')) expect([sign.p, sign.q]).toEqual([null, null]);
		}
	}
	const [lifting] = report.schools;
	expect(Number(lifting!.level)).toBeGreaterThanOrEqual(1);
	expect(lifting!.reasons.join(' ')).toMatch(/границ/);
	expect(lifting!.notes).toContainEqual({ code: 'type-unknown', text: expect.stringMatching(/углубл/) });
	const english = await analyseObjectivity(warehouse, { places, language: 'en' });
	expect(english.schools[0]!.reasons.join(' ')).not.toMatch(/[а-яё]/i);
});

test('with a list of schools the type is known', async () => {
	const types = Object.fromEntries(
		Array.from({ length: 30 }, (_, i) => [
			`S${String(i + 1).padStart(3, '0')}`,
			i === 4 ? 'math;history' : '',
		]),
	);
	const { warehouse, places } = await scratchWith(simulation, types);
	const { schools } = await analyseObjectivity(warehouse, { places, language: 'ru' });
	const notes = (index: number) =>
		schools[index]!.signs.filter(({ id }) => id === 'O1').map(({ note }) => note);
	expect(notes(3)).toEqual([null, null, null, null]);
	expect(notes(4).sort()).toEqual(['advanced-subject', 'advanced-subject', null, null]);
});

test('a reference from outside takes the place of the other schools', async () => {
	const { warehouse, places } = await scratchWith(simulation);
	const pmf = Array.from({ length: 21 }, (_, score) => Math.exp(-((score - 4) ** 2) / 18));
	const items = Object.fromEntries(Array.from({ length: 15 }, (_, j) => [String(j + 1), j < 5 ? 90 : 20]));
	const references = { 'vpr-2025-4-math': { pmf, items, up_share: 0.01 } };
	const report = await analyseObjectivity(warehouse, { places, language: 'ru', references });
	expect(report.reference).toBe('given');
	const own = await analyseObjectivity(warehouse, { places, language: 'ru' });
	const means = (result: typeof report, id: string, procedure: string) =>
		result.schools.flatMap(({ signs }) =>
			signs.filter((sign) => sign.id === id && sign.procedures[0] === procedure).map(({ p }) => p),
		);
	for (const id of ['O1', 'O3', 'O6', 'O8'] as const) {
		expect(means(report, id, 'vpr-2025-4-math'), id).not.toEqual(means(own, id, 'vpr-2025-4-math'));
		expect(means(report, id, 'vpr-2025-5-math'), id).toEqual(means(own, id, 'vpr-2025-5-math'));
	}
	// The given mean is far below all schools: every one of them stands above it.
	for (const p of means(report, 'O1', 'vpr-2025-4-math')) if (p !== null) expect(p).toBeLessThan(0.2);
});
