import type { Random } from '#data/simulation/random.ts';
import { castSchools } from './cast.ts';
import { type CastSchool, honest, type SchoolTruth, world } from './truth.ts';

const villages =
	'Озёрная Берёзовская Заречная Сосновская Луговская Каменская Покровская Троицкая Никольская Ключевская Ольховская Вишнёвская Петровская Высокогорская Моховская Красноярская Липовская Родниковская Калиновская Верхнеозёрская Нижнеозёрская Старосельская Новосельская Дубровская Боровская Ивановская Ручьёвская Холмская Полянская Раздольненская Степная Рябиновская Хуторская Малиновская'.split(
		' ',
	);

interface Form {
	kind: SchoolTruth['kind'];
	locality: SchoolTruth['locality'];
	count: number;
	teachers: [number, number];
	pupils: [number, number];
}

/** The make-up of a district of sixty schools: a town with its gymnasiums and lyceums, villages, small schools. */
const forms: readonly Form[] = [
	{ kind: 'gymnasium', locality: 'urban', count: 3, teachers: [55, 68], pupils: [85, 110] },
	{ kind: 'lyceum', locality: 'urban', count: 3, teachers: [55, 68], pupils: [85, 110] },
	{ kind: 'school', locality: 'urban', count: 20, teachers: [42, 62], pupils: [70, 105] },
	{ kind: 'school', locality: 'rural', count: 18, teachers: [16, 25], pupils: [20, 38] },
	{ kind: 'small_school', locality: 'rural', count: 16, teachers: [8, 12], pupils: [6, 12] },
];

function nameOf(form: Form, number: number, village: string): string {
	if (form.kind === 'gymnasium') return `МБОУ «Гимназия № ${number}»`;
	if (form.kind === 'lyceum') return `МБОУ «Лицей № ${number}»`;
	if (form.kind === 'small_school') return `МКОУ «${village} основная общеобразовательная школа»`;
	if (form.locality === 'rural') return `МБОУ «${village} средняя общеобразовательная школа»`;
	return `МБОУ «Средняя общеобразовательная школа № ${number}»`;
}

/** Sixty schools with their true level and conduct; the cast stands at fixed places, all others are honest. */
export function simulateSchools(random: Random, teachers: number): SchoolTruth[] {
	const names = random.shuffled(villages);
	const schools = forms
		.flatMap((form) => Array.from({ length: form.count }, () => form))
		.map((form, index): SchoolTruth => {
			const number = index + 1;
			const isSelective = form.kind === 'gymnasium' || form.kind === 'lyceum';
			return {
				school_id: `sch9${String(number).padStart(5, '0')}`,
				name: nameOf(form, number, names[index % names.length] as string),
				kind: form.kind,
				locality: form.locality,
				teachers: random.integer(...form.teachers),
				pupils_per_grade: random.integer(...form.pupils),
				advanced_subjects: isSelective ? [form.kind === 'lyceum' ? 'math' : 'russian'] : [],
				effect: random.normal(isSelective ? 0.5 : 0, world.between_schools),
				conduct: honest,
				luck: 'none',
				role: null,
			};
		});
	for (const [role, { index, shows: _, ...truth }] of Object.entries(castSchools))
		Object.assign(schools[index] as SchoolTruth, truth, { role: role as CastSchool });
	const low = schools.find((school) => school.role === 'small') as SchoolTruth;
	low.pupils_per_grade = 10;
	const lifting = schools.find((school) => school.role === 'lifting') as SchoolTruth;
	lifting.pupils_per_grade = 104;
	return withTeachers(schools, teachers);
}

/** Scales the staff so that the municipality has exactly so many teachers. */
function withTeachers(schools: SchoolTruth[], teachers: number): SchoolTruth[] {
	const total = schools.reduce((sum, school) => sum + school.teachers, 0);
	let given = 0;
	const scaled = schools.map((school) => {
		const share = Math.floor((school.teachers * teachers) / total);
		given += share;
		return { ...school, teachers: share };
	});
	for (let index = 0; given < teachers; index = (index + 1) % scaled.length, given += 1)
		(scaled[index] as SchoolTruth).teachers += 1;
	return scaled;
}
