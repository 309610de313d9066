import { z } from 'zod';

const share = z.number().min(0).max(1);
const level = z.number().min(-10).max(10);
const name = z.string().regex(/^[\p{L}\p{N}_.-]{1,60}$/u);

const item = z.strictObject({
	/** its column; q1, q2, … when left out */
	item: name.optional(),
	/** levels at which one answer and the next are equally likely, lowest first: one for 0/1 (partial credit) */
	thresholds: z.array(level).min(1).max(20),
	/** how much of the level an item shows: 1 for all is Rasch */
	discrimination: z.number().min(0).max(5).default(1),
	/** worded the other way round: the highest level gives the lowest code */
	reversed: z.boolean().default(false),
});

/** Ten statements with four answers. */
const ordinaryItems = Array.from({ length: 10 }, (_, index) => {
	const middle = -0.9 + (1.8 * index) / 9;
	return { thresholds: [middle - 1.2, middle, middle + 1.2] };
});

/** What is true of a simulated survey. Levels are in logits. */
export const surveyTruth = z
	.strictObject({
		kind: z.literal('survey').default('survey'),
		seed: z.int().min(0).max(4_294_967_295).optional(),
		persons: z.int().min(1).max(10_000_000).default(300),
		/** mean and standard deviation of the persons' levels */
		mean: level.default(0),
		spread: z.number().min(0).max(10).default(1),
		/** schools that persons belong to by turns, and how far their mean levels lie apart */
		schools: z
			.strictObject({ count: z.int().min(1).max(100_000), spread: z.number().min(0).max(5) })
			.optional(),
		items: z.array(item).min(1).max(500).prefault(ordinaryItems),
		/** groups by share, with what their level differs by; a column `group` is written */
		groups: z
			.array(z.strictObject({ value: name, share, shift: level.default(0) }))
			.min(1)
			.max(50)
			.optional(),
		/** items that a group finds harder than its level explains, in logits */
		bias: z.array(z.strictObject({ item: name, group: name, shift: level })).default([]),
		/** share of answers left out */
		missing: share.default(0),
		/** share of persons who answer without reading: all alike, or anything */
		careless: z.strictObject({ line: share.default(0), random: share.default(0) }).prefault({}),
		/** code of the lowest answer */
		lowest: z.int().min(0).max(100).default(0),
	})
	.superRefine((truth, context) => {
		const fault = (path: (string | number)[], fault: string, values: Record<string, unknown> = {}): void =>
			context.addIssue({ code: 'custom', path, params: { fault, ...values } });
		const names = itemNames(truth);
		for (const [index, title] of names.entries())
			if (names.indexOf(title) !== index || ['person', 'school', 'group'].includes(title))
				fault(['items', index, 'item'], 'item-twice', { item: title });
		const groups = truth.groups?.map(({ value }) => value) ?? [];
		if (new Set(groups).size < groups.length) fault(['groups'], 'group-twice');
		const whole = (truth.groups ?? []).reduce((sum, { share }) => sum + share, 0);
		if (truth.groups && Math.abs(whole - 1) > 1e-6) fault(['groups'], 'shares-not-whole', { sum: whole });
		if (truth.careless.line + truth.careless.random > 1) fault(['careless'], 'shares-above-whole');
		for (const [index, { item, group }] of truth.bias.entries()) {
			if (!names.includes(item)) fault(['bias', index, 'item'], 'no-such-item', { item });
			if (!groups.includes(group)) fault(['bias', index, 'group'], 'no-such-group', { group });
		}
	});

export type SurveyTruth = z.infer<typeof surveyTruth>;

/** Columns of the items in their order. */
export function itemNames({ items }: Pick<SurveyTruth, 'items'>): string[] {
	return items.map(({ item }, index) => item ?? `q${index + 1}`);
}
