import { Router } from 'express';
import { discardUnfinishedFiles } from '#data/records/diagnostics/answer-files.ts';
import {
	changeCampaignState,
	findCampaign,
	listCampaigns,
	recordCampaign,
	updateCampaign,
} from '#data/records/diagnostics/campaigns.ts';
import { listExtensions } from '#data/records/diagnostics/extensions.ts';
import { peopleOfCodes } from '#data/records/diagnostics/identity.ts';
import { listInstrumentVersions } from '#data/records/diagnostics/instruments.ts';
import { addTypedCodes, endKeys } from '#data/records/diagnostics/participant-keys.ts';
import { inviteParticipants, listParticipants, renewLinks } from '#data/records/diagnostics/participants.ts';
import { fingerprintPopulation, listCampaignPopulation } from '#data/records/joins/campaign-population.ts';
import { responsePace } from '#data/records/joins/response-rate.ts';
import { listSchools } from '#data/records/registry/schools.ts';
import { demandAct, demandCampaign, demandSchool } from '../access.ts';
import { parseCampaignBody } from '../campaign-body.ts';
import {
	describeCampaign,
	describeCampaignDetail,
	hideRefusals,
	listVisibleRates,
	mayMove,
} from '../campaigns.ts';
import { CONSENT_VERSION } from '../consent-texts.ts';
import {
	type CampaignBody,
	campaignStateBody,
	diagnosticsRoutes,
	type InstrumentItem,
	type LinkItem,
	linksBody,
	participationQuery,
	type ResponseRate,
} from '../contract/diagnostics.ts';
import type { Floors } from '../floors.ts';
import { translate } from '../language.ts';
import { linkAddress } from '../link-session.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { listUnfinished } from '../participation.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { findOutlook, findOutlooks, groupByMunicipality, sumRates } from '../response-pace.ts';
import { askerOf, whoOf } from '../session.ts';
import { shareOfDay, today } from '../today.ts';
import { readConditions } from './population.ts';

/** Raw answers are kept three years after closing (preset of the de-identification rule). */
const RETENTION_YEARS = 3;

