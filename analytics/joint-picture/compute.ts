import type { ComputeContext, Computed, InputRow, Note, Row } from '../module.ts';
import type { NoteCode } from '../notes.ts';
import { actionTexts, type Standing, standingTexts, trustOf, trustTexts } from './cells.ts';
import { contextText, type SocialContext, socialContexts } from './context.ts';
import type { Presets } from './definition.ts';
import {
	type Expectation,
	type Expectations,
	expectFrom,
	type SchoolYear,
	schoolYears,
} from './expectation.ts';

export { summarise } from './finding.ts';

/**
 * Sets results, their objectivity, the social context and the expectation from it of every school and year side by side. `used` holds
 * what `low-results` and `result-objectivity` say of all schools of the region, so that the line of expectation leaves out
 * results in doubt wherever they are.
 */
export function compute(rows: InputRow[], { presets: given, used, language }: ComputeContext): Computed {
	const presets: Presets = given as never;
	const low = bySchoolYear(used?.['low-results']);
	const signs = bySchoolYear(used?.['result-objectivity']);
	const schools = schoolYears(rows);
	const isSound = (school: SchoolYear) => trustOf(signs.get(keyOf(school))?.level) !== 'doubtful';
	const contexts = new Map<SchoolYear, SocialContext>();
	const expected = new Map<SchoolYear, Expectations>();
	for (const region of Map.groupBy(schools, ({ region_id, year }) => `${region_id}\n${year}`).values()) {
		for (const entry of socialContexts(region, presets)) contexts.set(...entry);
		const expectations = expectFrom(region, contexts, isSound, presets);
		for (const school of region) expected.set(school, expectations);
	}
	const found = schools
		.filter(({ is_shown }) => is_shown)
		.map((school): Row => {
			const rule = low.get(keyOf(school));
			const trust = trustOf(signs.get(keyOf(school))?.level);
			const expectations = expected.get(school)!;
			const line = expectations.of.get(school) ?? null;
			const context = contexts.get(school)!;
			const standing = standingOf(school, rule?.flag === true, line, presets);
			return {
				school_id: school.school_id,
				school_name: school.school_name,
				municipality_id: school.municipality_id,
				year: school.year,
				n: school.n > 0 ? school.n : Number(rule?.n ?? 0),
				standing,
				standing_text: standingTexts[standing][language],
				trust,
				trust_text: trustTexts[trust][language],
				action_text: actionTexts[standing][trust][language],
				is_benchmark: trust === 'objective',
				certainty_text: rule?.label_text ?? null,
				context_index: context.index,
				is_hard_context: context.is_hard,
				context_text: contextText(context, language),
				context_basis: context.basis,
				decision: school.decision ?? null,
				shares: JSON.stringify(
					context.shares.map(({ title, ...share }) => ({ title: title[language], ...share })),
				),
				result: school.result,
				expected: line?.expected ?? null,
				residual: line?.residual ?? null,
				residual_lo: line?.lo ?? null,
				residual_hi: line?.hi ?? null,
				residual_z: line?.z ?? null,
				expected_basis: line?.basis ?? null,
				note: noteOf(school, line, expectations.line),
			};
		});
	return { rows: found, notes: notesOf(found, presets) };
}

const keyOf = (row: { school_id: unknown; year: unknown }): string => `${row.school_id}\n${row.year}`;

function bySchoolYear(rows: readonly Row[] = []): Map<string, Row> {
	return new Map(rows.map((row) => [keyOf(row as { school_id: unknown; year: unknown }), row]));
}

/** Low by the rule comes first; above expectation needs papers enough and an interval that lies above the line as a whole. */
function standingOf(
	school: SchoolYear,
	isLow: boolean,
	line: Expectation | null,
	presets: Presets,
): Standing {
	if (isLow) return 'low';
	return line !== null && line.lo > 0 && school.n >= Number(presets.minimum_n) ? 'high' : 'normal';
}

/** Why a school has no expectation, or one by thirds only. */
function noteOf(school: SchoolYear, found: Expectation | null, line: Expectations['line']): NoteCode | null {
	if (found?.basis === 'line') return null;
	if (found) return line === 'alike' ? 'thirds-for-alike' : 'expected-by-thirds';
	if (school.result === null) return 'no-expectation-result';
	if (line === 'fits') return 'no-expectation-context';
	return line === 'alike' ? 'no-expectation-alike' : 'no-expectation';
}

const noteCodes = [
	'no-expectation',
	'no-expectation-alike',
	'no-expectation-context',
	'no-expectation-result',
	'expected-by-thirds',
	'thirds-for-alike',
] as const satisfies NoteCode[];

function notesOf(rows: readonly Row[], presets: Presets): Note[] {
	return noteCodes.flatMap((code) => {
		const count = rows.filter(({ note }) => note === code).length;
		return count === 0 ? [] : [{ code, count, values: { schools: Number(presets.minimum_schools) } }];
	});
}
