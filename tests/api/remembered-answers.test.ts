import { expect, it } from 'vitest';
import { type Computer, computeHere } from '#analytics/run.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { createAnalyst, type Question } from '#server/analyst.ts';

it('what several questions rest on is reckoned once until results change, and anew after a failure', async () => {
	const warehouse = await openWarehouse({ path: ':memory:' });
	const reckoned: string[] = [];
	let broken = false;
	const computer: Computer = async (entry, ...given) => {
		reckoned.push(entry.definition.id);
		if (broken && entry.definition.id === 'result-objectivity') throw new Error('no memory');
		return computeHere(entry, ...given);
	};
	let results = 1;
	const analyst = createAnalyst(warehouse, computer, {}, () => results);
	const viewer = { role: 'leader' as const, places: ['municipality/M1'], codes: [] };
	const ask = (module: string, filters = {}): Promise<unknown> =>
		analyst.run({ module, viewer, filters, language: 'ru' } as Question);
	const times = (module: string): number => reckoned.filter((id) => id === module).length;

	broken = true;
	await expect(ask('low-results')).rejects.toThrow('no memory');
	broken = false;
	reckoned.length = 0;
	await ask('low-results');
	await Promise.all([ask('low-results', { year: 2026 }), ask('joint-picture'), ask('support-priority')]);
	expect(times('result-objectivity')).toBe(1);
	// asked twice, and once for those that rest on it
	expect(times('low-results')).toBe(3);
	results = 2;
	await ask('low-results');
	expect(times('result-objectivity')).toBe(2);
	await warehouse.close();
});