export function diagnosticsRouter(floors: Floors, published: PublishedInstruments): Router {
	const { records, config } = floors;
	const { db } = records;
	const router = Router();

	router.get(diagnosticsRoutes.instruments.path, async (_request, response) => {
		demandAct(askerOf(response), 'see-instruments');
		const newest = new Map((await listInstrumentVersions(db)).map((row) => [row.instrument, row.version]));
		const items = [...newest].map(async ([instrument, version]): Promise<InstrumentItem> => {
			const { key, isUsable } = await published.get(instrument, version);
			const { title, channel, minutes, languages, purpose } = key;
			return {
				...{ instrument, version, title, channel, minutes, languages, purpose },
				items: key.items.length,
				is_usable: isUsable,
			};
		});
		response.json(await Promise.all(items));
	});

	router.get(diagnosticsRoutes.campaigns.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-campaigns');
		const campaigns = (await listCampaigns(db, asker.places)).filter(
			({ state }) => asker.role !== 'school_coordinator' || (state !== 'draft' && state !== 'approved'),
		);
		const items = campaigns.map(async (campaign) =>
			describeCampaign(published, campaign, await listVisibleRates(db, asker, campaign.id)),
		);
		response.json(await Promise.all(items));
	});

	router.post(diagnosticsRoutes.create.path, async (request, response) => {
		const asker = askerOf(response);
		const body = await parseCampaignBody(db, published, request, response);
		const people = await demandPeople(body);
		const campaign_id = await records.transaction(async (trx) => {
			const id = await recordCampaign(trx, {
				...describeSettings(body),
				consent_version: CONSENT_VERSION,
				created_by: whoOf(asker),
			});
			await logAct(trx, asker, 'draft-campaign', `campaign/${id}`);
			return id;
		});
		response.status(201).json({ campaign_id, invited: people });
	});

	router.put(diagnosticsRoutes.change.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandCampaign(db, asker, 'run-campaign', String(request.params.id));
		const body = await parseCampaignBody(db, published, request, response);
		await demandPeople(body);
		await records.transaction(async (trx) => {
			const lock = await updateCampaign(trx, id, {
				...describeSettings(body),
				consent_version: CONSENT_VERSION,
			});
			if (lock) throw new Problem(409, `campaign-locked-by-${lock}`);
			await logAct(trx, asker, 'change-campaign', `campaign/${id}`);
		});
		const rates = await listVisibleRates(db, asker, id);
		response.json(await describeCampaignDetail(db, published, (await findCampaign(db, id))!, rates, asker));
	});

	router.get(diagnosticsRoutes.campaign.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'see-campaigns', String(request.params.id));
		const rates = await listVisibleRates(db, asker, campaign.id);
		response.json(await describeCampaignDetail(db, published, campaign, rates, asker));
	});

	router.post(diagnosticsRoutes.state.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'decide-campaign', String(request.params.id));
		const { to, population: seen } = parseBody(campaignStateBody, request, response);
		if (!mayMove(asker, to)) throw new Problem(403, 'forbidden');
		const { id, population, municipality_id } = campaign;
		const extended =
			to === 'closed' ? (await listExtensions(db, id)).filter((each) => each.closes_on >= today()) : [];
		if (extended.length > 0)
			throw new Problem(409, 'extension-running', {
				schools: extended.map(({ school_name }) => school_name).join(', '),
				closes_on: extended.at(-1)!.closes_on,
			});
		const { language } = response.locals;
		await records.transaction(async (trx) => {
			const problem = await changeCampaignState(trx, id, to);
			if (problem?.code === 'campaign-incomplete')
				throw new Problem(409, problem.code, { missing: problem.missing.join(', ') });
			if (problem?.code === 'transition-not-allowed')
				throw new Problem(409, 'wrong-state', {
					from: translate(language, `state.${problem.from}`),
					to: translate(language, `state.${to}`),
				});
			if (problem) throw new Problem(404, 'not-found');
			if (to === 'approved') {
				// Read where it is frozen: whom the preview showed are those who are invited, or nobody is.
				const people = await listCampaignPopulation(trx, { ...population, municipality_id });
				if (people.length === 0) throw new Problem(422, 'empty-population');
				if (seen !== undefined && seen !== fingerprintPopulation(people))
					throw new Problem(409, 'population-changed', { people: people.length });
				await inviteParticipants(trx, id, people);
			}
			if (to === 'closed') await discardUnfinishedFiles(trx, id);
			await logAct(trx, asker, `campaign-${to}`, `campaign/${id}`);
		});
		const rates = await listVisibleRates(db, asker, id);
		response.json(await describeCampaignDetail(db, published, (await findCampaign(db, id))!, rates, asker));
	});

	router.get(diagnosticsRoutes.rate.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'see-campaigns', String(request.params.id));
		const isSchool = asker.role === 'school_coordinator';
		const { by_day, by_municipality } = await responsePace(db, campaign.id);
		const all = by_municipality.flatMap(({ schools }) => schools);
		const rates = isSchool
			? all.filter(({ school_id }) => asker.places.includes(`school/${school_id}`)).map(hideRefusals)
			: all;
		const totals = sumRates(rates);
		const moment = { day: today(), share: shareOfDay() };
		// A school sees refusals as answers: no course over days, and no forecast, may tell them apart again.
		const outlooks = isSchool ? undefined : findOutlooks(by_municipality, campaign, moment);
		const reply: ResponseRate = {
			...totals,
			by_municipality: groupByMunicipality(rates, (id) => outlooks?.get(id) ?? null),
			by_day: isSchool ? [] : by_day,
			outlook: isSchool ? null : findOutlook(by_day, totals, campaign, moment),
			as_of: new Date().toISOString(),
		};
		response.json(reply);
	});

	router.get(diagnosticsRoutes.participation.path, async (request, response) => {
		const asker = askerOf(response);
		const { school } = parseQuery(participationQuery, request, response);
		const campaign = await demandCampaign(db, asker, 'see-participation', String(request.params.id));
		const { id } = await demandSchool(db, asker, 'see-participation', school);
		if (campaign.mode === 'anonymous') throw new Problem(403, 'forbidden');
		await logAct(records, asker, 'see-participation', `campaign/${campaign.id}`, `school/${id}`);
		response.json(await listUnfinished(db, campaign.id, id));
	});

	router.post(diagnosticsRoutes.links.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'make-links', String(request.params.id));
		const { school_id } = parseBody(linksBody, request, response);
		if (school_id !== null) await demandSchool(db, asker, 'make-links', school_id);
		const participants = await listParticipants(db, campaign.id, school_id ?? undefined);
		const codes = participants.map(({ participant_code }) => participant_code);
		const [links, typed] = await records.transaction(async (trx) => {
			await logAct(trx, asker, 'make-links', `campaign/${campaign.id}`, school_id ?? '');
			await endKeys(trx, codes);
			return [await renewLinks(trx, codes), await addTypedCodes(trx, codes)] as const;
		});
		const people = await peopleOfCodes(db, codes);
		const schools = new Map((await listSchools(db, asker.places)).map(({ id, name }) => [id, name]));
		const tokens = new Map(links.map(({ participant_code, token }) => [participant_code, token]));
		const codeOf = new Map(typed.map(({ participant_code, secret }) => [participant_code, secret]));
		const schoolOf = new Map(participants.map((each) => [each.participant_code, each.school_id]));
		// In an anonymous campaign codes lead to nobody: slips to be drawn, in the order of the random codes.
		const holders =
			campaign.mode === 'anonymous'
				? codes.map((participant_code) => ({ participant_code, full_name: '' }))
				: people;
		response.json(
			holders.map(({ participant_code, full_name }): LinkItem => {
				const school = schoolOf.get(participant_code) ?? '';
				const url = linkAddress(request, config.PUBLIC_URL, tokens.get(participant_code) ?? '');
				const code = codeOf.get(participant_code) ?? '';
				return { participant_code, full_name, school_name: schools.get(school) ?? school, url, code };
			}),
		);
	});

	/** @throws {Problem} 422 when nobody fits */
	async function demandPeople(body: CampaignBody): Promise<number> {
		const people = await listCampaignPopulation(db, readConditions(body));
		if (people.length === 0) throw new Problem(422, 'empty-population');
		return people.length;
	}

	return router;
}

/** A body as the records keep it. */
function describeSettings(body: CampaignBody) {
	const { schools, subjects, positions, seniority_bands, categories, young, reference_day, ...rest } =
		readConditions(body);
	const { closes_on } = body;
	return {
		...rest,
		population: { schools, subjects, positions, seniority_bands, categories, young, reference_day },
		retention_until: `${Number(closes_on.slice(0, 4)) + RETENTION_YEARS}${closes_on.slice(4)}`,
	};
}
