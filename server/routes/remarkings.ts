import { type Request, type Response, Router } from 'express';
import { listProcedures } from '#data/records/results/procedures.ts';
import {
	changeRemarking,
	listRemarkings,
	type Remarking,
	recordRemarking,
	withdrawRemarking,
} from '#data/records/results/remarkings.ts';
import { demandSchool } from '../access.ts';
import {
	type RemarkingItem,
	remarkingBody,
	remarkingRoutes,
	remarkingWithdrawBody,
} from '../contract/remarkings.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { parseBody } from '../parse.ts';
import { Problem } from '../problem.ts';
import { describeRemarkings, findRemarkingIssues } from '../remarkings.ts';
import { askerOf, whoOf } from '../session.ts';
import { untilProjected } from '../until-projected.ts';

export function remarkingsRouter(floors: Floors): Router {
	const { records } = floors;
	const { db } = records;
	const router = Router();

	router.get(remarkingRoutes.remarkings.path, async (request, response) => {
		const school = await demandSchool(db, askerOf(response), 'see-remarkings', String(request.params.id));
		response.json(await describe(await listRemarkings(db, [`school/${school.id}`])));
	});

	router.post(remarkingRoutes.record.path, async (request, response) => {
		const asker = askerOf(response);
		const school = await demandSchool(db, asker, 'record-remarking', String(request.params.id));
		const body = parseBody(remarkingBody, request, response);
		const issues = await findRemarkingIssues(db, school.id, body);
		if (issues.length > 0) throw new Problem(422, 'invalid-body', {}, issues);
		const id = await records.transaction(async (trx) => {
			const made = await recordRemarking(trx, school.id, body, { by: whoOf(asker) });
			await logAct(trx, asker, 'record-remarking', `school/${school.id}`, body.procedure_id);
			return made;
		});
		response.status(201).json(await find(school.id, id));
	});

	router.put(remarkingRoutes.change.path, async (request, response) => {
		const { asker, schoolId, remarking } = await demandRemarking(request, response);
		const body = parseBody(remarkingBody, request, response);
		const issues = await findRemarkingIssues(db, schoolId, body);
		if (issues.length > 0) throw new Problem(422, 'invalid-body', {}, issues);
		await records.transaction(async (trx) => {
			const problem = await changeRemarking(trx, remarking.id, body, { by: whoOf(asker) });
			if (problem) throw new Problem(409, 'remarking-withdrawn');
			await logAct(trx, asker, 'change-remarking', `school/${schoolId}`, remarking.id);
		});
		response.json(await find(schoolId, remarking.id));
	});

	router.post(remarkingRoutes.withdraw.path, async (request, response) => {
		const { asker, schoolId, remarking } = await demandRemarking(request, response);
		const { reason } = parseBody(remarkingWithdrawBody, request, response);
		await records.transaction(async (trx) => {
			const problem = await withdrawRemarking(trx, remarking.id, reason, { by: whoOf(asker) });
			if (problem) throw new Problem(409, 'remarking-withdrawn');
			await logAct(trx, asker, 'withdraw-remarking', `school/${schoolId}`, reason);
		});
		response.json(await find(schoolId, remarking.id));
	});

	async function demandRemarking(request: Request, response: Response) {
		const asker = askerOf(response);
		const school = await demandSchool(db, asker, 'record-remarking', String(request.params.id));
		const ofSchool = await listRemarkings(db, [`school/${school.id}`]);
		const remarking = ofSchool.find(({ id }) => id === request.params.remarking);
		if (!remarking) throw new Problem(404, 'not-found');
		return { asker, schoolId: school.id, remarking };
	}

	/** The record as it stands, when analysis has taken notice of it. */
	async function find(schoolId: string, id: string): Promise<RemarkingItem> {
		await untilProjected(floors);
		const ofSchool = await listRemarkings(db, [`school/${schoolId}`]);
		const [item] = await describe(ofSchool.filter((each) => each.id === id));
		return item!;
	}

	async function describe(rows: readonly Remarking[]): Promise<RemarkingItem[]> {
		return describeRemarkings(db, rows, await listProcedures(db));
	}

	return router;
}
