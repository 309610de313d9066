import { compareWithJournal, type JournalComparison } from '../statistics/journal-comparison.ts';
import type { Presets } from './definition.ts';
import { journalWithout, missingSpread } from './reference.ts';
import { type Chosen, chooseReference, type ReferenceChoice } from './reference-choice.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/**
 * Marks of the procedure above the journal (method O6) and below it (method O7). They are opposite tails of one count:
 * both carry the one two-sided p, and it enters the family once. In an exam that the school does not mark itself only year
 * marks above it are a sign (method O12, the tail of O7 alone).
 */
export function journalSigns(row: SchoolProcedure, choice: ReferenceChoice, presets: Presets): RawSign[] {
	const compared = compare(row, choice, presets);
	return row.kind === 'oge' ? yearMarkSigns(row, compared, presets) : markSigns(row, compared, presets);
}

type Others = NonNullable<ReturnType<typeof journalWithout>> & { rho: number; against: Chosen['inputs'] };
type Compared = { note: RawSign['note'] } | { others: Others; test: JournalComparison };

function compare(row: SchoolProcedure, choice: ReferenceChoice, presets: Presets): Compared {
	if (pairsOf(row) < Number(presets.minimum_n)) return { note: 'too-few-respondents' };
	const chosen = chooseReference(choice, row, 'journal', presets);
	const others = chosen && journalWithout(chosen.reference, row);
	if (chosen === null || others === null) return { note: 'no-reference' };
	const { rho } = others;
	if (rho === null) return { note: missingSpread(chosen.reference, 'journal') };
	const known = { ...others, rho, against: chosen.inputs };
	const test = compareWithJournal(row, known);
	return test ? { others: known, test } : { note: 'no-reference' };
}

function pairsOf(row: SchoolProcedure): number {
	return row.raised + row.confirmed + row.lowered;
}

function markSigns(
	row: SchoolProcedure,
	compared: Compared,
	presets: Presets,
): [raised: RawSign, lowered: RawSign] {
	const n = pairsOf(row);
	const group = `journal\n${row.region_id}\n${row.procedure_id}`;
	const both = (found: Partial<RawSign>): [RawSign, RawSign] => {
		const raised = rawSign('O6', 'journal', [row], { n, group, ...found });
		return [raised, rawSign('O7', 'journal', [row], { n, group, mirrorOf: raised, ...found })];
	};
	if ('note' in compared) return both({ note: compared.note });
	const { others, test } = compared;
	const [raised, lowered] = both({ p: test.p, inputs: inputsOf(row, others) });
	const isRaised = test.pRaised <= test.pLowered;
	raised.statistic = test.raisedShare;
	raised.isLarge = isRaised && test.raisedShare >= Number(presets.raised_share);
	lowered.statistic = test.loweredShare;
	lowered.isLarge = !isRaised && test.loweredShare >= leastLowered(others, presets);
	return [raised, lowered];
}

/** An exam without year marks has no sign at all: the file need not carry them. */
function yearMarkSigns(row: SchoolProcedure, compared: Compared, presets: Presets): RawSign[] {
	const n = pairsOf(row);
	if (n === 0) return [];
	const sign = (found: Partial<RawSign>): RawSign[] => [rawSign('O12', 'journal', [row], { n, ...found })];
	if ('note' in compared) return sign({ note: compared.note });
	const { others, test } = compared;
	return sign({
		statistic: test.loweredShare,
		p: test.pLowered,
		isLarge: test.loweredShare >= leastLowered(others, presets),
		inputs: inputsOf(row, others),
	});
}

function leastLowered(others: Others, presets: Presets): number {
	return Math.max(Number(presets.lowered_share), others.loweredShare + Number(presets.lowered_above_region));
}

function inputsOf(row: SchoolProcedure, others: Others): RawSign['inputs'] {
	return {
		raised: row.raised,
		confirmed: row.confirmed,
		lowered: row.lowered,
		...(row.gap2 === null ? {} : { lowered_by_two: row.gap2 }),
		reference_raised_share: others.raisedShare,
		reference_lowered_share: others.loweredShare,
		correlation: others.rho,
		...others.against,
	};
}
