import { describe, expect, test } from 'vitest';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import { createRandom } from '#data/simulation/random.ts';
import { schoolRow } from './rows.ts';

/** Honest schools with few papers around them: where the others leave a score empty, a paper on it proves nothing. */
describe.each([
	{ schools: 6, pupils: 25 },
	{ schools: 12, pupils: 25 },
	{ schools: 20, pupils: 30 },
])('honest regions of $schools schools with $pupils papers each', ({ schools, pupils }) => {
	const random = createRandom(4700 + schools);
	const paper = () => Math.max(0, Math.min(38, Math.round(random.normal(22, 6))));
	const regions = Array.from({ length: 100 }, () => {
		const rows = Array.from({ length: schools }, (_, index) =>
			schoolRow(`S${index}`, Array.from({ length: pupils }, paper)),
		);
		return compute(rows as never, { presets: definition.presets, filters: {}, language: 'ru' }).rows;
	});

	test('show a school with signs no oftener than the level says', () => {
		// q ≤ 0.10: in at most one honest region of ten; 16 of 100 is its 97 % bound.
		const flagged = regions.filter((rows) => rows.some(({ level }) => level !== '0'));
		expect(flagged.length).toBeLessThanOrEqual(16);
	});

	test('hold no border for impossible', () => {
		for (const row of regions.flat()) if (row.p_border !== null) expect(row.p_border).toBeGreaterThan(0);
	});
});
