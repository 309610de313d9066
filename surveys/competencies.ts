import { z } from 'zod';
import framework from './competencies.json' with { type: 'json' };
import { textSchema } from './text.ts';

const groupSchema = z.strictObject({ id: z.string(), title: textSchema, order: z.int() });
const competencySchema = z.strictObject({
	id: z.string(),
	group: z.string(),
	title: textSchema,
	order: z.int(),
	source: z.string().min(1),
});

export type CompetencyGroup = z.infer<typeof groupSchema>;
export type Competency = z.infer<typeof competencySchema>;

/** The shape of a framework: ids unique over groups and competencies alike, each competency in a known group. */
export const frameworkSchema = z
	.strictObject({ groups: z.array(groupSchema).min(1), competencies: z.array(competencySchema).min(1) })
	.superRefine(({ groups, competencies }, context) => {
		const ids = [...groups, ...competencies].map((entry) => entry.id);
		for (const id of ids.filter((id, index) => ids.indexOf(id) !== index)) {
			context.addIssue({ code: 'custom', message: `the id ${id} is used twice` });
		}
		for (const { id, group } of competencies) {
			if (!groups.some((known) => known.id === group)) {
				context.addIssue({ code: 'custom', message: `${id} belongs to an unknown group ${group}` });
			}
		}
	});

const byOrder = (left: { order: number }, right: { order: number }): number => left.order - right.order;
const shipped = frameworkSchema.parse(framework);
const groups = shipped.groups.toSorted(byOrder);
const competencies = shipped.competencies.toSorted(byOrder);

/** Groups of the shipped framework in reading order. They are data: a region may use other groups. */
export function listCompetencyGroups(): readonly CompetencyGroup[] {
	return groups;
}

/** Competencies of the shipped framework in reading order, each naming its group. */
export function listCompetencies(): readonly Competency[] {
	return competencies;
}
