import type { Language, LocalText } from './module.ts';

/** Words for the coded values of population attributes; a value that is a name already stands for itself. */
const attributeTexts: Record<string, Record<string, LocalText>> = {
	subject: {
		russian: { ru: 'русский язык', en: 'Russian' },
		math: { ru: 'математика', en: 'mathematics' },
		math_profile: { ru: 'математика профильная', en: 'advanced mathematics' },
		literature: { ru: 'литература', en: 'literature' },
		reading: { ru: 'литературное чтение', en: 'reading' },
		algebra: { ru: 'алгебра', en: 'algebra' },
		geometry: { ru: 'геометрия', en: 'geometry' },
		physics: { ru: 'физика', en: 'physics' },
		chemistry: { ru: 'химия', en: 'chemistry' },
		biology: { ru: 'биология', en: 'biology' },
		geography: { ru: 'география', en: 'geography' },
		history: { ru: 'история', en: 'history' },
		social_studies: { ru: 'обществознание', en: 'social studies' },
		world_around: { ru: 'окружающий мир', en: 'the world around' },
		informatics: { ru: 'информатика', en: 'informatics' },
		english: { ru: 'английский язык', en: 'English' },
		german: { ru: 'немецкий язык', en: 'German' },
		french: { ru: 'французский язык', en: 'French' },
		primary: { ru: 'начальные классы', en: 'primary school' },
		physical_education: { ru: 'физическая культура', en: 'physical education' },
		technology: { ru: 'технология', en: 'technology' },
		music: { ru: 'музыка', en: 'music' },
		art: { ru: 'изобразительное искусство', en: 'art' },
		life_safety: { ru: 'основы безопасности', en: 'life safety' },
	},
	seniority_band: {
		'0-3': { ru: 'стаж до 3 лет', en: 'up to 3 years' },
		'4-10': { ru: 'стаж 4–10 лет', en: '4–10 years' },
		'11-20': { ru: 'стаж 11–20 лет', en: '11–20 years' },
		'21+': { ru: 'стаж больше 20 лет', en: 'more than 20 years' },
	},
	category: {
		none: { ru: 'без категории', en: 'no category' },
		first: { ru: 'первая категория', en: 'first category' },
		highest: { ru: 'высшая категория', en: 'highest category' },
		teacher_methodist: { ru: 'педагог-методист', en: 'teacher-methodist' },
		teacher_mentor: { ru: 'педагог-наставник', en: 'teacher-mentor' },
	},
	school_kind: {
		school: { ru: 'средние школы', en: 'secondary schools' },
		gymnasium: { ru: 'гимназии', en: 'gymnasiums' },
		lyceum: { ru: 'лицеи', en: 'lyceums' },
		small_school: { ru: 'малокомплектные школы', en: 'small combined-class schools' },
		other: { ru: 'другие организации', en: 'other institutions' },
	},
	locality: {
		urban: { ru: 'городские школы', en: 'urban schools' },
		rural: { ru: 'сельские школы', en: 'rural schools' },
	},
};

const unknownText: LocalText = { ru: 'не указано', en: 'not stated' };

/** The label of one value of a dimension in one language. */
export function attributeLabel(dimension: string, value: string, language: Language): string {
	if (value === '') return unknownText[language];
	return attributeTexts[dimension]?.[value]?.[language] ?? value;
}
