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
	// The school that lifts papers serves nobody.
	expect([report.reference, report.version]).toEqual(['without-flagged', definition.version]);
	expect(report.schools[1]!.notes).toContainEqual({
		code: 'reference-without-flagged',
		text: expect.stringMatching(/эталоном не служат/),
	});
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
	expect(english.schools[1]!.notes.map(({ text }) => text).join(' ')).toMatch(/do not serve others/);
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
	const honest = simulateMunicipality({ seed: 72, schools: 30, pupils: [15, 40] });
	const { warehouse, places } = await scratchWith(honest);
	const bell = (centre: number) => {
		const weights = Array.from({ length: 21 }, (_, score) => Math.exp(-((score - centre) ** 2) / 30));
		const sum = weights.reduce((total, weight) => total + weight, 0);
		return weights.map((weight) => weight / sum);
	};
	const items = Object.fromEntries(Array.from({ length: 15 }, (_, j) => [String(j + 1), j < 8 ? 70 : 45]));
	const ask = (centre: number) =>
		analyseObjectivity(warehouse, {
			places,
			language: 'ru',
			references: { 'vpr-2025-4-math': { pmf: bell(centre), items, up_share: 0.5 } },
		});
	const report = await ask(12);
	expect(report.reference).toBe('given');
	const own = await analyseObjectivity(warehouse, { places, language: 'ru' });
	const means = (result: typeof report, id: string, procedure: string) =>
		result.schools.flatMap(({ signs }) =>
			signs.filter((sign) => sign.id === id && sign.procedures[0] === procedure).map(({ p }) => p),
		);
	for (const id of ['O1', 'O3', 'O6', 'O8'] as const) {
		expect(means(report, id, 'vpr-2025-4-math'), id).not.toEqual(means(own, id, 'vpr-2025-4-math'));
		// Nobody is singled out by it, so nobody leaves the reference of the other procedures.
		expect(means(report, id, 'vpr-2025-5-math'), id).toEqual(means(own, id, 'vpr-2025-5-math'));
	}
	// A given mean far below all schools: every one of them stands above it.
	for (const p of means(await ask(2), 'O1', 'vpr-2025-4-math')) if (p !== null) expect(p).toBeLessThan(0.2);
});
