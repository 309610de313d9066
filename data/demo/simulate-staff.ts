import type { Random } from '#data/simulation/random.ts';
import { castTeachers } from './cast.ts';
import { inventName } from './names.ts';
import type { SchoolTruth } from './truth.ts';

/** A teacher with what is true about the person. */
export interface TeacherTruth {
	full_name: string;
	birth_date: string;
	school_id: string;
	position: string;
	subjects: string[];
	category: string;
	teaching_since: number;
	started_on: string;
	ability: number;
	shifts: Record<string, number>;
	answers: 'carefully' | 'straight_line' | 'declines';
	answers_open_campaign: boolean | null;
}

const subjectWeights: [string, number][] = [
	['primary', 30],
	['russian', 13],
	['math', 12],
	['english', 10],
	['history', 7],
	['physical_education', 6],
	['biology', 4],
	['physics', 4],
	['informatics', 4],
	['technology', 4],
	['chemistry', 3],
	['geography', 3],
];

function weighted(random: Random): string {
	let rest = random.uniform() * subjectWeights.reduce((sum, [, weight]) => sum + weight, 0);
	for (const [subject, weight] of subjectWeights) {
		rest -= weight;
		if (rest <= 0) return subject;
	}
	return 'primary';
}

function categoryOf(random: Random, seniority: number): string {
	const roll = random.uniform();
	if (seniority < 3) return roll < 0.9 ? 'none' : 'first';
	if (seniority < 10) return roll < 0.4 ? 'none' : roll < 0.85 ? 'first' : 'highest';
	if (roll < 0.18) return 'none';
	if (roll < 0.55) return 'first';
	if (roll < 0.95) return 'highest';
	return roll < 0.98 ? 'teacher_methodist' : 'teacher_mentor';
}

const pad = (value: number) => String(value).padStart(2, '0');

function simulateTeacher(random: Random, school: SchoolTruth, year: number): TeacherTruth {
	const age = Math.min(72, Math.max(22, Math.round(random.normal(46, 12))));
	const seniority = Math.max(0, Math.min(age - 22, Math.round((age - 23) * random.normal(0.9, 0.12))));
	const subject = weighted(random);
	const needsSecond = school.kind === 'small_school' || random.chance(0.12);
	const second = needsSecond ? weighted(random) : subject;
	const since = year - random.integer(0, Math.min(seniority, 18));
	return {
		full_name: inventName(random),
		birth_date: `${year - age}-${pad(random.integer(1, 12))}-${pad(random.integer(1, 28))}`,
		school_id: school.school_id,
		position: subject === 'primary' ? 'учитель начальных классов' : 'учитель',
		subjects: second === subject ? [subject] : [subject, second],
		category: categoryOf(random, seniority),
		teaching_since: year - seniority,
		started_on: `${since}-09-01`,
		ability: random.normal(0.6, 0.65),
		shifts: {},
		answers: random.chance(0.012) ? 'straight_line' : random.chance(0.03) ? 'declines' : 'carefully',
		answers_open_campaign: null,
	};
}

/** The staff of all schools: the cast first in its schools, the rest simulated; no two share name and birth date. */
export function simulateStaff(random: Random, schools: readonly SchoolTruth[], year: number): TeacherTruth[] {
	const known = new Set<string>(castTeachers.map(({ full_name }) => full_name));
	return schools.flatMap((school) => {
		const cast = castTeachers
			.filter((teacher) => teacher.school === school.role)
			.map(
				({ school: _, subject, ...teacher }): TeacherTruth => ({
					...teacher,
					school_id: school.school_id,
					position: subject === 'primary' ? 'учитель начальных классов' : 'учитель',
					subjects: [subject],
					started_on: `${Math.max(teacher.teaching_since, year - 12)}-09-01`,
				}),
			);
		const others = Array.from({ length: school.teachers - cast.length }, () => {
			let teacher = simulateTeacher(random, school, year);
			while (known.has(`${teacher.full_name} ${teacher.birth_date}`) || known.has(teacher.full_name))
				teacher = simulateTeacher(random, school, year);
			known.add(`${teacher.full_name} ${teacher.birth_date}`);
			return teacher;
		});
		return [...cast, ...others];
	});
}
