import { type CastSchool, type Conduct, honest, type Luck } from './truth.ts';

/** Schools built to show one thing each. Their places in the list of schools are fixed. */
export const castSchools: Record<
	CastSchool,
	{ index: number; effect: number; conduct: Conduct; luck: Luck; shows: string }
> = {
	lifting: {
		index: 12,
		effect: -0.35,
		conduct: { lifting: 0.65, help: 0.45, journal_leniency: -0.04 },
		luck: 'none',
		shows: 'lifts papers from just below a border and helps with the hard items: signs from several families',
	},
	own: { index: 17, effect: 0.15, conduct: honest, luck: 'none', shows: 'an ordinary honest school' },
	low: { index: 9, effect: -1, conduct: honest, luck: 'none', shows: 'low results that are real and stable' },
	inflating: {
		index: 21,
		effect: -0.1,
		conduct: { lifting: 0, help: 0, journal_leniency: 0.2 },
		luck: 'none',
		shows: 'journal marks far above the results',
	},
	lucky: {
		index: 33,
		effect: 0.2,
		conduct: honest,
		luck: 'good_year',
		shows: 'an honest school with a lucky year',
	},
	small: {
		index: 52,
		effect: -0.1,
		conduct: honest,
		luck: 'small_below_line',
		shows: 'a small school below the line by chance',
	},
};

/** Teachers built to show one thing each; they work in the school named `own` or `lifting`. */
export interface CastTeacher {
	full_name: string;
	birth_date: string;
	school: CastSchool;
	subject: string;
	teaching_since: number;
	category: string;
	/** general ability and what differs from it */
	ability: number;
	shifts: Record<string, number>;
	answers: 'carefully' | 'straight_line' | 'declines';
	/** takes part in the campaign that is still open already */
	answers_open_campaign: boolean;
}

export const castTeachers: readonly CastTeacher[] = [
	{
		full_name: 'Соколова Анна Петровна',
		birth_date: '1987-04-12',
		school: 'own',
		subject: 'math',
		teaching_since: 2010,
		category: 'first',
		ability: 0.7,
		shifts: { subject_content: 0.8, subject_tasks: 0.6, digital_tools: -1.3, results_analysis: -0.9 },
		answers: 'carefully',
		answers_open_campaign: false,
	},
	{
		full_name: 'Громов Виктор Ильич',
		birth_date: '1969-11-03',
		school: 'own',
		subject: 'geography',
		teaching_since: 1993,
		category: 'highest',
		ability: 0.1,
		shifts: {},
		answers: 'straight_line',
		answers_open_campaign: true,
	},
	{
		full_name: 'Лебедева Мария Сергеевна',
		birth_date: '1999-02-21',
		school: 'own',
		subject: 'english',
		teaching_since: 2023,
		category: 'none',
		ability: 0.2,
		shifts: {},
		answers: 'declines',
		answers_open_campaign: false,
	},
	{
		full_name: 'Юсупова Альфия Рашидовна',
		birth_date: '1978-08-30',
		school: 'lifting',
		subject: 'primary',
		teaching_since: 2001,
		category: 'highest',
		ability: 0.5,
		shifts: { assessment: -1.1, subject_criteria: -0.8 },
		answers: 'carefully',
		answers_open_campaign: true,
	},
];

/** Who opens the demo: one person per role, with what to do first. */
export interface DemoPersona {
	role: 'teacher' | 'school_coordinator' | 'methodist' | 'leader' | 'admin';
	login: string;
	password: string;
	name: string;
	title: { ru: string; en: string };
	task: { ru: string; en: string };
	/** places where the role is held */
	places: string[];
	/** set for whoever stands in the staff registry */
	person_name: string | null;
}

export function personas(places: {
	region: string;
	municipality: string;
	lifting: string;
	own: string;
}): DemoPersona[] {
	const password = 'opora-demo-2026';
	return [
		{
			role: 'teacher',
			login: 'teacher',
			password,
			name: 'Соколова Анна Петровна',
			title: { ru: 'Учитель математики', en: 'Mathematics teacher' },
			task: {
				ru: 'Пройти диагностику за десять минут и прочитать свой профиль',
				en: 'Answer a diagnostic in ten minutes and read the own profile',
			},
			places: [places.own],
			person_name: 'Соколова Анна Петровна',
		},
		{
			role: 'school_coordinator',
			login: 'school',
			password,
			name: 'Беляева Ирина Викторовна',
			title: { ru: 'Заместитель директора школы', en: 'Deputy head of a school' },
			task: {
				ru: 'Увидеть признаки по своей школе, ответить на них и вести план поддержки',
				en: 'See the signs of the own school, answer them and carry out the support plan',
			},
			places: [places.lifting],
			person_name: null,
		},
		{
			role: 'methodist',
			login: 'methodist',
			password,
			name: 'Орлова Наталья Юрьевна',
			title: { ru: 'Методист муниципальной службы', en: 'Methodist of the municipal service' },
			task: {
				ru: 'Провести кампанию, загрузить результаты и исследовать карту дефицитов',
				en: 'Run a campaign, load results and explore the map of deficits',
			},
			places: [places.region],
			person_name: null,
		},
		{
			role: 'leader',
			login: 'leader',
			password,
			name: 'Захаров Дмитрий Олегович',
			title: { ru: 'Руководитель методической службы', en: 'Head of the methodical service' },
			task: {
				ru: 'Решить, каким школам нужна поддержка, и составить план',
				en: 'Decide which schools need support and make a plan',
			},
			places: [places.region],
			person_name: null,
		},
		{
			role: 'admin',
			login: 'admin',
			password,
			name: 'Фролов Антон Игоревич',
			title: { ru: 'Администратор', en: 'Administrator' },
			task: { ru: 'Посмотреть учётные записи и журнал', en: 'Look at accounts and the log' },
			places: [places.region],
			person_name: null,
		},
	];
}
