import { expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Filters } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import { createResultReads, createSharedReads } from '#analytics/shared-reads.ts';
import { showChosen } from '#analytics/shown-schools.ts';
import { openScratch, type Questions } from '#data/warehouse/warehouse.ts';

/** Questions that count how often a file was asked. */
function counting(file: string): { of(questions: Questions): Questions; count(): number } {
	let counted = 0;
	const of = (questions: Questions): Questions => ({
		...questions,
		query: (asked, parameters) => {
			if (String(asked).endsWith(file)) counted += 1;
			return questions.query(asked, parameters);
		},
		until: (signal) => of(questions.until(signal)),
	});
	return { of, count: () => counted };
}

it('the rows of a region are read once for the cards of its schools, and again for other conditions or places', async () => {
	const warehouse = await openScratch();
	const { of, count } = counting('result-objectivity/rows.sql');
	const ofResults = createResultReads();
	const ask = async (places: string[], filters: Filters, reads = ofResults): Promise<number> => {
		const before = count();
		const viewer = { role: 'methodist' as const, places, codes: [] };
		await runModule(findModule('result-objectivity')!, {
			...{ warehouse: of(warehouse), viewer, filters, language: 'ru', ofResults: reads },
		});
		return count() - before;
	};
	expect(await ask(['municipality/M1'], { school: 'S1' })).toBe(1);
	expect(await ask(['municipality/M1'], { school: 'S2' })).toBe(0);
	expect(await ask(['municipality/M1'], { municipality: 'M1' })).toBe(0);
	expect(await ask(['municipality/M1'], { school: 'S2', year: 2026 })).toBe(1);
	expect(await ask(['municipality/M2'], { school: 'S1' })).toBe(1);
	expect(await ask(['municipality/M1'], { school: 'S1' }, createResultReads())).toBe(1);
	await warehouse.close();
});

it('of shared rows only the school or municipality chosen is shown, and what may not be seen stays hidden', () => {
	const row = (school_id: string, municipality_id: string, is_shown: boolean) => ({
		...{ school_id, municipality_id, is_shown },
	});
	const rows = [row('S1', 'M1', true), row('S2', 'M1', true), row('S3', 'M2', true), row('S4', 'M1', false)];
	const shown = (filters: Filters) =>
		showChosen(rows, filters).flatMap(({ school_id, is_shown }) => (is_shown ? [school_id] : []));
	expect(shown({})).toEqual(['S1', 'S2', 'S3']);
	expect(shown({ school: 'S2' })).toEqual(['S2']);
	expect(shown({ municipality: 'M1' })).toEqual(['S1', 'S2']);
	expect(shown({ school: 'S3', municipality: 'M1' })).toEqual([]);
	expect(shown({ school: 'S4' })).toEqual([]);
	expect(rows.map(({ is_shown }) => is_shown)).toEqual([true, true, true, false]);
});

it('the last campaign is looked for once per purpose and places while the data stand still, and not where one is chosen', async () => {
	const warehouse = await openScratch();
	const { of, count } = counting('chosen-campaign.sql');
	const shared = createSharedReads();
	const ask = async (module: string, places: string[], filters: Filters): Promise<number> => {
		const before = count();
		const viewer = { role: 'methodist' as const, places, codes: [] };
		await runModule(findModule(module)!, {
			...{ warehouse: of(warehouse), viewer, filters, language: 'ru', shared },
		});
		return count() - before;
	};
	expect(await ask('deficit-map', ['municipality/M1'], {})).toBe(1);
	expect(await ask('deficit-distribution', ['municipality/M1'], {})).toBe(0);
	expect(await ask('demand-index', ['municipality/M1'], {})).toBe(1);
	expect(await ask('deficit-map', ['municipality/M2'], {})).toBe(1);
	expect(await ask('deficit-map', ['municipality/M3'], { campaign: 'C1' })).toBe(0);
	expect(await ask('low-results', ['municipality/M1'], {})).toBe(0);
	await warehouse.write((writer) => writer.run('update watermark set seq = seq + 1'));
	expect(await ask('deficit-map', ['municipality/M1'], {})).toBe(1);
	await warehouse.close();
});
