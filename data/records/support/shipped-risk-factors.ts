import type { LocalText, RiskInput } from './risk-factors.ts';

interface ShippedFactor {
	code: string;
	title: LocalText;
	/** in the list of 2022, which joined twelve factors of 2021 to eight */
	is_on: boolean;
	inputs: readonly RiskInput[];
}

const input = (id: string, ru: string, en: string, good: number, bad: number): RiskInput => ({
	id,
	title: { ru, en },
	good,
	bad,
	weight: 1,
});

/**
 * Factors of the risk profile as the project of help to schools with low results names them (lists of 2021 and 2022), in
 * their order. What is good and what is bad are proposals that a municipality changes. Inputs whose id stands in
 * `server/risk-suggestions.ts` get a computed value offered.
 */
export const shippedRiskFactors: readonly ShippedFactor[] = [
	{
		code: 'equipment',
		title: { ru: 'Низкий уровень оснащения школы', en: 'Poor equipment of the school' },
		is_on: true,
		inputs: [
			input(
				'missing_equipment',
				'Недостаёт обязательного оборудования, %',
				'Required equipment missing, %',
				0,
				50,
			),
			input(
				'pupils_per_computer',
				'Учащихся на один рабочий компьютер',
				'Pupils per working computer',
				5,
				20,
			),
			input('internet_speed', 'Скорость интернета, % от норматива', 'Internet speed, % of the norm', 100, 25),
		],
	},
	{
		code: 'staffing',
		title: { ru: 'Дефицит педагогических кадров', en: 'Shortage of teachers' },
		is_on: true,
		inputs: [
			input('vacancies', 'Открытые вакансии, % ставок', 'Open vacancies, % of posts', 0, 10),
			input(
				'non_specialists',
				'Уроки, которые ведут не по специальности, %',
				'Lessons taught outside the speciality, %',
				0,
				20,
			),
			input(
				'overload',
				'Педагоги с нагрузкой больше 1,5 ставки, %',
				'Teachers with more than 1.5 posts, %',
				10,
				50,
			),
		],
	},
	{
		code: 'competence',
		title: {
			ru: 'Недостаточная предметная и методическая компетентность педагогов',
			en: 'Insufficient subject and methodical competence of teachers',
		},
		is_on: true,
		inputs: [
			input(
				'high_deficit',
				'Педагоги с высоким дефицитом в той группе компетенций, где их больше всего, %',
				'Teachers with a high deficit in the group of competencies where they are most, %',
				10,
				60,
			),
			input(
				'without_category',
				'Педагоги без квалификационной категории, %',
				'Teachers without a qualification category, %',
				20,
				70,
			),
			input(
				'without_training',
				'Педагоги без повышения квалификации за три года, %',
				'Teachers without training in three years, %',
				0,
				50,
			),
		],
	},
	{
		code: 'adaptivity',
		title: { ru: 'Риски низкой адаптивности учебного процесса', en: 'Teaching that adapts little to pupils' },
		is_on: false,
		inputs: [
			input(
				'without_help',
				'Учащиеся, которые не получают помощи на уроке, % (опрос)',
				'Pupils who get no help in lessons, % (survey)',
				10,
				60,
			),
			input(
				'without_feedback',
				'Учащиеся, которым не объясняют ошибок, % (опрос)',
				'Pupils whose mistakes are not explained, % (survey)',
				10,
				60,
			),
		],
	},
	{
		code: 'inner_training',
		title: {
			ru: 'Несформированность внутришкольной системы повышения квалификации',
			en: 'No training system inside the school',
		},
		is_on: false,
		inputs: [
			input(
				'mutual_visits',
				'Педагоги, которые посещают уроки друг друга, %',
				'Teachers who visit lessons of each other, %',
				80,
				20,
			),
			input(
				'association_activity',
				'Активность школьных методических объединений, индекс 0–100',
				'Activity of the school’s subject associations, index 0–100',
				80,
				20,
			),
			input(
				'individual_routes',
				'Педагоги с индивидуальным маршрутом, %',
				'Teachers with an individual route, %',
				80,
				10,
			),
		],
	},
	{
		code: 'special_needs',
		title: { ru: 'Высокая доля обучающихся с ОВЗ', en: 'Many pupils with special needs' },
		is_on: true,
		inputs: [
			input('special_pupils', 'Учащиеся с ОВЗ, %', 'Pupils with special needs, %', 5, 30),
			input(
				'pupils_per_specialist',
				'Учащихся с ОВЗ на одного специалиста',
				'Pupils with special needs per specialist',
				10,
				30,
			),
		],
	},
	{
		code: 'language',
		title: {
			ru: 'Низкое качество преодоления языковых и культурных барьеров',
			en: 'Language and cultural barriers that are hardly overcome',
		},
		is_on: true,
		inputs: [
			input(
				'other_language',
				'Учащиеся, для которых русский язык не родной, %',
				'Pupils whose first language is not Russian, %',
				5,
				40,
			),
			input(
				'language_programme',
				'Программа языковой поддержки: 1 — есть, 0 — нет',
				'Programme of language support: 1 if there is one, 0 if not',
				1,
				0,
			),
		],
	},
	{
		code: 'motivation',
		title: { ru: 'Низкая учебная мотивация', en: 'Low motivation to learn' },
		is_on: false,
		inputs: [
			input(
				'low_motivation_alone',
				'Учащиеся с низкой учебной мотивацией, % (опрос)',
				'Pupils with low motivation, % (survey)',
				10,
				50,
			),
		],
	},
	{
		code: 'environment',
		title: {
			ru: 'Пониженный уровень качества школьной (образовательной и воспитательной) среды',
			en: 'Low quality of the school’s environment',
		},
		is_on: true,
		inputs: [
			input(
				'bullied',
				'Учащиеся, которых регулярно обижают, % (опрос)',
				'Pupils who are regularly bullied, % (survey)',
				0,
				20,
			),
			input(
				'staff_relations',
				'Педагоги, которых не устраивают отношения в коллективе, % (опрос)',
				'Teachers unhappy with relations among staff, % (survey)',
				0,
				30,
			),
			input(
				'low_motivation',
				'Учащиеся с низкой учебной мотивацией, % (опрос)',
				'Pupils with low motivation, % (survey)',
				10,
				50,
			),
			input(
				'destructive_practices',
				'Учащиеся, которые сообщают о деструктивных педагогических практиках, % (опрос)',
				'Pupils who report destructive teaching practices, % (survey)',
				0,
				20,
			),
		],
	},
	{
		code: 'discipline',
		title: { ru: 'Низкий уровень дисциплины в классе', en: 'Poor discipline in class' },
		is_on: false,
		inputs: [
			input(
				'teachers_on_discipline',
				'Педагоги, которым дисциплина мешает вести урок, % (опрос)',
				'Teachers whom disorder keeps from teaching, % (survey)',
				10,
				50,
			),
			input(
				'pupils_on_discipline',
				'Учащиеся, которым шум мешает учиться, % (опрос)',
				'Pupils whom noise keeps from learning, % (survey)',
				10,
				50,
			),
		],
	},
	{
		code: 'failure',
		title: {
			ru: 'Высокая доля обучающихся с рисками учебной неуспешности',
			en: 'Many pupils at risk of failure',
		},
		is_on: true,
		inputs: [
			input(
				'below_threshold',
				'Работы ниже порога в процедурах года, %',
				'Papers below the threshold in the procedures of the year, %',
				5,
				30,
			),
			input(
				'two_subjects',
				'Учащиеся с «2» по двум предметам и больше, %',
				'Pupils with “2” in two subjects or more, %',
				0,
				30,
			),
			input('repeating', 'Учащиеся, оставленные на повторный год, %', 'Pupils repeating a year, %', 0, 5),
		],
	},
	{
		code: 'parents',
		title: { ru: 'Низкий уровень вовлечённости родителей', en: 'Parents who take little part' },
		is_on: true,
		inputs: [
			input(
				'parents_at_meetings',
				'Родители, которые бывают на собраниях, %',
				'Parents who come to meetings, %',
				80,
				30,
			),
			input(
				'parents_informed',
				'Родители, которым понятно, как помочь ребёнку, % (опрос)',
				'Parents who know how to help their child, % (survey)',
				80,
				30,
			),
		],
	},
];
