import type { Specification } from './specification.ts';

/** Completion of each item, in the order of the procedure: the school's dot, the ring of what it is compared with, and the way between. */
export function itemsPicture(items: readonly string[]): Specification {
	const percent = (field: string) => ({
		field,
		type: 'quantitative',
		title: null,
		scale: { domain: [0, 100] },
		axis: { values: [0, 25, 50, 75, 100], labelExpr: "datum.value + ' %'" },
	});
	const compared = [{ filter: 'isValid(datum.reference_percent)' }];
	return {
		data: { name: 'rows' },
		transform: [{ filter: 'isValid(datum.percent)' }],
		height: 26 * Math.max(1, items.length),
		encoding: {
			y: { field: 'item', type: 'nominal', sort: null, scale: { domain: items }, title: null },
		},
		layer: [
			{
				transform: compared,
				mark: { type: 'rule', style: 'interval', strokeWidth: 2, opacity: 0.55 },
				encoding: { x: percent('percent'), x2: { field: 'reference_percent' } },
			},
			{
				transform: compared,
				mark: { type: 'point', style: 'reference', filled: false, size: 80, strokeWidth: 2, opacity: 1 },
				encoding: { x: percent('reference_percent') },
			},
			{
				mark: { type: 'point', style: 'own', filled: true, size: 90, opacity: 1 },
				encoding: { x: percent('percent') },
			},
		],
	};
}
