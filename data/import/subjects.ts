import { normaliseWord } from './cell-rules.ts';

/** Identifiers of school subjects with the names people write; a subject outside the list keeps its own name. */
const names: Record<string, string[]> = {
	russian: ['русский язык', 'русский', 'ру', 'рус', 'russian language'],
	math: ['математика', 'математика (базовая)', 'ма', 'матем', 'maths', 'mathematics'],
	math_profile: ['математика профильная', 'математика (профильная)', 'математика профиль'],
	literature: ['литература'],
	reading: ['литературное чтение'],
	algebra: ['алгебра'],
	geometry: ['геометрия'],
	physics: ['физика'],
	chemistry: ['химия'],
	biology: ['биология'],
	geography: ['география'],
	history: ['история', 'история россии'],
	social_studies: ['обществознание'],
	world_around: ['окружающий мир'],
	informatics: ['информатика', 'информатика и икт', 'computer science'],
	english: ['английский язык', 'английский', 'иностранный язык (английский)', 'english language'],
	german: ['немецкий язык', 'немецкий', 'german language'],
	french: ['французский язык', 'французский', 'french language'],
	primary: ['начальные классы', 'начальная школа', 'primary school'],
	physical_education: ['физическая культура', 'физкультура'],
	technology: ['технология', 'труд (технология)', 'труд'],
	music: ['музыка'],
	art: ['изобразительное искусство', 'изо'],
	life_safety: [
		'обж',
		'обзр',
		'основы безопасности жизнедеятельности',
		'основы безопасности и защиты родины',
	],
};

const idByName = new Map<string, string>();
for (const [id, written] of Object.entries(names)) {
	for (const name of [id, id.replaceAll('_', ' '), ...written]) idByName.set(normaliseWord(name), id);
}

/** The identifier of a subject as written («Русский язык» → `russian`); a subject not known here stays as it is. */
export function subjectId(written: string): string {
	return idByName.get(normaliseWord(written)) ?? written;
}
