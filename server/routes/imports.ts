import { type Request, type RequestHandler, type Response, Router, raw } from 'express';
import { profileNames } from '#data/import/profiles.ts';
import { writeRefusedFile } from '#data/import/refused-file.ts';
import { writeTemplate } from '#data/import/template.ts';
import { namesOfAccounts } from '#data/records/registry/accounts.ts';
import { findBatch, listBatches, withdrawBatch } from '#data/records/results/batches.ts';
import { findProcedure, listProcedures } from '#data/records/results/procedures.ts';
import type { BatchRow } from '#data/records/results/tables.ts';
import { demandAct } from '../access.ts';
import { isOfResults } from '../contract/import-kinds.ts';
import {
	type BatchItem,
	confirmBody,
	importKind,
	importQuery,
	importRoutes,
	sheetQuery,
	withdrawBody,
} from '../contract/imports.ts';
import type { Floors } from '../floors.ts';
import { describeJob } from '../import-report.ts';
import type { ImportJob, ImportJobs } from '../jobs/imports.ts';
import { translate } from '../language.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import { askerOf, whoOf } from '../session.ts';

const UPLOAD_LIMIT = '30mb';
const media = {
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
	csv: 'text/csv; charset=utf-8',
};

export function importsRouter({ records }: Floors, jobs: ImportJobs): Router {
	const { db } = records;
	const router = Router();

	/** Rights come before the body: nobody sends thirty megabytes to hear that he may not. */
	const mayImport: RequestHandler = (request, response, next) => {
		const { kind } = parseQuery(importQuery, request, response);
		demandAct(askerOf(response), isOfResults(kind) ? 'import-results' : 'import-registry');
		next();
	};
	const readBytes = raw({ type: () => true, limit: UPLOAD_LIMIT });

	router.post(importRoutes.start.path, mayImport, readBytes, async (request, response) => {
		const { kind, file_name, procedure, profile } = parseQuery(importQuery, request, response);
		const bytes: unknown = request.body;
		if (!Buffer.isBuffer(bytes) || bytes.length === 0) throw new Problem(422, 'empty-body');
		const job = jobs.start(askerOf(response), {
			kind,
			fileName: file_name,
			procedureId: procedure || null,
			profile: profile || null,
			bytes,
		});
		response.status(202).json({ id: job.id });
	});

	router.get(importRoutes.list.path, (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-imports');
		response.json(jobs.list(asker).map((job) => describeJob(job, response.locals.language)));
	});

	router.get(importRoutes.profiles.path, (_request, response) => {
		demandAct(askerOf(response), 'see-imports');
		response.json(
			profileNames.map((name) => ({
				name,
				kind: 'results',
				title: {
					ru: translate('ru', `value.profile.${name}`),
					en: translate('en', `value.profile.${name}`),
				},
			})),
		);
	});

	router.get(importRoutes.template.path, async (request, response) => {
		demandAct(askerOf(response), 'see-imports');
		const kind = importKind.safeParse(request.params.kind);
		if (!kind.success) throw new Problem(404, 'not-found');
		const { format, procedure, form } = parseQuery(sheetQuery, request, response);
		const known = procedure ? await findProcedure(db, procedure) : undefined;
		const file = await writeTemplate(kind.data, response.locals.language, format, known, form);
		const name = kind.data === 'results' && form ? `results-${form}` : kind.data;
		sendFile(response, `${name}.${format}`, format, file);
	});

	router.get(importRoutes.find.path, (request, response) => {
		response.json(describeJob(demandJob(request, response), response.locals.language));
	});

	router.post(importRoutes.confirm.path, (request, response) => {
		const job = demandJob(request, response);
		const { create_schools } = parseBody(confirmBody, request, response);
		if (!jobs.confirm(askerOf(response), job, create_schools)) throw new Problem(409, 'import-not-checked');
		response.status(202).json({ id: job.id });
	});

	router.get(importRoutes.refused.path, async (request, response) => {
		const { plan, create_schools, kind } = demandJob(request, response);
		const { format } = parseQuery(sheetQuery, request, response);
		if (!plan || plan.refused.length + plan.waiting_cells.length === 0)
			throw new Problem(404, 'no-refused-rows');
		const render = (code: string, params: object): string =>
			translate(response.locals.language, `import:${code}`, { ...params });
		sendFile(
			response,
			`refused-${kind}.${format}`,
			format,
			await writeRefusedFile(plan, format, render, create_schools),
		);
	});

	router.delete(importRoutes.cancel.path, (request, response) => {
		const job = demandJob(request, response);
		if (job.state === 'storing') throw new Problem(409, 'import-running');
		jobs.forget(job);
		response.status(204).end();
	});

	router.get(importRoutes.batches.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-imports');
		response.json(await describeBatches(await listBatches(db, asker.places)));
	});

	router.post(importRoutes.withdraw.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'withdraw-batch');
		const { reason } = parseBody(withdrawBody, request, response);
		const mine = await listBatches(db, asker.places);
		const batch = mine.find(({ id }) => id === request.params.id);
		if (!batch) throw new Problem(404, 'not-found');
		await records.transaction(async (trx) => {
			const problem = await withdrawBatch(trx, batch.id, whoOf(asker));
			if (problem === 'unknown-batch') throw new Problem(404, 'not-found');
			if (problem) throw new Problem(409, problem);
			await logAct(trx, asker, 'withdraw-batch', `batch/${batch.id}`, reason);
		});
		const [item] = await describeBatches([(await findBatch(db, batch.id))!]);
		response.json(item);
	});

	function demandJob(request: Request, response: Response): ImportJob {
		const asker = askerOf(response);
		demandAct(asker, 'see-imports');
		const job = jobs.find(asker, String(request.params.id));
		if (!job) throw new Problem(404, 'not-found');
		return job;
	}

	async function describeBatches(batches: readonly BatchRow[]): Promise<BatchItem[]> {
		const [names, procedures] = await Promise.all([
			namesOfAccounts(
				db,
				batches.map(({ imported_by }) => imported_by),
			),
			listProcedures(db),
		]);
		const titles = new Map(procedures.map(({ id, title }) => [id, title]));
		return batches.map(({ id, place: _, sha256: __, withdrawn_by: ___, imported_by, ...batch }) => ({
			batch_id: id,
			...batch,
			procedure_title: batch.procedure_id === null ? null : (titles.get(batch.procedure_id) ?? null),
			imported_by_name: names.get(imported_by) ?? '—',
		}));
	}

	return router;
}

function sendFile(response: Response, name: string, format: keyof typeof media, file: Buffer): void {
	response.attachment(name).set('content-type', media[format]).end(file);
}
