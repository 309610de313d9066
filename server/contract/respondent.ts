import { z } from 'zod';
import { respondentValues as values } from './respondent-values.ts';

/**
 * Who answers (in an observation: who is observed), as far as conditions of a survey may ask: `{respondent.seniority}`.
 * What is unknown is absent. The browser gives it to the form, the server checks answers with its own.
 */
export const respondent = z
	.strictObject({
		/** id of the main subject, or its name where the registry has no id for it */
		subject: z.string(),
		position: z.enum(values.position),
		seniority: z.enum(values.seniority),
		/** up to three completed years of teaching */
		young_specialist: z.boolean(),
		category: z.enum(values.category),
		school_kind: z.enum(values.school_kind),
		locality: z.enum(values.locality),
	})
	.partial();
export type Respondent = z.infer<typeof respondent>;
