import type { Procedure } from '#data/records/results/procedures.ts';

/** A VPR in mathematics of grade 5 with ten points; what a test is about stands in its changes. */
export const gradeFiveMaths = (changes: Partial<Procedure> = {}): Procedure => ({
	id: 'vpr-2026-m5',
	kind: 'vpr',
	year: 2026,
	grade: 5,
	subject: 'math',
	title: 'ВПР',
	max_score: 10,
	cutoffs: { '3': 4, '4': 6, '5': 8 },
	fail_below: null,
	items: [],
	document: '',
	valid_from: '2026-01-01',
	...changes,
});
