import { randomUUID } from 'node:crypto';
import { type Request, type Response, Router } from 'express';
import { listMunicipalities } from '#data/records/registry/municipalities.ts';
import type { SchoolListing } from '#data/records/registry/schools.ts';
import type { MunicipalityRow } from '#data/records/registry/tables.ts';
import { listRiskFactors, recordRiskFactor } from '#data/records/support/risk-factors.ts';
import {
	listProfileYears,
	MOST_CHOSEN_FACTORS,
	recordRatings,
	recordVerifications,
} from '#data/records/support/risk-profiles.ts';
import { demandAct, demandSchool } from '../access.ts';
import { type Act, mayDo } from '../acts.ts';
import {
	type RiskProfile,
	riskAnswersBody,
	riskFactorBody,
	riskProfileQuery,
	riskRatingsBody,
	riskRoutes,
} from '../contract/risks.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import { describeFactors, describeProfile } from '../risk-profiles.ts';
import { readRatings } from '../risk-ratings.ts';
import { suggestRisks } from '../risk-suggestions.ts';
import { askerOf, whoOf } from '../session.ts';
import { untilProjected } from '../until-projected.ts';

export function risksRouter(floors: Floors): Router {
	const { records } = floors;
	const { db } = records;
	const router = Router();

	router.get(riskRoutes.factors.path, async (request, response) => {
		response.json(await describeFactors(db, await demandMine(request, response, 'propose-risks')));
	});

	router.post(riskRoutes.add_factor.path, async (request, response) => {
		response.status(201).json(await changeFactor(request, response, null));
	});

	router.put(riskRoutes.change_factor.path, async (request, response) => {
		response.json(await changeFactor(request, response, String(request.params.factor)));
	});

	router.get(riskRoutes.profile.path, async (request, response) => {
		const school = await demandSchool(db, askerOf(response), 'see-risks', String(request.params.id));
		const { year } = parseQuery(riskProfileQuery, request, response);
		const [latest] = await listProfileYears(db, school.id);
		response.json(await profileFor(response, school, year ?? latest ?? new Date().getFullYear()));
	});

	router.post(riskRoutes.propose.path, async (request, response) => {
		const asker = askerOf(response);
		const school = await demandSchool(db, asker, 'propose-risks', String(request.params.id));
		const body = parseBody(riskRatingsBody, request, response);
		const of = { school_id: school.id, year: body.year };
		const suggested = await suggest(response, school, body.year);
		const ratings = readRatings(body, await listRiskFactors(db, school.municipality_id), suggested);
		await records.transaction(async (trx) => {
			await recordRatings(trx, of, ratings, { by: whoOf(asker) });
			await logAct(trx, asker, 'propose-risks', `school/${school.id}`, String(body.year));
		});
		await untilProjected(floors);
		response.json(await describeProfile(db, school, body.year, suggested));
	});

	router.post(riskRoutes.answer.path, async (request, response) => {
		const asker = askerOf(response);
		const school = await demandSchool(db, asker, 'verify-risks', String(request.params.id));
		const { year, answers } = parseBody(riskAnswersBody, request, response);
		await records.transaction(async (trx) => {
			const by = { by: whoOf(asker) };
			const problem = await recordVerifications(trx, { school_id: school.id, year }, answers, by);
			if (problem?.code === 'unknown-rating') throw new Problem(404, 'not-found');
			if (problem?.code === 'rating-changed') throw new Problem(409, 'rating-changed');
			if (problem) throw new Problem(422, 'too-many-factors', { most: MOST_CHOSEN_FACTORS });
			await logAct(trx, asker, 'verify-risks', `school/${school.id}`, String(year));
		});
		await untilProjected(floors);
		response.json(await profileFor(response, school, year));
	});

	/** The municipality of the address, when it is the asker's. @throws {Problem} 403 for the act, 404 */
	async function demandMine(request: Request, response: Response, act: Act): Promise<MunicipalityRow> {
		const asker = askerOf(response);
		demandAct(asker, act);
		const mine = await listMunicipalities(db, asker.places);
		const found = mine.find(({ id }) => id === request.params.id);
		if (!found) throw new Problem(404, 'not-found');
		return found;
	}

	async function changeFactor(request: Request, response: Response, code: string | null) {
		const asker = askerOf(response);
		const municipality = await demandMine(request, response, 'change-risk-factors');
		const { inputs, ...body } = parseBody(riskFactorBody, request, response);
		const factor = { ...body, inputs: inputs.map((input) => ({ ...input, id: input.id ?? randomUUID() })) };
		await records.transaction(async (trx) => {
			const found = await recordRiskFactor(trx, municipality.id, code, factor, { by: whoOf(asker) });
			if (found === undefined) throw new Problem(404, 'not-found');
			await logAct(trx, asker, 'change-risk-factor', `municipality/${municipality.id}`, found);
		});
		return describeFactors(db, municipality);
	}

	function suggest(response: Response, school: SchoolListing, year: number): Promise<Map<string, number>> {
		const { language } = response.locals;
		return suggestRisks(floors, askerOf(response), { id: school.id, year }, language);
	}

	async function profileFor(response: Response, school: SchoolListing, year: number): Promise<RiskProfile> {
		const mayPropose = mayDo(askerOf(response).role, 'propose-risks');
		const suggested = mayPropose ? await suggest(response, school, year) : new Map<string, number>();
		return describeProfile(db, school, year, suggested);
	}

	return router;
}
