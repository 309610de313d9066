import { expect, test } from 'vitest';
import type { ItemCompletionToStore } from '#data/import/item-gathering.ts';
import { templateForms } from '#data/import/result-forms.ts';
import { writeTemplate } from '#data/import/template.ts';
import { check, math, townContext } from './checking.ts';

const cases = templateForms.flatMap((form) =>
	(['ru', 'en'] as const).flatMap((language) =>
		(['xlsx', 'csv'] as const).map((format) => [form, language, format] as const),
	),
);

test.each(cases)('the template of %s in %s as %s is read back as it is', async (form, language, format) => {
	const bytes = await writeTemplate('results', language, format, undefined, form);
	const { head, parts } = await check('results', bytes, { file_name: `x.${format}` });
	expect(parts.issues).toEqual([]);
	expect(head.ignored_columns).toEqual([]);
	expect(head.counts).toMatchObject({ refused: 0, skipped: 0 });
	const rows = parts.rows as { school_id: string | null; form?: string; percents?: number[] }[];
	const schools = rows.filter(({ school_id }) => school_id !== null);
	if (form === 'pupils') expect(schools).toHaveLength(3);
	else expect(schools.map(({ school_id }) => school_id)).toEqual(['101', '102']);
	if (form === 'item-rows') {
		const places = (parts.rows as ItemCompletionToStore[]).map(({ place }) => place);
		expect(places).toEqual(['school/101', 'school/102', 'municipality/M1', 'region/R1', 'country']);
		expect(rows[0]!.percents).toHaveLength(math.items.length);
	} else if (form !== 'pupils') {
		expect(new Set(schools.map((row) => row.form))).toEqual(new Set([form]));
		for (const { percents } of schools)
			expect(percents!.reduce((sum, each) => sum + each, 0)).toBeCloseTo(100, 6);
	}
});

test('a template is cut to the procedure that is chosen: its points and its items', async () => {
	const procedure = {
		...math,
		id: 'p',
		max_score: 7,
		items: ['1', '2(1)', '2(2)', '3'].map((id) => ({ id, max: 2 })),
	};
	const context = townContext({ procedures: [procedure] });
	for (const form of ['scores', 'item-rows'] as const) {
		const bytes = await writeTemplate('results', 'ru', 'xlsx', procedure, form);
		const { parts } = await check('results', bytes, { context, procedure_id: 'p' });
		expect(parts.issues).toEqual([]);
		expect((parts.rows[0] as { percents: number[] }).percents).toHaveLength(form === 'scores' ? 8 : 4);
	}
});
