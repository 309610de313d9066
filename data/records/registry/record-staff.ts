import { randomUUID } from 'node:crypto';
import { insertRows, isAmong } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import type { Trx } from '../store.ts';
import type { RecordCounts } from '../upsert.ts';
import { type Candidate, matchPerson } from './match-person.ts';
import { nameKey } from './name-key.ts';
import type { EmploymentRow, PersonRow } from './tables.ts';

/** A person's employment as a staff list states it. */
export interface StaffEntry {
	full_name: string;
	birth_date: string | null;
	school_id: string;
	position: string;
	subjects: string[];
	category: string;
	teaching_since: number | null;
	/** the day from which this is so */
	started_on: string;
	ended_on: string | null;
	/** where reminders go; absent or null leaves what the registry knows */
	email?: string | null;
	/** the chosen namesake, or `new` for another person of the same name; decides instead of the rules */
	person_id?: string;
	batch_id?: string | null;
}

export interface RefusedStaff {
	/** position in the given list */
	index: number;
	/** `namesake-choice`: choose among the people listed; `repeated`: the list has this employment twice */
	code: 'namesake-choice' | 'repeated';
	choices: Candidate[];
}

const EMPLOYMENT_COLUMNS = [
	'id',
	'person_id',
	'school_id',
	'position',
	'subjects',
	'category',
	'teaching_since',
	'started_on',
	'ended_on',
	'batch_id',
] as const;

/**
 * Records a staff list. People are recognised by name and birth date; a different subject, category or end from a
 * later day closes the old employment the day before and opens a new one, so that every day's state stays known.
 */
export async function recordStaff(
	trx: Trx,
	entries: readonly StaffEntry[],
): Promise<RecordCounts & { refused: RefusedStaff[] }> {
	const register = await readRegister(trx, entries);
	const refused: RefusedStaff[] = [];
	const counts = { new: 0, changed: 0, skipped: 0 };
	const seen = new Set<string>();
	for (const [index, entry] of entries.entries()) {
		const person = register.recognise(entry);
		if ('choices' in person) {
			refused.push({ index, code: 'namesake-choice', choices: person.choices });
			continue;
		}
		const place = JSON.stringify([person.id, entry.school_id, entry.position]);
		if (seen.has(place)) {
			refused.push({ index, code: 'repeated', choices: [] });
			continue;
		}
		seen.add(place);
		const changed = register.employ(person.id, entry);
		if (person.isNew) counts.new += 1;
		else if (changed || person.isCompleted) counts.changed += 1;
		else counts.skipped += 1;
	}
	await insertRows(trx, 'person', ['id', 'full_name', 'name_key', 'birth_date', 'email'], register.people(), {
		replaceOn: ['id'],
	});
	await insertRows(trx, 'employment', [...EMPLOYMENT_COLUMNS], register.employments(), { replaceOn: ['id'] });
	if (counts.new + counts.changed > 0) appendChange(trx, 'registry', '');
	return { ...counts, refused };
}

interface Recognised {
	id: string;
	isNew: boolean;
	/** a birth date was added to a person known without one, or the address is another */
	isCompleted: boolean;
}

/** The people of the listed names and their employments, and what the list changes in them. */
class StaffRegister {
	readonly #people = new Map<string, PersonRow>();
	readonly #byName = new Map<string, Candidate[]>();
	readonly #byPerson = new Map<string, EmploymentRow[]>();
	readonly #touchedPeople = new Set<PersonRow>();
	readonly #touchedEmployments = new Set<EmploymentRow>();

	constructor(people: PersonRow[], employments: EmploymentRow[]) {
		for (const employment of employments) this.#listEmployment(employment);
		for (const person of people) this.#listPerson(person);
	}

