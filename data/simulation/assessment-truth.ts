import { z } from 'zod';

const share = z.number().min(0).max(1);
const spread = z.number().min(0).max(5);
const ability = z.number().min(-10).max(10);
/** Codes stand in file names and cells as they are. */
const code = z.string().regex(/^[\p{L}\p{N}_.-]{1,60}$/u);

const item = z.strictObject({
	max: z.int().min(1).max(20).default(1),
	/** ability at which a point is earned half of the time, standard deviations of pupils */
	difficulty: ability,
});

const procedure = z.strictObject({
	kind: z.enum(['vpr', 'oge', 'ege', 'other']).default('vpr'),
	grade: z.int().min(1).max(12),
	subject: code,
	/** smallest score of each mark */
	cutoffs: z.strictObject({ '3': z.int().min(1), '4': z.int().min(1), '5': z.int().min(1) }),
	items: z.array(item).min(1).max(200),
	/** how steeply the chance of a point rises with ability */
	discrimination: z.number().min(0.05).max(5).default(1.2),
	/** abilities from which the journal gives 3, 4 and 5 */
	journal: z.tuple([ability, ability, ability]).default([-1.9, -0.1, 1.2]),
});

const planted = z.strictObject({
	/** number of the school: 1 is S001 */
	school: z.int().min(1),
	/** years and procedures that it concerns; all when left out */
	years: z.array(z.int()).optional(),
	subjects: z.array(code).optional(),
	/** class year of this school, pupils */
	pupils: z.int().min(0).max(5000).optional(),
	/** mean ability of its pupils in place of a drawn one */
	effect: ability.optional(),
	/** share of the papers at most `reach` points below a border that are lifted onto it */
	lifting: share.default(0),
	reach: z.int().min(1).max(10).default(2),
	/** share of the pupils who are given the answers to hard items */
	help: share.default(0),
	/** journal marks above what is known, standard deviations of pupils */
	inflation: z.number().min(-5).max(5).default(0),
});

/** Fifteen items from easy to hard, 20 points: as in mathematics at the end of primary school. */
const maxima = [1, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 1, 2, 1, 2];
const items = maxima.map((max, index) => ({ max, difficulty: -2 + (3.6 * index) / (maxima.length - 1) }));
const ordinaryProcedures = [4, 5].flatMap((grade) =>
	['russian', 'math'].map((subject) => ({ grade, subject, cutoffs: { '3': 6, '4': 10, '5': 15 }, items })),
);

/**
 * What is true of simulated assessments. Everything has an honest default; what is planted is the only dishonesty.
 * Abilities and spreads are in standard deviations of pupils.
 */
export const assessmentTruth = z
	.strictObject({
		kind: z.literal('assessment').default('assessment'),
		seed: z.int().min(0).max(4_294_967_295).optional(),
		municipalities: z.int().min(1).max(1000).default(1),
		schools: z.int().min(1).max(100_000).default(40),
		/** class years of the smallest and the largest school; sizes are log-uniform between them */
		pupils: z.tuple([z.int().min(1).max(5000), z.int().min(1).max(5000)]).default([8, 110]),
		years: z.array(z.int().min(1990).max(2100)).min(1).max(20).default([2025]),
		procedures: z.array(procedure).min(1).max(50).prefault(ordinaryProcedures),
		spread: z
			.strictObject({
				/** mean ability between schools, the same in all procedures and years */
				school: spread.default(0.35),
				/** between the procedures of one school */
				procedure: spread.default(0.2),
				/** between the subjects of one pupil */
				subject: spread.default(0.4),
				/** strength of a school on an item */
				item: spread.default(0.25),
				/** strictness of the journal between schools, and its error between pupils */
				journal: spread.default(0.35),
				journal_error: spread.default(0.6),
			})
			.prefault({}),
		/** share of pupils who were not there */
		absence: share.default(0),
		planted: z.array(planted).default([]),
	})
	.superRefine((truth, context) => {
		const fault = (path: (string | number)[], fault: string, values: Record<string, unknown> = {}): void =>
			context.addIssue({ code: 'custom', path, params: { fault, ...values } });
		if (truth.pupils[0] > truth.pupils[1]) fault(['pupils'], 'not-ascending');
		const keys = truth.procedures.map(({ kind, grade, subject }) => `${kind} ${grade} ${subject}`);
		for (const [index, { cutoffs, items }] of truth.procedures.entries()) {
			const most = items.reduce((sum, { max }) => sum + max, 0);
			const borders = Object.values(cutoffs);
			if (borders.some((border, place) => place > 0 && border <= (borders[place - 1] as number)))
				fault(['procedures', index, 'cutoffs'], 'not-ascending');
			else if (cutoffs['5'] > most) fault(['procedures', index, 'cutoffs', '5'], 'above-items', { most });
			if (keys.indexOf(keys[index] as string) !== index) fault(['procedures', index], 'procedure-twice');
		}
		if (new Set(truth.years).size < truth.years.length) fault(['years'], 'year-twice');
		for (const [index, { school, years, subjects }] of truth.planted.entries()) {
			const path = ['planted', index];
			if (school > truth.schools) fault([...path, 'school'], 'no-such-school', { schools: truth.schools });
			for (const year of years ?? [])
				if (!truth.years.includes(year)) fault([...path, 'years'], 'no-such-year', { year });
			for (const subject of subjects ?? [])
				if (!truth.procedures.some((one) => one.subject === subject))
					fault([...path, 'subjects'], 'no-such-subject', { subject });
			if (truth.planted.findIndex((other) => other.school === school) !== index)
				fault([...path, 'school'], 'school-twice');
		}
	});

export type AssessmentTruth = z.infer<typeof assessmentTruth>;
export type Planted = z.infer<typeof planted>;
export type ProcedureTruth = z.infer<typeof procedure>;
