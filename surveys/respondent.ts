/** The name under which conditions find who answers: `{respondent.seniority} = '0-3'`. */
export const RESPONDENT = 'respondent';

/**
 * What conditions may ask about who answers (in an observation: who is observed), with every value there can be; null
 * where the registry sets the values. Only attributes that are too coarse to point at a person; what is unknown is absent,
 * like a question without an answer.
 */
export const respondentVariables = {
	/** id of the main subject */
	subject: null,
	position: ['teacher', 'deputy_head', 'head', 'specialist', 'other'],
	/** completed years of teaching at the campaign's reference day */
	seniority: ['0-3', '4-10', '11-20', '21+'],
	/** up to three completed years of teaching */
	young_specialist: [true, false],
	category: ['none', 'first', 'highest', 'teacher_methodist', 'teacher_mentor'],
	school_kind: ['school', 'gymnasium', 'lyceum', 'small_school', 'other'],
	locality: ['urban', 'rural'],
} as const satisfies Readonly<Record<string, readonly (string | boolean)[] | null>>;
export type RespondentVariable = keyof typeof respondentVariables;

/** Who answers, as far as conditions may know it. */
export type Respondent = Readonly<Partial<Record<RespondentVariable, string | boolean>>>;

/** The variable that a name in a condition means: `seniority` for `respondent.seniority`; undefined for other names. */
export function findRespondentVariable(name: string): RespondentVariable | undefined {
	const [root, variable = '', ...rest] = name.split('.');
	return root === RESPONDENT && rest.length === 0 && Object.hasOwn(respondentVariables, variable)
		? (variable as RespondentVariable)
		: undefined;
}
