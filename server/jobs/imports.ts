import { randomUUID } from 'node:crypto';
import { ImportError } from '#data/import/codes.ts';
import { planImport, storeImport } from '#data/import/dry-run.ts';
import type { ImportPlan } from '#data/import/import-plan.ts';
import type { Records } from '#data/records/store.ts';
import type { ImportKind } from '../contract/imports.ts';
import type { Log } from '../log.ts';
import { logAct } from '../log-act.ts';
import { type Asker, whoOf } from '../session.ts';

export type ImportState = 'checking' | 'checked' | 'storing' | 'stored' | 'refused' | 'failed';

/** One file on its way in. It lives in this process: a dry run that a restart loses is simply made again. */
export interface ImportJob {
	id: string;
	owner: string;
	kind: ImportKind;
	file_name: string;
	started_at: string;
	state: ImportState;
	phase: string;
	done: number;
	total: number;
	plan: ImportPlan | null;
	create_schools: boolean;
	batch: string | null;
	problem: { code: string; params: Record<string, unknown> } | null;
}

export interface ImportRequest {
	kind: ImportKind;
	fileName: string;
	procedureId: string | null;
	profile: string | null;
	bytes: Uint8Array;
}

const MOST_KEPT = 40;

/** Imports of this process: each is checked, waits for its word, and is stored; it can be left and found again. */
export function createImportJobs(records: Records, log: Log) {
	const jobs = new Map<string, ImportJob>();

	function forgetOldest(): void {
		for (const [id, job] of jobs) {
			if (jobs.size < MOST_KEPT) return;
			if (job.state !== 'checking' && job.state !== 'storing') jobs.delete(id);
		}
	}

	function fail(job: ImportJob, error: unknown): void {
		if (error instanceof ImportError) {
			job.state = 'refused';
			job.problem = { code: error.code, params: error.params };
			return;
		}
		job.state = 'failed';
		job.problem = { code: 'internal', params: {} };
		log.error({ err: error, import: job.id }, 'import failed');
	}

	const progressOf = (job: ImportJob) => (phase: string, done: number, total: number) => {
		Object.assign(job, { phase, done, total });
	};

	return {
		/** Begins the dry run and comes back at once. */
		start(asker: Asker, request: ImportRequest): ImportJob {
			forgetOldest();
			const job: ImportJob = {
				id: randomUUID(),
				owner: whoOf(asker),
				kind: request.kind,
				file_name: request.fileName,
				started_at: new Date().toISOString(),
				state: 'checking',
				phase: '',
				done: 0,
				total: 0,
				plan: null,
				create_schools: false,
				batch: null,
				problem: null,
			};
			jobs.set(job.id, job);
			planImport(records, request.kind, request.bytes, {
				fileName: request.fileName,
				procedureId: request.procedureId,
				profile: request.profile,
				places: asker.places,
				progress: progressOf(job),
			}).then(
				(plan) => Object.assign(job, { plan, state: 'checked', phase: '' }),
				(error) => fail(job, error),
			);
			return job;
		},

		/** Begins to store what the dry run showed; false when there is nothing checked to store. */
		confirm(asker: Asker, job: ImportJob, createSchools: boolean): boolean {
			const { plan } = job;
			if (job.state !== 'checked' || !plan) return false;
			Object.assign(job, { state: 'storing', create_schools: createSchools });
			storeImport(records, plan, { importedBy: whoOf(asker), createSchools, progress: progressOf(job) })
				.then(async (stored) => {
					await logAct(records, asker, 'import', `batch/${stored.batch_id}`, `${job.kind} ${job.file_name}`);
					Object.assign(job, { state: 'stored', phase: '', batch: stored.batch_id });
				})
				.catch((error) => fail(job, error));
			return true;
		},

		find(asker: Asker, id: string): ImportJob | undefined {
			const job = jobs.get(id);
			return job?.owner === whoOf(asker) ? job : undefined;
		},
		/** Newest first. */
		list(asker: Asker): ImportJob[] {
			return [...jobs.values()].filter(({ owner }) => owner === whoOf(asker)).toReversed();
		},
		forget(job: ImportJob): void {
			jobs.delete(job.id);
		},
	};
}
export type ImportJobs = ReturnType<typeof createImportJobs>;
