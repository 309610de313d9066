import { normaliseWord } from './cell-rules.ts';
import type { KnownPerson } from './context.ts';

/** A person's name as two lists would agree on it: case, `ё`, blanks, dots and hyphens' blanks do not matter. */
export function personNameKey(fullName: string): string {
	return normaliseWord(fullName.replace(/\./g, ' ').replace(/\s*-\s*/g, '-'));
}

/** Known or new, or in doubt between so many people. */
export type PersonMatch = { known: KnownPerson | null } | { doubt: number };

export interface People {
	find(fullName: string, birthDate: string | null, schoolId: string): PersonMatch;
	/** tells that an accepted row of the same file speaks of this person */
	expect(fullName: string, birthDate: string | null, schoolId: string): void;
}

/**
 * Finds people by name and birth date. The school decides only between namesakes: between two with one birth date, or
 * where a birth date is missing on either side. What it cannot decide stays in doubt.
 */
export function buildPeople(known: KnownPerson[]): People {
	const byName = new Map<string, KnownPerson[]>();
	for (const person of known) {
		const key = personNameKey(person.full_name);
		byName.set(key, [...(byName.get(key) ?? []), person]);
	}
	/** name → schools of accepted rows without a birth date, and the birth dates of the others */
	const inFile = new Map<string, { undated: Set<string>; dated: Map<string, Set<string>> }>();
	return {
		find(fullName, birthDate, schoolId) {
			const key = personNameKey(fullName);
			const doubtInFile = doubtWithin(inFile.get(key), birthDate, schoolId);
			if (doubtInFile > 0) return { doubt: doubtInFile };
			return matchKnown(byName.get(key) ?? [], birthDate, schoolId);
		},
		expect(fullName, birthDate, schoolId) {
			const key = personNameKey(fullName);
			const entry = inFile.get(key) ?? { undated: new Set(), dated: new Map() };
			inFile.set(key, entry);
			if (birthDate === null) entry.undated.add(schoolId);
			else entry.dated.set(birthDate, (entry.dated.get(birthDate) ?? new Set()).add(schoolId));
		},
	};
}

function matchKnown(namesakes: KnownPerson[], birthDate: string | null, schoolId: string): PersonMatch {
	if (namesakes.length === 0) return { known: null };
	const here = (people: KnownPerson[]) =>
		people.filter((person) => person.employments.some((each) => each.school_id === schoolId));
	if (birthDate !== null) {
		const sameDay = namesakes.filter((person) => person.birth_date === birthDate);
		if (sameDay.length === 1) return { known: sameDay[0]! };
		const rest = sameDay.length > 1 ? sameDay : namesakes.filter((person) => person.birth_date === null);
		if (rest.length === 0) return { known: null };
		const atSchool = here(rest);
		return atSchool.length === 1 ? { known: atSchool[0]! } : { doubt: rest.length };
	}
	const atSchool = here(namesakes);
	return atSchool.length === 1 ? { known: atSchool[0]! } : { doubt: namesakes.length };
}

/** Rows of one file: without birth dates, one name at two schools, or beside a dated one, may be one person or two. */
function doubtWithin(
	entry: { undated: Set<string>; dated: Map<string, Set<string>> } | undefined,
	birthDate: string | null,
	schoolId: string,
): number {
	if (!entry) return 0;
	if (birthDate !== null) return entry.undated.size;
	const isOnlyHere = entry.dated.size === 0 && entry.undated.has(schoolId) && entry.undated.size === 1;
	if (isOnlyHere) return 0;
	return entry.undated.size + entry.dated.size;
}
