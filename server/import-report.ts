import type { ImportPlan } from '#data/import/import-plan.ts';
import { issueParams, waitingIssues } from '#data/import/refused-file.ts';
import type { ImportJob as ImportJobBody, ImportReport } from './contract/imports.ts';
import type { ImportJob } from './jobs/imports.ts';
import { type Language, translate } from './language.ts';

const ISSUES_SHOWN = 200;
const COERCED_SHOWN = 50;

/** What a job says of itself, in the words of the reader. */
export function describeJob(job: ImportJob, language: Language): ImportJobBody {
	const { id, kind, file_name, started_at, state, phase, done, total, plan, batch, problem } = job;
	return {
		id,
		kind,
		file_name,
		started_at,
		state,
		phase,
		done,
		total,
		report: plan && describePlan(plan, language),
		batch,
		problem: problem && {
			code: problem.code,
			text:
				problem.code === 'internal'
					? translate(language, 'problem.internal.detail')
					: translate(language, `import:${problem.code}`, problem.params),
		},
	};
}

/** A dry run in words; rows of schools that the registry does not know stand among the refused. */
export function describePlan(plan: ImportPlan, language: Language): ImportReport {
	const issues = [...plan.issues, ...waitingIssues(plan)];
	return {
		counts: {
			...plan.counts,
			absent: plan.notes.find(({ code }) => code === 'absent')?.count ?? 0,
			waiting: plan.waiting.length,
		},
		issues: issues.slice(0, ISSUES_SHOWN).map((issue) => ({
			row: issue.row,
			column: issue.column,
			code: issue.code,
			text: translate(language, `import:${issue.code}`, issueParams(issue)),
			value: issue.value,
		})),
		issue_total: issues.length,
		coerced: plan.coerced
			.slice(0, COERCED_SHOWN)
			.map(({ row, column, from, to }) => ({ row, column, from, to })),
		coerced_total: Object.values(plan.coerced_counts).reduce((sum, count) => sum + count, 0),
		notes: plan.notes.map(({ code, count }) => ({
			code,
			text: translate(language, `import:${code}`, { count }),
			count,
		})),
		unknown_schools: plan.unknown_schools,
		unknown_municipalities: plan.unknown_municipalities,
		preview: plan.preview,
	};
}
