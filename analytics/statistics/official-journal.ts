import { spearman } from './spearman.ts';

/** A correlation this close to zero is rounding, not a negative one. */
const ROUNDING = -1e-12;

const FEWEST_PAIRS = 3;

export type OfficialJournal = {
	/** Pairs with a journal mark 2–5. */
	pairs: number;
	/** Spearman's correlation of journal mark and primary score. */
	correlation: number;
	flagged: boolean;
};

/**
 * Official sign «marks against the journal» (method OF-journal), exactly as published: Spearman's correlation
 * (average ranks) of journal mark and primary score inside the school is negative. Pairs count only with a
 * journal mark of 2, 3, 4 or 5.
 *
 * Returns null, and hence no sign, below three pairs or when the correlation is undefined.
 */
export function officialJournal(
	pupils: Iterable<{ journalMark: number | null; score: number }>,
): OfficialJournal | null {
	const marks: number[] = [];
	const scores: number[] = [];
	for (const { journalMark, score } of pupils) {
		if (journalMark !== 2 && journalMark !== 3 && journalMark !== 4 && journalMark !== 5) continue;
		marks.push(journalMark);
		scores.push(score);
	}
	if (marks.length < FEWEST_PAIRS) return null;
	const correlation = spearman(marks, scores);
	if (correlation === null) return null;
	return { pairs: marks.length, correlation, flagged: correlation < ROUNDING };
}
