import { type Request, type Response, Router } from 'express';
import {
	changeCampaignState,
	findCampaign,
	listCampaigns,
	recordCampaign,
} from '#data/records/diagnostics/campaigns.ts';
import { listExtensions } from '#data/records/diagnostics/extensions.ts';
import { peopleOfCodes } from '#data/records/diagnostics/identity.ts';
import { findInstrumentVersion, listInstrumentVersions } from '#data/records/diagnostics/instruments.ts';
import { addTypedCodes, endKeys } from '#data/records/diagnostics/participant-keys.ts';
import { inviteParticipants, listParticipants, renewLinks } from '#data/records/diagnostics/participants.ts';
import { listCampaignPopulation } from '#data/records/joins/campaign-population.ts';
import { responsePace } from '#data/records/joins/response-rate.ts';
import { listSchools } from '#data/records/registry/schools.ts';
import { demandAct, demandCampaign, demandMunicipality, demandSchool } from '../access.ts';
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
	type CampaignPreview,
	campaignBody,
	campaignStateBody,
	diagnosticsRoutes,
	type InstrumentItem,
	type LinkItem,
	linksBody,
	participationQuery,
	type ResponseRate,
} from '../contract/diagnostics.ts';
import type { Floors } from '../floors.ts';
import { type Language, translate } from '../language.ts';
import { linkAddress } from '../link-session.ts';
import { logAct } from '../log-act.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { listUnfinished } from '../participation.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { findPace, groupByMunicipality, sumRates } from '../response-pace.ts';
import { askerOf, whoOf } from '../session.ts';
import { today } from '../today.ts';

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
			const { key } = await published.get(instrument, version);
			const { title, channel, minutes, languages, purpose } = key;
			return { instrument, version, title, channel, minutes, items: key.items.length, languages, purpose };
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

	router.post(diagnosticsRoutes.preview.path, async (request, response) => {
		const body = await parseCampaign(request, response);
		const people = await listCampaignPopulation(db, body);
		const names = new Map(
			(await listSchools(db, [`municipality/${body.municipality_id}`])).map((each) => [each.id, each.name]),
		);
		const schools = [...Map.groupBy(people, ({ school_id }) => school_id)];
		const reply: CampaignPreview = {
			people: people.length,
			schools: schools.length,
			by_school: schools
				.map(([school_id, own]) => ({
					school_id,
					name: names.get(school_id) ?? school_id,
					people: own.length,
				}))
				.toSorted((a, b) => a.name.localeCompare(b.name, 'ru', { numeric: true })),
		};
		response.json(reply);
	});

	router.post(diagnosticsRoutes.create.path, async (request, response) => {
		const asker = askerOf(response);
		const body = await parseCampaign(request, response);
		const { schools, subjects, reference_day, ...rest } = body;
		const people = await listCampaignPopulation(db, body);
		if (people.length === 0) throw new Problem(422, 'empty-population');
		const campaign_id = await records.transaction(async (trx) => {
			const id = await recordCampaign(trx, {
				...rest,
				population: { schools, subjects, reference_day },
				retention_until: `${Number(body.closes_on.slice(0, 4)) + RETENTION_YEARS}${body.closes_on.slice(4)}`,
				consent_version: CONSENT_VERSION,
				created_by: whoOf(asker),
			});
			await logAct(trx, asker, 'draft-campaign', `campaign/${id}`);
			return id;
		});
		response.status(201).json({ campaign_id, invited: people.length });
	});

	router.get(diagnosticsRoutes.campaign.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'see-campaigns', String(request.params.id));
		const rates = await listVisibleRates(db, asker, campaign.id);
		response.json(await describeCampaignDetail(published, campaign, rates, asker));
	});

	router.post(diagnosticsRoutes.state.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'decide-campaign', String(request.params.id));
		const { to } = parseBody(campaignStateBody, request, response);
		if (!mayMove(asker, to)) throw new Problem(403, 'forbidden');
		const { id, population, municipality_id } = campaign;
		const invitees =
			to === 'approved' ? await listCampaignPopulation(db, { ...population, municipality_id }) : [];
		if (to === 'approved' && invitees.length === 0) throw new Problem(422, 'empty-population');
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
			if (to === 'approved') await inviteParticipants(trx, id, invitees);
			await logAct(trx, asker, `campaign-${to}`, `campaign/${id}`);
		});
		const rates = await listVisibleRates(db, asker, id);
		response.json(await describeCampaignDetail(published, (await findCampaign(db, id))!, rates, asker));
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
		const days = isSchool ? [] : by_day;
		const reply: ResponseRate = {
			...totals,
			by_municipality: groupByMunicipality(rates),
			by_day: days,
			...findPace(days, totals.invited, campaign, today()),
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

	/** A campaign's body whose municipality, schools and instruments all exist for the asker. */
	async function parseCampaign(request: Request, response: Response): Promise<CampaignBody> {
		const asker = askerOf(response);
		demandAct(asker, 'run-campaign');
		const body = parseBody(campaignBody, request, response);
		await demandMunicipality(db, asker, 'run-campaign', body.municipality_id);
		for (const { instrument, version } of body.instruments) {
			const found = await findInstrumentVersion(db, instrument, version);
			if (!found) throw new Problem(422, 'unknown-instrument', { instrument, version });
			if (body.mode !== 'anonymous') continue;
			const { takesFiles, key } = await published.get(instrument, version);
			if (takesFiles)
				throw new Problem(422, 'anonymous-campaign-files', {
					instrument: key.title[response.locals.language as Language],
				});
		}
		const known = new Set(
			(await listSchools(db, [`municipality/${body.municipality_id}`])).map(({ id }) => id),
		);
		const unknown = (body.schools ?? []).filter((school) => !known.has(school));
		if (unknown.length > 0)
			throw new Problem(
				422,
				'invalid-body',
				{},
				unknown
					.slice(0, 100)
					.map((school) => ({ path: 'schools', code: 'unknown-school', values: { school } })),
			);
		return body;
	}

	return router;
}
