import { definition } from '#analytics/result-objectivity/definition.ts';
import { objectiveShare, reachesTarget } from '#analytics/statistics/objective-share.ts';
import { namesOfAccounts } from '#data/records/registry/accounts.ts';
import { countSchoolPapers } from '#data/records/results/batches.ts';
import { findProcedure, type Procedure } from '#data/records/results/procedures.ts';
import type { Remarking } from '#data/records/results/remarkings.ts';
import type { Db } from '#data/records/store.ts';
import type { RemarkingBody, RemarkingItem } from './contract/remarkings.ts';
import type { IssueCode } from './problem.ts';
import { today } from './today.ts';

/** What is wrong with a re-marking beside its own numbers: the procedure, the day, more papers than the school handed in. */
export async function findRemarkingIssues(
	db: Db,
	schoolId: string,
	body: RemarkingBody,
): Promise<IssueCode[]> {
	const procedure = await findProcedure(db, body.procedure_id);
	if (!procedure) return [{ path: 'procedure_id', code: 'unknown-procedure' }];
	const issues: IssueCode[] = [];
	if (body.remarked_on > today()) issues.push({ path: 'remarked_on', code: 'future-day' });
	// A school year is named by its end as often as by its beginning.
	if (body.remarked_on < `${procedure.year - 1}-09-01`)
		issues.push({ path: 'remarked_on', code: 'before-procedure', values: { year: procedure.year } });
	const papers = await countSchoolPapers(db, schoolId, procedure.id);
	if (papers > 0 && body.sampled > papers)
		issues.push({ path: 'sampled', code: 'more-than-papers', values: { papers } });
	return issues;
}

/** Re-markings as a reader sees them: with the objective share, its interval and the target of the battery. */
export async function describeRemarkings(
	db: Db,
	rows: readonly Remarking[],
	procedures: readonly Procedure[],
): Promise<RemarkingItem[]> {
	const names = await namesOfAccounts(
		db,
		rows.flatMap(({ events }) => events.map(({ by }) => by)),
	);
	const known = new Map(procedures.map((procedure) => [procedure.id, procedure]));
	const target = definition.presets.objective_share;
	return rows.map(({ id, recorded_by: _by, recorded_at: _at, events, ...row }) => {
		const procedure = known.get(row.procedure_id)!;
		const found = objectiveShare(row.unchanged, row.remarked)!;
		return {
			remarking_id: id,
			...row,
			procedure_title: procedure.title,
			year: procedure.year,
			...found,
			target,
			is_objective: reachesTarget(row.unchanged, row.remarked, target),
			events: events.map(({ by, action, ...event }) => ({
				...event,
				action: action as RemarkingItem['events'][number]['action'],
				by_name: names.get(by) ?? '—',
			})),
		};
	});
}
