import { type Candidate, matchPerson } from '#data/records/registry/match-person.ts';
import { nameKey } from '#data/records/registry/name-key.ts';
import type { KnownPerson } from './context.ts';

/** Known, new, met above in the same file, or in doubt between so many people. */
type PersonMatch = { known: KnownPerson | null; id: string | null } | { doubt: number };

export interface People {
	find(fullName: string, birthDate: string | null, schoolId: string): PersonMatch;
	/** tells that an accepted row of the file speaks of this person; gives the id under which later rows find them */
	expect(match: { id: string | null }, fullName: string, birthDate: string | null, schoolId: string): string;
}

/**
 * Finds people by name and birth date with the rule by which the registry records them (`matchPerson`), the rows of the
 * file taking effect one after the other as they will when stored.
 */
export function buildPeople(known: KnownPerson[]): People {
	const byId = new Map(known.map((person) => [person.id, person]));
	const byName = new Map<string, Candidate[]>();
	const namesakesOf = (fullName: string): Candidate[] => {
		const key = nameKey(fullName);
		const found = byName.get(key) ?? [];
		byName.set(key, found);
		return found;
	};
	for (const { id, full_name, birth_date, employments } of known) {
		const school_ids = employments.map((each) => each.school_id);
		namesakesOf(full_name).push({ person_id: id, birth_date, school_ids });
	}
	let added = 0;
	return {
		find(fullName, birth_date, school_id) {
			const match = matchPerson({ birth_date, school_id }, namesakesOf(fullName));
			if (match.kind === 'choice') return { doubt: match.candidates.length };
			if (match.kind === 'new') return { known: null, id: null };
			const { person_id } = match.candidate;
			return { known: byId.get(person_id) ?? null, id: person_id };
		},
		expect({ id }, fullName, birth_date, schoolId) {
			const namesakes = namesakesOf(fullName);
			const candidate = namesakes.find((each) => each.person_id === id);
			if (candidate) {
				candidate.birth_date ??= birth_date;
				candidate.school_ids.push(schoolId);
				return candidate.person_id;
			}
			added += 1;
			const person_id = `row ${added}`;
			namesakes.push({ person_id, birth_date, school_ids: [schoolId] });
			return person_id;
		},
	};
}
