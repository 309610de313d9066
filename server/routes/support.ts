import { type Request, type Response, Router } from 'express';
import { recordMeasure, updateMeasure } from '#data/records/support/measures.ts';
import {
	changePlanState,
	createPlan,
	findPlan,
	listPlans,
	type PlanDetail as StoredPlan,
} from '#data/records/support/plans.ts';
import { demandAct, demandSchool } from '../access.ts';
import type { Act } from '../acts.ts';
import {
	measureBody,
	measurePatch,
	planBody,
	planQuery,
	planStateBody,
	supportRoutes,
} from '../contract/support.ts';
import { freezeEvidence } from '../evidence.ts';
import type { Floors } from '../floors.ts';
import { translate } from '../language.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { describePlan, describePlans } from '../plans.ts';
import { Problem } from '../problem.ts';
import { askerOf, whoOf } from '../session.ts';
import { untilProjected } from '../until-projected.ts';

export function supportRouter(floors: Floors): Router {
	const { records } = floors;
	const { db } = records;
	const router = Router();

	router.get(supportRoutes.plans.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-plans');
		const { school, state } = parseQuery(planQuery, request, response);
		const plans = await listPlans(db, asker.places, { school_id: school, state });
		response.json(await describePlans(db, plans));
	});

	router.post(supportRoutes.create.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'draft-plan');
		const { evidence, ...body } = parseBody(planBody, request, response);
		const school = await demandSchool(db, asker, 'draft-plan', body.school_id);
		// what the school answered a moment ago belongs to what is frozen
		if (evidence) await untilProjected(floors);
		const frozen = evidence && (await freezeEvidence(floors, asker, evidence, response.locals.language));
		const id = await records.transaction(async (trx) => {
			const made = await createPlan(trx, { ...body, evidence: frozen, created_by: whoOf(asker) });
			await logAct(trx, asker, 'draft-plan', `plan/${made}`, `school/${school.id}`);
			return made;
		});
		response
			.status(201)
			.json(await describePlan(db, asker, (await findPlan(db, id))!, response.locals.language));
	});

	router.get(supportRoutes.plan.path, async (request, response) => {
		const plan = await demandPlan(request, response, 'see-plans');
		response.json(await describePlan(db, askerOf(response), plan, response.locals.language));
	});

	router.post(supportRoutes.state.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandPlan(request, response, 'decide-plan');
		const { to } = parseBody(planStateBody, request, response);
		const { language } = response.locals;
		await records.transaction(async (trx) => {
			const problem = await changePlanState(trx, id, to, { by: whoOf(asker) });
			if (problem?.code === 'transition-not-allowed')
				throw new Problem(409, 'wrong-state', {
					from: translate(language, `state.${problem.from}`),
					to: translate(language, `state.${to}`),
				});
			if (problem) throw new Problem(404, 'not-found');
			await logAct(trx, asker, `plan-${to}`, `plan/${id}`);
		});
		response.json(await describePlan(db, asker, (await findPlan(db, id))!, response.locals.language));
	});

	router.post(supportRoutes.measure.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandPlan(request, response, 'decide-plan');
		const body = parseBody(measureBody, request, response);
		await records.transaction(async (trx) => {
			await recordMeasure(trx, id, body, { by: whoOf(asker) });
			await logAct(trx, asker, 'add-measure', `plan/${id}`);
		});
		response
			.status(201)
			.json(await describePlan(db, asker, (await findPlan(db, id))!, response.locals.language));
	});

	router.patch(supportRoutes.update_measure.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandPlan(request, response, 'report-measure');
		const body = parseBody(measurePatch, request, response);
		await records.transaction(async (trx) => {
			const measure = String(request.params.measure);
			if (!(await updateMeasure(trx, id, measure, body, { by: whoOf(asker) })))
				throw new Problem(404, 'not-found');
			await logAct(trx, asker, 'report-measure', `plan/${id}`, measure);
		});
		response.json(await describePlan(db, asker, (await findPlan(db, id))!, response.locals.language));
	});

	async function demandPlan(request: Request, response: Response, act: Act): Promise<StoredPlan> {
		const asker = askerOf(response);
		demandAct(asker, act);
		const plan = await findPlan(db, String(request.params.id));
		if (!plan) throw new Problem(404, 'not-found');
		await demandSchool(db, asker, act, plan.school_id);
		return plan;
	}

	return router;
}
