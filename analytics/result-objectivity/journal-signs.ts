import { compareWithJournal } from '../statistics/journal-comparison.ts';
import type { Presets } from './definition.ts';
import { isEnough, journalWithout, type ProcedureReference } from './reference.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/**
 * Marks of the procedure above the journal (method O6) and below it (method O7). They are opposite tails of one count:
 * both carry the one two-sided p, and it enters the family once.
 */
export function journalSigns(
	row: SchoolProcedure,
	reference: ProcedureReference,
	presets: Presets,
): [raised: RawSign, lowered: RawSign] {
	const n = row.raised + row.confirmed + row.lowered;
	const group = `journal\n${row.region_id}\n${row.procedure_id}`;
	const both = (found: Partial<RawSign>): [RawSign, RawSign] => {
		const raised = rawSign('O6', 'journal', [row], { n, group, ...found });
		return [raised, rawSign('O7', 'journal', [row], { n, group, mirrorOf: raised, ...found })];
	};
	if (n < Number(presets.minimum_n)) return both({ note: 'too-few-respondents' });
	const least = { pupils: Number(presets.reference_pupils), schools: Number(presets.reference_schools) };
	const others = isEnough(reference, row, least) ? journalWithout(reference, row) : null;
	if (others === null) return both({ note: 'no-reference' });
	const test = compareWithJournal(row, others);
	if (test === null) return both({ note: 'no-reference' });
	const [raised, lowered] = both({
		p: test.p,
		inputs: {
			raised: row.raised,
			confirmed: row.confirmed,
			lowered: row.lowered,
			...(row.gap2 === null ? {} : { lowered_by_two: row.gap2 }),
			reference_raised_share: others.raisedShare,
			reference_lowered_share: others.loweredShare,
			correlation: others.rho,
		},
	});
	const isRaised = test.pRaised <= test.pLowered;
	const leastLowered = Math.max(
		Number(presets.lowered_share),
		others.loweredShare + Number(presets.lowered_above_region),
	);
	raised.statistic = test.raisedShare;
	raised.isLarge = isRaised && test.raisedShare >= Number(presets.raised_share);
	lowered.statistic = test.loweredShare;
	lowered.isLarge = !isRaised && test.loweredShare >= leastLowered;
	return [raised, lowered];
}
