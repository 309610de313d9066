/** What is put into a simulated municipality, and must therefore come out of the analysis. */

export interface ProcedureTruth {
	grade: number;
	/** id as `subjects.ts` of the import gives it */
	subject: string;
	subject_title: string;
	slug: string;
	max_score: number;
	cutoffs: { '3': number; '4': number; '5': number };
	item_maxima: number[];
	/** shifts ability so that marks fall as usual on this scale */
	ease: number;
}

export const procedureTruths: readonly ProcedureTruth[] = [
	{
		grade: 4,
		subject: 'russian',
		subject_title: 'русский язык',
		slug: 'rus4',
		max_score: 38,
		cutoffs: { '3': 14, '4': 24, '5': 33 },
		item_maxima: [4, 3, 1, 3, 2, 2, 3, 2, 1, 3, 2, 1, 2, 3, 1, 2, 1, 2],
		ease: 0.5,
	},
	{
		grade: 4,
		subject: 'math',
		subject_title: 'математика',
		slug: 'mat4',
		max_score: 20,
		cutoffs: { '3': 6, '4': 10, '5': 15 },
		item_maxima: [1, 1, 2, 1, 1, 1, 2, 1, 2, 1, 1, 2, 2, 1, 1],
		ease: 0.35,
	},
	{
		grade: 5,
		subject: 'russian',
		subject_title: 'русский язык',
		slug: 'rus5',
		max_score: 45,
		cutoffs: { '3': 18, '4': 29, '5': 39 },
		item_maxima: [3, 3, 2, 3, 2, 3, 2, 3, 2, 2, 3, 2, 2, 3, 2, 2, 3, 1, 2],
		ease: 0.75,
	},
	{
		grade: 5,
		subject: 'math',
		subject_title: 'математика',
		slug: 'mat5',
		max_score: 20,
		cutoffs: { '3': 7, '4': 11, '5': 15 },
		item_maxima: [1, 1, 1, 1, 2, 2, 1, 1, 2, 2, 1, 1, 2, 2],
		ease: 0.0,
	},
];

/** How a school's own conduct changes what its pupils really know into what its protocol says. */
export interface Conduct {
	/** share of papers one or two points below a border that are lifted onto it */
	lifting: number;
	/** share of pupils who get help with the hard items */
	help: number;
	/** journal marks above what the pupils know, in shares of the maximum score */
	journal_leniency: number;
}

export const honest: Conduct = { lifting: 0, help: 0, journal_leniency: 0.02 };

export type Luck = 'none' | 'good_year' | 'small_below_line';

export interface SchoolTruth {
	school_id: string;
	name: string;
	kind: 'school' | 'gymnasium' | 'lyceum' | 'small_school';
	locality: 'urban' | 'rural';
	teachers: number;
	pupils_per_grade: number;
	advanced_subjects: string[];
	/** mean ability of its pupils, in standard deviations between pupils */
	effect: number;
	conduct: Conduct;
	luck: Luck;
	/** the name by which the cast knows it */
	role: CastSchool | null;
}

export type CastSchool = 'lifting' | 'lucky' | 'small' | 'low' | 'inflating' | 'own';

/** Standard deviations of the simulated world. */
export const world = {
	between_schools: 0.3,
	between_pupils: 0.9,
	journal_noise: 0.09,
	absence: 0.06,
} as const;

/** Mean shift of teachers' true competency against their general ability; below 0 is a deficit shared by many. */
export const competencyShift: Readonly<Record<string, number>> = {
	subject_content: 0.6,
	subject_tasks: 0.35,
	functional_literacy: -0.35,
	subject_criteria: 0.1,
	lesson_design: 0.2,
	assessment: -0.05,
	results_analysis: -0.3,
	digital_tools: -0.45,
	differentiation: -0.1,
	inclusion: -0.6,
	motivation: 0,
	safe_environment: 0.25,
	dialogue_with_pupils: 0.35,
	work_with_families: -0.05,
	work_with_colleagues: 0.3,
};

/** Further shifts by where and how long a teacher has worked. */
export function attributeShift(
	competency: string,
	attributes: { locality: string; kind: string; seniority_band: string | null },
): number {
	const { locality, kind, seniority_band } = attributes;
	let shift = 0;
	if (locality === 'rural' && competency === 'digital_tools') shift -= 0.45;
	if (kind === 'small_school' && competency === 'subject_tasks') shift -= 0.3;
	if (
		seniority_band === '0-3' &&
		['motivation', 'differentiation', 'work_with_families'].includes(competency)
	)
		shift -= 0.5;
	if (seniority_band === '21+' && competency === 'digital_tools') shift -= 0.35;
	return shift;
}
