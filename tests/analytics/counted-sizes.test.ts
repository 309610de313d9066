import { expect, it } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Filters } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import { createSharedReads } from '#analytics/shared-reads.ts';
import { openScratch, type Questions } from '#data/warehouse/warehouse.ts';

it('sizes are counted once for the same places and data, and never for one in place of another', async () => {
	const warehouse = await openScratch();
	let counted = 0;
	const counting = (questions: Questions): Questions => ({
		...questions,
		query: (file, parameters) => {
			if (String(file).includes('group-sizes')) counted += 1;
			return questions.query(file, parameters);
		},
		until: (signal) => counting(questions.until(signal)),
	});
	const shared = createSharedReads();
	const ask = async (places: string[], filters: Filters): Promise<number> => {
		const before = counted;
		const viewer = { role: 'methodist' as const, places, codes: [] };
		await runModule(findModule('deficit-map')!, {
			...{ warehouse: counting(warehouse), viewer, filters, language: 'ru', shared },
		});
		return counted - before;
	};
	expect(await ask(['municipality/M1'], { school: 'S1', by: 'category' })).toBe(1);
	// Another school is another cell of the same sizes; another condition splits them otherwise.
	expect(await ask(['municipality/M1'], { school: 'S2', by: 'category' })).toBe(0);
	expect(await ask(['municipality/M1'], { school: 'S2', by: 'subject' })).toBe(1);
	expect(await ask(['municipality/M1'], { school: 'S2', by: 'category', channel: 'test' })).toBe(1);
	expect(await ask(['municipality/M2'], { school: 'S2', by: 'category' })).toBe(1);
	expect(await ask(['school/S2'], { school: 'S2', by: 'category' })).toBe(1);
	await warehouse.write((writer) => writer.run('update watermark set seq = seq + 1'));
	expect(await ask(['municipality/M1'], { school: 'S1', by: 'category' })).toBe(1);
	await warehouse.close();
});
