import { createHash } from 'node:crypto';
import type { ComputeContext, Computed, InputRow, Row } from '../module.ts';
import { objectiveShare } from '../statistics/objective-share.ts';
import { noteOf, notesOf } from './answer-notes.ts';
import { type Assessment, assess, type Gathered, schoolYear } from './assess.ts';
import type { Presets } from './definition.ts';
import { allMedals, medalsOf } from './medals.ts';
import { reasonsOf } from './reasons.ts';
import { kindsOf, referenceTexts } from './reference-choice.ts';
import type { Remarking } from './remarking.ts';
import { familyTexts, publicSign } from './signs.ts';

export { summarise } from './finding.ts';

/**
 * Signs, families, q and level of every school and year. Works over all schools of the region, because false discovery is
 * controlled over all of them, and lets go of those that the viewer may not see at its end.
 */
export function compute(rows: InputRow[], context: ComputeContext): Computed {
	const presets: Presets = context.presets as never;
	const { schools, references } = assessOnce(rows, presets);
	const wanted = new Set(rows.filter(({ is_shown }) => is_shown).map(schoolYear));
	const shown = schools.filter((school) => wanted.has(schoolYear(school)));
	return {
		rows: shown.map((school) => outputRow(school, context)),
		notes: notesOf(shown, references, context),
	};
}

/** The newest last. A region is asked about school by school, and only what is shown of it differs. */
const assessments = new Map<string, Assessment>();
const MOST_REMEMBERED = 4;

function assessOnce(rows: InputRow[], presets: Presets): Assessment {
	const key = createHash('sha256')
		.update(JSON.stringify([presets, rows.map(comparable)]))
		.digest('base64');
	const known = assessments.get(key) ?? assess(rows, presets);
	assessments.delete(key);
	assessments.set(key, known);
	if (assessments.size > MOST_REMEMBERED) assessments.delete(assessments.keys().next().value as string);
	return known;
}

/** A row without what depends on who asks; sums of threads differ in their last digits from one query to the next. */
function comparable({ is_shown: _, ...row }: InputRow): unknown[] {
	return Object.values(row).map((value) =>
		typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(10) : value,
	);
}

function outputRow(school: Gathered, { presets, language }: ComputeContext): Row {
	const { rows, p } = school;
	const found = medalsOf(rows);
	const medals = found && allMedals(found);
	const kinds = kindsOf(school);
	const official = school.signs.filter((sign) => sign.id.startsWith('OF-') && sign.flagged).length;
	return {
		school_id: school.school_id,
		school_name: rows[0]!.school_name,
		municipality_id: rows[0]!.municipality_id,
		year: school.year,
		n: rows.reduce((sum, row) => sum + row.n, 0),
		level: school.level,
		p_combined: school.p_combined,
		q_combined: school.q_combined,
		p_mean: p.mean,
		p_border: p.border,
		p_journal: p.journal,
		p_pattern: p.pattern,
		families_marked: school.marked.length,
		official_signs: official,
		list_markers: rows.find((row) => typeof row.list_markers === 'number')?.list_markers ?? null,
		objective_share: shareOf(school.remarkings),
		medal_candidates: medals?.candidates ?? null,
		medals_missed: medals && medals.judged > 0 ? medals.missed : null,
		families: school.marked.join(', '),
		families_text: school.marked.map((family) => familyTexts[family][language]).join(', '),
		reference: kinds.join(', ') || null,
		reference_text: kinds.map((kind) => referenceTexts[kind][language]).join('; ') || null,
		signs: JSON.stringify(school.signs.map(publicSign), rounded),
		reasons: JSON.stringify(reasonsOf(school, presets as never)),
		note: noteOf(school, presets as never),
	};
}

/** Objective share over all papers of the year that were marked again; null without any. */
function shareOf(remarkings: readonly Remarking[]): number | null {
	const sum = (count: (one: Remarking) => number): number =>
		remarkings.reduce((total, one) => total + count(one), 0);
	return (
		objectiveShare(
			sum(({ unchanged }) => unchanged),
			sum(({ remarked }) => remarked),
		)?.share ?? null
	);
}

/** Seven significant digits are more than any reader uses and half of the bytes. */
function rounded(_: string, value: unknown): unknown {
	return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(7)) : value;
}
