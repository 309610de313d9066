/** Someone of the same name who may be meant. */
export interface Candidate {
	person_id: string;
	birth_date: string | null;
	school_ids: string[];
}

export type Match =
	| { kind: 'same'; candidate: Candidate }
	| { kind: 'new' }
	/** several fit, or one fits only by name: a human must choose */
	| { kind: 'choice'; candidates: Candidate[] };

/**
 * Who of the people of one name a row means. Name and birth date decide; the school decides only between namesakes;
 * where that leaves a doubt nothing is guessed.
 */
export function matchPerson(
	row: { birth_date: string | null; school_id: string },
	namesakes: readonly Candidate[],
): Match {
	const fitting = namesakes.filter(
		({ birth_date }) => birth_date === null || row.birth_date === null || birth_date === row.birth_date,
	);
	const exact = fitting.filter(({ birth_date }) => row.birth_date !== null && birth_date === row.birth_date);
	if (exact.length === 1) return { kind: 'same', candidate: exact[0]! };
	const pool = exact.length > 1 ? exact : fitting;
	if (pool.length === 0) return { kind: 'new' };
	const here = pool.filter(({ school_ids }) => school_ids.includes(row.school_id));
	if (here.length === 1) return { kind: 'same', candidate: here[0]! };
	return { kind: 'choice', candidates: here.length > 1 ? here : pool };
}
