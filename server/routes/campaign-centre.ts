import { Router } from 'express';
import { extendCampaign, findCampaign } from '#data/records/diagnostics/campaigns.ts';
import { listExtensions, recordExtension, removeExtension } from '#data/records/diagnostics/extensions.ts';
import { inviteParticipants } from '#data/records/diagnostics/participants.ts';
import { stageOn } from '#data/records/diagnostics/release-stages.ts';
import { advanceRelease, planRelease } from '#data/records/diagnostics/releases.ts';
import { listCampaignMovements } from '#data/records/joins/campaign-movements.ts';
import { countConsents } from '#data/records/joins/consent-counts.ts';
import { listSchools } from '#data/records/registry/schools.ts';
import { demandCampaign, demandSchool } from '../access.ts';
import { describeCampaignDetail, listVisibleRates } from '../campaigns.ts';
import {
	type ConsentCounts,
	campaignCentreRoutes,
	deadlineBody,
	type ExtensionItem,
	extensionBody,
	joinersBody,
	type Movements,
	type ReleasePlanReply,
	releasePlanBody,
} from '../contract/campaign-centre.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { parseBody } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { askerOf, whoOf } from '../session.ts';
import { today } from '../today.ts';

/** What keeps a campaign going between opening and release: days, people who come and go, consents, stages. */
export function campaignCentreRouter({ records }: Floors, published: PublishedInstruments): Router {
	const { db } = records;
	const router = Router();

	router.get(campaignCentreRoutes.today.path, (_request, response) => {
		askerOf(response);
		response.json({ today: today() });
	});

	router.post(campaignCentreRoutes.deadline.path, async (request, response) => {
		const asker = askerOf(response);
		const { id, closes_on: before } = await demandCampaign(
			db,
			asker,
			'run-campaign',
			String(request.params.id),
		);
		const { closes_on } = parseBody(deadlineBody, request, response);
		await records.transaction(async (trx) => {
			if (closes_on < today() || !(await extendCampaign(trx, id, closes_on)))
				throw new Problem(409, 'deadline-not-moved', { closes_on: before });
			await logAct(trx, asker, 'move-deadline', `campaign/${id}`, closes_on);
		});
		const campaign = (await findCampaign(db, id))!;
		const rates = await listVisibleRates(db, asker, id);
		response.json(await describeCampaignDetail(db, published, campaign, rates, asker));
	});

	router.get(campaignCentreRoutes.extensions.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandCampaign(db, asker, 'see-campaigns', String(request.params.id));
		const all = await listExtensionItems(id);
		const isSchool = asker.role === 'school_coordinator';
		response.json(
			isSchool ? all.filter(({ school_id }) => asker.places.includes(`school/${school_id}`)) : all,
		);
	});

	router.put(campaignCentreRoutes.extend.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'run-campaign', String(request.params.id));
		const { school_id, closes_on, reason } = parseBody(extensionBody, request, response);
		await demandSchool(db, asker, 'run-campaign', school_id);
		if (campaign.state !== 'approved' && campaign.state !== 'open')
			throw new Problem(409, 'extension-too-late');
		if (closes_on <= campaign.closes_on || closes_on < today())
			throw new Problem(422, 'extension-not-later', { closes_on: campaign.closes_on });
		const rates = await listVisibleRates(db, asker, campaign.id);
		if (!rates.some((rate) => rate.school_id === school_id)) throw new Problem(404, 'not-found');
		await records.transaction(async (trx) => {
			await recordExtension(trx, {
				campaign_id: campaign.id,
				school_id,
				closes_on,
				reason,
				made_by: whoOf(asker),
				made_at: new Date().toISOString(),
			});
			await logAct(trx, asker, 'extend-school', `campaign/${campaign.id}`, `${school_id} ${closes_on}`);
		});
		response.json(await listExtensionItems(campaign.id));
	});

	router.delete(campaignCentreRoutes.end_extension.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandCampaign(db, asker, 'run-campaign', String(request.params.id));
		const school = await demandSchool(db, asker, 'run-campaign', String(request.params.school));
		await records.transaction(async (trx) => {
			if (!(await removeExtension(trx, id, school.id))) throw new Problem(404, 'not-found');
			await logAct(trx, asker, 'end-extension', `campaign/${id}`, school.id);
		});
		response.json(await listExtensionItems(id));
	});

	router.get(campaignCentreRoutes.consents.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandCampaign(db, asker, 'decide-campaign', String(request.params.id));
		const [versions, rates] = await Promise.all([countConsents(db, id), listVisibleRates(db, asker, id)]);
		const invited = rates.reduce((total, rate) => total + rate.invited, 0);
		const decided = versions
			.filter(({ purpose }) => purpose === 'diagnostic')
			.reduce((total, { given, declined, withdrawn }) => total + given + declined + withdrawn, 0);
		const reply: ConsentCounts = { invited, undecided: Math.max(0, invited - decided), versions };
		response.json(reply);
	});

	router.get(campaignCentreRoutes.movements.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'run-campaign', String(request.params.id));
		const found = await listCampaignMovements(db, campaign, today());
		const names = new Map((await listSchools(db)).map(({ id, name }) => [id, name]));
		const nameOf = (school: string): string => names.get(school) ?? school;
		await logAct(records, asker, 'see-movements', `campaign/${campaign.id}`);
		const reply: Movements = {
			joined: found.joined.map(({ person_id, full_name, school_id, started_on }) => ({
				person_id,
				full_name,
				school_name: nameOf(school_id),
				started_on,
			})),
			transferred: found.transferred.map(({ full_name, school_id, now_at }) => ({
				full_name,
				school_name: nameOf(school_id),
				now_at: now_at.map(nameOf),
			})),
			left: found.left.map(({ full_name, school_id, last_day }) => ({
				full_name,
				school_name: nameOf(school_id),
				last_day,
			})),
			reference_day: campaign.population.reference_day,
			today: today(),
		};
		response.json(reply);
	});

	router.post(campaignCentreRoutes.invite_joined.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'run-campaign', String(request.params.id));
		const { person_ids } = parseBody(joinersBody, request, response);
		if (campaign.mode === 'anonymous') throw new Problem(409, 'anonymous-invites-once');
		if (campaign.state !== 'approved' && campaign.state !== 'open')
			throw new Problem(409, 'invitation-too-late');
		const wanted = new Set(person_ids);
		const { joined } = await listCampaignMovements(db, campaign, today());
		const people = joined.filter(({ person_id }) => wanted.has(person_id));
		const invited = await records.transaction(async (trx) => {
			await logAct(trx, asker, 'invite-joined', `campaign/${campaign.id}`, String(people.length));
			return inviteParticipants(trx, campaign.id, people);
		});
		response.json({ invited: invited.length });
	});

	router.get(campaignCentreRoutes.release_plan.path, async (request, response) => {
		const campaign = await demandCampaign(
			db,
			askerOf(response),
			'decide-campaign',
			String(request.params.id),
		);
		const { release_stage: stage, release_plan: plan } = campaign;
		response.json({ stage, plan, today: today() } satisfies ReleasePlanReply);
	});

	router.put(campaignCentreRoutes.plan_release.path, async (request, response) => {
		const asker = askerOf(response);
		const { id } = await demandCampaign(db, asker, 'decide-campaign', String(request.params.id));
		const plan = parseBody(releasePlanBody, request, response);
		await records.transaction(async (trx) => {
			if (!(await planRelease(trx, id, plan))) throw new Problem(409, 'released-to-all');
			await advanceRelease(trx, id, stageOn(plan, today()));
			await logAct(trx, asker, 'plan-release', `campaign/${id}`, JSON.stringify(plan));
		});
		const { release_stage } = (await findCampaign(db, id))!;
		response.json({ stage: release_stage, plan, today: today() } satisfies ReleasePlanReply);
	});

	async function listExtensionItems(campaignId: string): Promise<ExtensionItem[]> {
		return (await listExtensions(db, campaignId)).map(
			({ school_id, school_name, closes_on, reason, made_at }) => ({
				school_id,
				school_name,
				closes_on,
				reason,
				made_at,
			}),
		);
	}

	return router;
}
