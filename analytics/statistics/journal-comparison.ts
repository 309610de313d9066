import { betaBinomialUpperTail, intraclassCorrelation } from './beta-binomial.ts';

/** Pairs (mark of the procedure, journal mark) of one school. */
export type JournalCounts = {
	/** Mark above the journal mark, U («повысили»). */
	raised: number;
	/** Mark equal to the journal mark, E («подтвердили»). */
	confirmed: number;
	/** Mark below the journal mark, D («понизили»). */
	lowered: number;
};

export type JournalReference = {
	/** Share of raised among changed marks in the reference, π = U/(U+D). */
	raisedShare: number;
	/** Share of lowered among all pairs in the reference, D/(U+D+E). */
	loweredShare: number;
	/** Intra-class correlation of U within schools, ρ. */
	rho: number;
};

export type JournalComparison = {
	pairs: number;
	raisedShare: number;
	loweredShare: number;
	/** Method O6: `P(X ≥ U)`, marks above the journal. */
	pRaised: number;
	/** Method O7: `P(X ≥ D)`, journal above the marks. */
	pLowered: number;
	/** The two opposite tails of one count as one p, `min(1, 2·min)`. */
	p: number;
};

/**
 * Reference of the journal comparison from the schools of a region: π and the over-dispersion ρ by moments
 * over schools with at least ten changed marks (0 when there are none).
 * Returns null without a raised or without a lowered mark: no honest null share exists then.
 */
export function journalReference(schools: readonly JournalCounts[]): JournalReference | null {
	let raised = 0;
	let lowered = 0;
	let pairs = 0;
	for (const school of schools) {
		raised += school.raised;
		lowered += school.lowered;
		pairs += school.raised + school.confirmed + school.lowered;
	}
	if (raised === 0 || lowered === 0) return null;
	const raisedShare = raised / (raised + lowered);
	const changed = schools.map((school) => ({ n: school.raised + school.lowered, x: school.raised }));
	const rho = intraclassCorrelation(changed, raisedShare) ?? 0;
	return { raisedShare, loweredShare: lowered / pairs, rho };
}

/**
 * Marks of the procedure against journal marks in one school (methods O6 and O7): both tails of U among the
 * changed marks U + D, by the beta-binomial with mean π and correlation ρ (exact binomial at ρ = 0).
 * A school that confirmed every mark has p = 1.
 *
 * Returns null without pairs or with a reference share outside (0, 1).
 */
export function compareWithJournal(
	school: JournalCounts,
	reference: { raisedShare: number; rho: number },
): JournalComparison | null {
	const { raised, confirmed, lowered } = school;
	const pairs = raised + confirmed + lowered;
	const { raisedShare, rho } = reference;
	if (pairs === 0 || !(raisedShare > 0 && raisedShare < 1)) return null;
	const changed = raised + lowered;
	const pRaised = betaBinomialUpperTail(raised, changed, raisedShare, rho);
	const pLowered = betaBinomialUpperTail(lowered, changed, 1 - raisedShare, rho);
	return {
		pairs,
		raisedShare: raised / pairs,
		loweredShare: lowered / pairs,
		pRaised,
		pLowered,
		p: Math.min(1, 2 * Math.min(pRaised, pLowered)),
	};
}