	recognise(entry: StaffEntry): Recognised | { choices: Candidate[] } {
		if (entry.person_id === 'new') return this.#addPerson(entry);
		if (entry.person_id) return this.#complete(entry.person_id, entry);
		const match = matchPerson(entry, this.#byName.get(nameKey(entry.full_name)) ?? []);
		if (match.kind === 'choice') return { choices: match.candidates };
		return match.kind === 'new' ? this.#addPerson(entry) : this.#complete(match.candidate.person_id, entry);
	}

	/** Lays the stated employment into the history of the post. True when something about it is new. */
	employ(personId: string, entry: StaffEntry): boolean {
		const stated = { ...employmentOf(entry), id: randomUUID(), person_id: personId };
		const history = (this.#byPerson.get(personId) ?? []).filter(
			({ school_id, position }) => school_id === stated.school_id && position === stated.position,
		);
		const before = latest(history.filter(({ started_on }) => started_on <= stated.started_on));
		const after = earliest(history.filter(({ started_on }) => started_on > stated.started_on));
		if (!before || isOver(before, stated.started_on)) return this.#begin(stated, after);
		if (saysTheSameWork(before, stated)) return this.#end(before, stated, after);
		if (before.started_on < stated.started_on) {
			before.ended_on = dayBefore(stated.started_on);
			this.#touchedEmployments.add(before);
			return this.#open(stated, after);
		}
		const { id, ended_on } = before;
		Object.assign(before, stated, { id, ended_on: after ? ended_on : stated.ended_on });
		this.#touchedEmployments.add(before);
		return true;
	}

	people(): PersonRow[] {
		return [...this.#touchedPeople];
	}

	employments(): EmploymentRow[] {
		return [...this.#touchedEmployments];
	}

	#addPerson({ full_name, birth_date, email = null }: StaffEntry): Recognised {
		const person = { id: randomUUID(), full_name, name_key: nameKey(full_name), birth_date, email };
		this.#listPerson(person);
		this.#touchedPeople.add(person);
		return { id: person.id, isNew: true, isCompleted: false };
	}

	#complete(personId: string, { birth_date, email = null }: StaffEntry): Recognised {
		const person = this.#people.get(personId);
		const isCompleted = person !== undefined && person.birth_date === null && birth_date !== null;
		if (isCompleted) {
			person.birth_date = birth_date;
			for (const candidate of this.#byName.get(person.name_key) ?? [])
				if (candidate.person_id === personId) candidate.birth_date = birth_date;
			this.#touchedPeople.add(person);
		}
		const isReached = person !== undefined && email !== null && person.email !== email;
		if (isReached) {
			person.email = email;
			this.#touchedPeople.add(person);
		}
		return { id: personId, isNew: false, isCompleted: isCompleted || isReached };
	}

	/** No employment stands on that day: the same work known from a later day began earlier than was known. */
	#begin(stated: EmploymentRow, after: EmploymentRow | undefined): boolean {
		if (!after || !saysTheSameWork(after, stated)) return this.#open(stated, after);
		after.started_on = stated.started_on;
		this.#touchedEmployments.add(after);
		return true;
	}

	/** The same work goes on; only its last day may be news, unless later days are known already. */
	#end(standing: EmploymentRow, stated: EmploymentRow, after: EmploymentRow | undefined): boolean {
		if (after || standing.ended_on === stated.ended_on) return false;
		standing.ended_on = stated.ended_on;
		this.#touchedEmployments.add(standing);
		return true;
	}

	#open(employment: EmploymentRow, after: EmploymentRow | undefined): true {
		if (after) employment.ended_on = dayBefore(after.started_on);
		this.#listEmployment(employment);
		const candidates = this.#byName.get(this.#people.get(employment.person_id)?.name_key ?? '') ?? [];
		for (const candidate of candidates)
			if (candidate.person_id === employment.person_id) candidate.school_ids.push(employment.school_id);
		this.#touchedEmployments.add(employment);
		return true;
	}

	#listPerson(person: PersonRow): void {
		this.#people.set(person.id, person);
		const schools = (this.#byPerson.get(person.id) ?? []).map(({ school_id }) => school_id);
		const candidate = { person_id: person.id, birth_date: person.birth_date, school_ids: schools };
		const namesakes = this.#byName.get(person.name_key);
		if (namesakes) namesakes.push(candidate);
		else this.#byName.set(person.name_key, [candidate]);
	}

	#listEmployment(employment: EmploymentRow): void {
		const own = this.#byPerson.get(employment.person_id);
		if (own) own.push(employment);
		else this.#byPerson.set(employment.person_id, [employment]);
	}
}

async function readRegister(trx: Trx, entries: readonly StaffEntry[]): Promise<StaffRegister> {
	const names = [...new Set(entries.map(({ full_name }) => nameKey(full_name)))];
	const chosen = entries.flatMap(({ person_id }) => (person_id && person_id !== 'new' ? [person_id] : []));
	const people = await trx
		.selectFrom('person')
		.selectAll()
		.where((eb) => eb.or([isAmong(trx, 'name_key', names), isAmong(trx, 'id', chosen)]))
		.orderBy('id')
		.execute();
	const employments = await trx
		.selectFrom('employment')
		.selectAll()
		.where(
			isAmong(
				trx,
				'person_id',
				people.map(({ id }) => id),
			),
		)
		.execute();
	return new StaffRegister(people, employments);
}

function employmentOf(entry: StaffEntry): Omit<EmploymentRow, 'id' | 'person_id'> {
	const { school_id, position, subjects, category, teaching_since, started_on, ended_on } = entry;
	return {
		school_id,
		position,
		subjects: JSON.stringify(subjects),
		category,
		teaching_since,
		started_on,
		ended_on,
		batch_id: entry.batch_id ?? null,
	};
}

function isOver(employment: EmploymentRow, day: string): boolean {
	return employment.ended_on !== null && employment.ended_on < day;
}

function saysTheSameWork(a: EmploymentRow, b: EmploymentRow): boolean {
	return a.subjects === b.subjects && a.category === b.category && a.teaching_since === b.teaching_since;
}

function latest(employments: EmploymentRow[]): EmploymentRow | undefined {
	return employments.toSorted(byStart).at(-1);
}

function earliest(employments: EmploymentRow[]): EmploymentRow | undefined {
	return employments.toSorted(byStart)[0];
}

function byStart(a: EmploymentRow, b: EmploymentRow): number {
	return a.started_on < b.started_on ? -1 : 1;
}

function dayBefore(day: string): string {
	const date = new Date(`${day}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() - 1);
	return date.toISOString().slice(0, 10);
}
