import { day, emailAddress, list, number, oneOf, type Parsed, text } from './cell-rules.ts';
import { type Checked, nothingChecked, type SheetKind } from './checked.ts';
import type { KnownEmployment, KnownPerson } from './context.ts';
import { buildDirectory } from './directory.ts';
import { buildPeople } from './people.ts';
import { type ReadSheet, refuseRow, reportCoerced } from './sheet.ts';
import { subjectId } from './subjects.ts';
import type { Cell } from './workbook.ts';

/** One employment to record: who, where, as what, from when. `person_id` is null for a person new to the registry. */
export interface EmploymentToStore extends KnownEmployment {
	person_id: string | null;
	full_name: string;
	birth_date: string | null;
	email: string | null;
}

function column(
	field: string,
	titles: [string, string, ...string[]],
	parse: (cell: Exclude<Cell, null>) => Parsed,
	help: { ru: string; en: string },
	examples: Cell[],
	isRequired = false,
) {
	const [ru, en, ...aliases] = titles;
	return {
		field,
		titles: { ru, en, aliases },
		required: isRequired,
		filled: isRequired,
		parse,
		help,
		examples,
	};
}

const fullName = (cell: Exclude<Cell, null>): Parsed => {
	const read = text(200)(cell);
	if ('code' in read) return read;
	const parts = String(read.value).split(' ');
	const isName = parts.length >= 2 && parts.every((part) => /^[\p{L}][\p{L}.'’-]*$/u.test(part));
	return isName && parts.every((part) => !part.endsWith('.')) ? read : { code: 'name-incomplete' };
};

/** The staff of schools: a row per person and place of work. */
export const staffSheet: SheetKind<EmploymentToStore> = {
	kind: 'staff',
	name: { ru: 'Педагоги', en: 'Staff' },
	columns: ({ today }) => {
		const year = Number(today.slice(0, 4));
		return [
			column(
				'full_name',
				[
					'ФИО',
					'Full name',
					'ф.и.о.',
					'фамилия имя отчество',
					'фамилия, имя, отчество',
					'педагог',
					'сотрудник',
					'name',
				],
				fullName,
				{
					ru: 'Фамилия, имя и отчество полностью.',
					en: 'The full name: surname, first name, patronymic.',
				},
				['Примерова Мария Образцовна', 'Примеров Иван Образцович'],
				true,
			),
			column(
				'birth_date',
				['Дата рождения', 'Birth date', 'д.р.', 'др', 'date of birth'],
				day(`${year - 100}-01-01`, `${year - 16}-12-31`),
				{
					ru: 'ДД.ММ.ГГГГ. Вместе с ФИО отличает человека от однофамильца.',
					en: 'DD.MM.YYYY. With the name it tells a person from a namesake.',
				},
				['14.05.1985', '02.11.1998'],
			),
			column(
				'school',
				[
					'Школа',
					'School',
					'код школы',
					'место работы',
					'оо',
					'организация',
					'логин',
					'наименование оо',
					'school code',
				],
				text(300),
				{
					ru: 'Код или название школы из реестра.',
					en: 'Code or name of a school in the registry.',
				},
				['101', '102'],
				true,
			),
			column(
				'position',
				['Должность', 'Position', 'занимаемая должность'],
				text(150),
				{
					ru: 'Должность; пусто — «учитель».',
					en: 'The position; when empty, "учитель" (teacher).',
				},
				['учитель', 'учитель'],
			),
			column(
				'subjects',
				['Предметы', 'Subjects', 'предмет', 'преподаваемые предметы', 'преподаваемый предмет', 'subject'],
				list(subjectId),
				{
					ru: 'Предметы через точку с запятой, основной — первым.',
					en: 'Subjects separated by semicolons, the main one first.',
				},
				['математика; информатика', 'русский язык'],
			),
			column(
				'category',
				['Категория', 'Category', 'квалификационная категория', 'квалификация', 'кат.'],
				oneOf({
					none: [
						'без категории',
						'нет',
						'не имеет',
						'соответствие',
						'соответствие занимаемой должности',
						'сзд',
						'-',
						'—',
					],
					first: ['первая', 'первая категория', 'первая квалификационная категория', '1', 'i'],
					highest: ['высшая', 'высшая категория', 'высшая квалификационная категория', 'вкк'],
					teacher_methodist: ['педагог-методист', 'методист'],
					teacher_mentor: ['педагог-наставник', 'наставник'],
				}),
				{
					ru: 'без категории, первая, высшая, педагог-методист или педагог-наставник.',
					en: 'none, first, highest, teacher_methodist or teacher_mentor.',
				},
				['высшая', 'без категории'],
			),
			column(
				'seniority',
				[
					'Стаж',
					'Seniority',
					'педагогический стаж',
					'пед. стаж',
					'педстаж',
					'стаж лет',
					'стаж, лет',
					'years of teaching',
				],
				number({ min: 0, max: 75 }),
				{
					ru: 'Полных лет педагогического стажа; вместо него можно указать год начала.',
					en: 'Full years of teaching; the year of beginning may stand instead.',
				},
				[null, null],
			),
			column(
				'teaching_since',
				[
					'Год начала работы',
					'Teaching since',
					'год начала',
					'преподает с',
					'год начала педагогической работы',
				],
				number({ min: year - 80, max: year, integer: true }),
				{
					ru: 'Год, с которого человек преподаёт.',
					en: 'The year in which teaching began.',
				},
				[2008, 2021],
			),
			column(
				'started_on',
				['Работает с', 'Works from', 'дата приема', 'дата начала', 'принят', 'started on', 'с'],
				day(`${year - 80}-01-01`, `${year + 1}-12-31`),
				{
					ru: 'С какого дня работает в школе; пусто — с начала учебного года.',
					en: 'First day at the school; when empty, the beginning of the school year.',
				},
				['01.09.2015', '01.09.2023'],
			),
			column(
				'ended_on',
				['Работает по', 'Works until', 'дата увольнения', 'дата окончания', 'уволен', 'ended on', 'по'],
				day(`${year - 80}-01-01`, `${year + 10}-12-31`),
				{
					ru: 'Последний день в школе; пусто — работает.',
					en: 'Last day at the school; empty while working there.',
				},
				[null, null],
			),
			column(
				'email',
				['Электронная почта', 'E-mail', 'почта', 'эл. почта', 'адрес почты', 'email', 'e-mail адрес'],
				emailAddress(),
				{
					ru: 'Адрес, на который уйдёт напоминание о диагностике; пусто — остаётся прежний.',
					en: 'Where a reminder of diagnostics goes; when empty, the known one stays.',
				},
				['primerova@example.org', null],
			),
		];
	},
	check(read, context) {
		const checked: Checked<EmploymentToStore> = nothingChecked();
		const directory = buildDirectory(context);
		const people = buildPeople(context.staff);
		const seen = new Map<string, number>();
		for (const { row, values } of read.rows) {
			const written = String(values.school);
			const match = directory.matchSchool(written);
			if (!('school' in match)) {
				refuseRow(read, row, 'school', match.code, written, match.params);
				continue;
			}
			const school_id = match.school.id;
			if (match.coerced) {
				reportCoerced(read, row, read.columns.get('school') ?? '', match.coerced, written, school_id);
			}
			if (!periodHolds(read, row, values)) continue;
			const full_name = String(values.full_name);
			const birth_date = values.birth_date as string | null;
			const person = people.find(full_name, birth_date, school_id);
			if ('doubt' in person) {
				refuseRow(read, row, 'full_name', 'namesake', full_name, { count: person.doubt });
				continue;
			}
			const position = (values.position ?? 'учитель') as string;
			const id = people.expect(person, full_name, birth_date, school_id);
			const key = [id, school_id, position.toLowerCase()].join('|');
			const first = seen.get(key);
			if (first !== undefined) {
				refuseRow(read, row, 'full_name', 'duplicate-row', full_name, { first_row: first });
				continue;
			}
			seen.set(key, row);
			const { employment, isNews } = employmentAfter(
				values,
				person.known,
				school_id,
				position,
				context.today,
			);
			const isCompleted = person.known?.birth_date === null && birth_date !== null;
			const email = values.email as string | null;
			const isReached = email !== null && email !== (person.known?.email ?? null);
			if (!isNews && !isCompleted && !isReached) {
				checked.skipped += 1;
				continue;
			}
			if (person.id !== null) checked.changed += 1;
			checked.rows.push({ ...employment, person_id: person.known?.id ?? null, full_name, birth_date, email });
		}
		return checked;
	},
};

/**
 * What a row makes of a person's work at a school. An empty cell leaves what the registry knows. Other work than before
 * without a later first day begins today, so that the state of earlier days stays known; a new place of work without a
 * first day begins with the school year.
 */
function employmentAfter(
	values: Record<string, unknown>,
	person: KnownPerson | null,
	school_id: string,
	position: string,
	today: string,
): { employment: KnownEmployment; isNews: boolean } {
	const stated = values.started_on as string | null;
	const there = (person?.employments ?? [])
		.filter((each) => each.school_id === school_id && each.position.toLowerCase() === position.toLowerCase())
		.toSorted((a, b) => (a.started_on < b.started_on ? -1 : 1));
	const latest = there.at(-1);
	const begins = stated ?? schoolYearStart(today);
	const current = latest && !(latest.ended_on !== null && latest.ended_on < begins) ? latest : undefined;
	const employment: KnownEmployment = {
		school_id,
		position: current?.position ?? position,
		subjects: (values.subjects ?? current?.subjects ?? []) as string[],
		category: (values.category ?? current?.category ?? 'none') as string,
		teaching_since: teachingSince(values, today) ?? current?.teaching_since ?? null,
		started_on: begins,
		ended_on: (values.ended_on ?? current?.ended_on ?? null) as string | null,
	};
	if (!current) return { employment, isNews: true };
	const isSameWork =
		JSON.stringify(current.subjects) === JSON.stringify(employment.subjects) &&
		current.category === employment.category &&
		current.teaching_since === employment.teaching_since;
	if (isSameWork) {
		const isEarlier = stated !== null && stated < current.started_on && there.length === 1;
		employment.started_on = isEarlier ? stated : current.started_on;
	} else if (stated === null || stated <= current.started_on) {
		employment.started_on = today > current.started_on ? today : current.started_on;
	}
	const isNews =
		!isSameWork || employment.started_on !== current.started_on || employment.ended_on !== current.ended_on;
	return { employment, isNews };
}

function periodHolds(read: ReadSheet, row: number, values: Record<string, unknown>): boolean {
	const { started_on, ended_on, birth_date, teaching_since } = values as Record<string, string | null>;
	if (started_on && ended_on && started_on > ended_on) {
		refuseRow(read, row, 'ended_on', 'period-reversed', ended_on, { from: started_on });
		return false;
	}
	const began = teaching_since ?? started_on?.slice(0, 4);
	if (birth_date && began && Number(began) - Number(birth_date.slice(0, 4)) < 14) {
		const field = teaching_since ? 'teaching_since' : 'started_on';
		refuseRow(read, row, field, 'began-before-birth', began, { birth_date });
		return false;
	}
	return true;
}

function teachingSince(values: Record<string, unknown>, today: string): number | null {
	if (values.teaching_since !== null) return values.teaching_since as number;
	if (values.seniority === null) return null;
	return Number(today.slice(0, 4)) - Math.floor(values.seniority as number);
}

/** 1 September of the school year that a day belongs to. */
function schoolYearStart(today: string): string {
	const year = Number(today.slice(0, 4));
	return `${today.slice(5) >= '09-01' ? year : year - 1}-09-01`;
}
