/** Values that variables of the respondent can have; the subject alone has those of the registry. */
export const respondentValues = {
	position: ['teacher', 'deputy_head', 'head', 'specialist', 'other'],
	/** completed years of teaching at the campaign's reference day */
	seniority: ['0-3', '4-10', '11-20', '21+'],
	category: ['none', 'first', 'highest', 'teacher_methodist', 'teacher_mentor'],
	school_kind: ['school', 'gymnasium', 'lyceum', 'small_school', 'other'],
	locality: ['urban', 'rural'],
} as const;
