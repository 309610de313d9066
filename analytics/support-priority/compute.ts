import type { ComputeContext, Computed, InputRow, Note, Row } from '../module.ts';
import { riskIndex } from '../statistics/risk-index.ts';
import type { Presets } from './definition.ts';
import { priorityOf } from './priority.ts';
import { reasonOf } from './reason.ts';

export { summarise } from './finding.ts';

/** What `rows.sql` says of one school and year. */
interface Supported {
	school_id: string;
	school_name: string | null;
	municipality_id: string;
	year: number;
	/** a plan is agreed or under way */
	has_plan: boolean;
	/** a plan is drafted, one was completed */
	has_draft: boolean;
	had_plan: boolean;
	/** measures of the plan in force, those cancelled left out */
	measures: number;
	measures_in_time: number;
	measures_due: number;
	failure_risk: number | null;
	/** false: the municipality took the factor out of its profiles */
	is_factor_on: boolean;
	/** its own norm of the share below the threshold, percent; null where it stands as shipped, or is no part of its factor */
	own_good: number | null;
	own_bad: number | null;
}

/** The priority of support of every school and year with its parts and the reason in words. `used` holds `low-results`. */
export function compute(rows: InputRow[], { presets: given, used, language }: ComputeContext): Computed {
	const presets: Presets = given as never;
	const keyOf = (row: { school_id?: unknown; year?: unknown }): string => `${row.school_id}\n${row.year}`;
	const results = new Map((used?.['low-results'] ?? []).map((row) => [keyOf(row), row]));
	const found = (rows as unknown as Supported[]).map((school): Row => {
		const low = results.get(keyOf(school));
		const fail_share = (low?.share ?? null) as number | null;
		const [fail_good, fail_bad] =
			school.own_good !== null && school.own_bad !== null
				? [school.own_good, school.own_bad]
				: [Number(presets.fail_good), Number(presets.fail_bad)];
		const failure_risk = school.is_factor_on ? school.failure_risk : null;
		const standing = {
			fail_index: riskIndex([
				{
					value: fail_share === null ? null : 100 * fail_share,
					good: fail_good,
					bad: fail_bad,
					weight: 1,
				},
			]),
			failure_risk,
			certainty: (low?.certainty ?? null) as number | null,
			coverage: school.measures_due > 0 ? school.measures_in_time / school.measures_due : null,
		};
		const priority = priorityOf(standing, presets);
		const is_doubtful = low?.is_doubtful === true;
		const {
			school_id,
			school_name,
			municipality_id,
			year,
			has_plan,
			measures,
			measures_in_time,
			measures_due,
		} = school;
		return {
			school_id,
			school_name,
			municipality_id,
			year,
			n: Number(low?.n ?? 0),
			priority: priority?.priority ?? null,
			reason_text: reasonOf({ ...school, ...standing, fail_share, is_doubtful }, language),
			need: priority?.need ?? null,
			fail_share,
			fail_good,
			fail_bad,
			...standing,
			measures,
			measures_in_time,
			measures_due,
			has_plan,
			part_need: priority?.part_need ?? null,
			part_certainty: priority?.part_certainty ?? null,
			part_coverage: priority?.part_coverage ?? null,
			flag: low?.flag === true,
			is_doubtful,
			note:
				[priority ? '' : 'no-priority', is_doubtful ? 'doubtful-need' : ''].filter(Boolean).join(',') || null,
		};
	});
	return { rows: found, notes: notesOf(found) };
}

function notesOf(rows: readonly Row[]): Note[] {
	return ['no-priority', 'doubtful-need'].flatMap((code) => {
		const count = rows.filter(({ note }) => String(note ?? '').includes(code)).length;
		return count > 0 ? [{ code, count }] : [];
	});
}
