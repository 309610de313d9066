import type { ComputeContext, Note } from '../module.ts';
import { officialIndex } from '../statistics/official-index.ts';
import type { Presets } from './definition.ts';
import type { Evidence } from './evidence.ts';
import { agreementNotes } from './list-agreement.ts';
import type { ReferenceChoice } from './reference-choice.ts';
import { groupBy, procedureKey, type SchoolProcedure } from './school-procedure.ts';

/** Codes of notes on the school as a whole, separated by commas; null when there is nothing to say. */
export function noteOf(
	school: Pick<Evidence, 'level' | 'signs' | 'largest_n'> & { rows: readonly SchoolProcedure[] },
	presets: Presets,
): string | null {
	const codes: string[] = [];
	if (school.level === 'X')
		codes.push(school.largest_n < Number(presets.minimum_n) ? 'too-few-respondents' : 'not-tested');
	if (school.rows.some((row) => row.above_max > 0)) codes.push('above-max');
	if (school.rows.some((row) => row.is_summed)) codes.push('from-aggregate');
	for (const code of [
		'type-unknown',
		'no-reference',
		'spread-unknown',
		'no-cutoffs',
		'codes-not-lasting',
	] as const)
		if (school.signs.some((sign) => sign.note === code)) codes.push(code);
	codes.push(...referenceCodes(school.signs));
	return codes.length > 0 ? codes.join(',') : null;
}

/** Whether schools in doubt were left out of the reference, and whether some signs could not do without them. */
function referenceCodes(signs: Evidence['signs']): string[] {
	const codes: string[] = [];
	if (signs.some(({ inputs }) => inputs.reference === 'without-flagged'))
		codes.push('reference-without-flagged');
	if (signs.some(({ inputs }) => Number(inputs.in_doubt ?? 0) > 0)) codes.push('reference-with-flagged');
	return codes;
}

/** Notes on the whole answer. */
export function notesOf(
	shown: readonly (Evidence & { rows: readonly SchoolProcedure[] })[],
	references: ReadonlyMap<string, ReferenceChoice>,
	{ presets, language }: ComputeContext,
): Note[] {
	const notes: Note[] = [];
	notes.push(...agreementNotes(shown, presets as never, language));
	for (const code of [
		'too-few-respondents',
		'not-tested',
		'type-unknown',
		'above-max',
		'from-aggregate',
		'no-reference',
		'spread-unknown',
		'codes-not-lasting',
		'reference-without-flagged',
		'reference-with-flagged',
	]) {
		const count = shown.filter((school) =>
			noteOf(school, presets as never)
				?.split(',')
				.includes(code),
		).length;
		if (count > 0) notes.push({ code, count });
	}
	const bunched = new Set(
		shown
			.flatMap(({ rows }) => rows.filter((row) => references.get(procedureKey(row))?.preferred.isBunched))
			.map((row) => row.procedure_title),
	);
	if (bunched.size > 0)
		notes.push({ code: 'reference-bunched', values: { procedures: [...bunched].join('; ') } });
	for (const [year, schools] of groupBy(shown, (school) => String(school.year))) {
		const counted = schools.filter((school) => school.rows.some((row) => row.literal_n > 0));
		const signs = counted.map(
			(school) => school.signs.filter((sign) => sign.id.startsWith('OF-') && sign.flagged).length,
		);
		const index = officialIndex(signs);
		if (index === null) continue;
		const flagged = signs.filter((count) => count > 0).length;
		const value = Math.round(10 * index) / 10;
		notes.push({ code: 'official-index', values: { year, value, flagged, schools: counted.length } });
	}
	return notes;
}
