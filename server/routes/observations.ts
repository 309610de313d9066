import { type Request, type Response, Router } from 'express';
import { latestSeq } from '#data/records/changes.ts';
import { type Campaign, listCampaigns } from '#data/records/diagnostics/campaigns.ts';
import {
	listObservable,
	type Observable,
	recordObservation,
} from '#data/records/diagnostics/observations.ts';
import { demandAct } from '../access.ts';
import { responseBody } from '../contract/my.ts';
import {
	type ObservationCampaign,
	type ObservationForm,
	observationRoutes,
} from '../contract/observations.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { parseBody } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { Published, PublishedInstruments } from '../published.ts';
import { describeRespondent } from '../respondent.ts';
import { makeResponseId } from '../response-id.ts';
import { type Asker, askerOf, whoOf } from '../session.ts';
import { today } from '../today.ts';

/** What somebody else fills in about a participant who agreed: a methodist observes a lesson. */
export function observationsRouter({ records, secret }: Floors, published: PublishedInstruments): Router {
	const { db } = records;
	const router = Router();

	/** Campaigns of the asker's places that take observations today, each with its instruments of this kind. */
	async function listOpen(asker: Asker) {
		const day = today();
		const open = (await listCampaigns(db, asker.places)).filter(
			({ state, mode, opens_on, closes_on }) =>
				state === 'open' && mode === 'confidential' && opens_on <= day && day <= closes_on,
		);
		const asked = open.flatMap((campaign) =>
			campaign.instruments.map(async ({ instrument, version }) => ({
				campaign,
				instrument,
				version,
				form: await published.get(instrument, version),
			})),
		);
		return (await Promise.all(asked)).filter(({ form }) => form.key.channel === 'expert_review');
	}

	interface Asked {
		campaign: Campaign;
		instrument: string;
		version: number;
		form: Published;
		teacher: Observable;
	}

	/** @throws {Problem} 404 for whom the asker may not observe, or who has not agreed */
	async function findAsked(request: Request, asker: Asker): Promise<Asked> {
		demandAct(asker, 'observe');
		const { campaign: id, participant, instrument } = request.params;
		const found = (await listOpen(asker)).find(
			(each) => each.campaign.id === id && each.instrument === instrument,
		);
		if (!found) throw new Problem(404, 'not-found');
		const teachers = await listObservable(db, found.campaign, found.instrument, asker.places);
		const teacher = teachers.find((each) => each.participant_code === participant && each.consents);
		if (!teacher) throw new Problem(404, 'not-found');
		return { ...found, teacher };
	}

	router.get(observationRoutes.list.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'observe');
		const items = (await listOpen(asker)).map(
			async ({ campaign, instrument, form: { key } }): Promise<ObservationCampaign> => {
				const people = await listObservable(db, campaign, instrument, asker.places);
				const teachers = people.filter(({ consents }) => consents);
				return {
					campaign_id: campaign.id,
					title: campaign.title,
					closes_on: campaign.closes_on,
					instrument,
					instrument_title: key.title,
					minutes: key.minutes,
					teachers: teachers.map(
						({ participant_code, full_name, school_name, subject, observations, last_at }) => ({
							participant_code,
							full_name,
							school_name,
							subject,
							observations,
							last_at,
						}),
					),
					waiting: people.length - teachers.length,
				};
			},
		);
		response.json(await Promise.all(items));
	});

	router.get(observationRoutes.form.path, async (request, response) => {
		const asker = askerOf(response);
		const { campaign, instrument, form, teacher } = await findAsked(request, asker);
		const reply: ObservationForm = {
			campaign_id: campaign.id,
			title: campaign.title,
			instrument,
			survey: form.survey as Record<string, unknown>,
			respondent: describeRespondent(teacher),
			full_name: teacher.full_name,
			school_name: teacher.school_name,
			observations: teacher.observations,
			response_id: makeResponseId(
				secret,
				`${teacher.participant_code} ${whoOf(asker)} ${teacher.observations}`,
				instrument,
			),
		};
		response.json(reply);
	});

	router.post(observationRoutes.record.path, async (request: Request, response: Response) => {
		const asker = askerOf(response);
		const { campaign, instrument, version, form, teacher } = await findAsked(request, asker);
		const { response_id, answers, started_at, duration_seconds } = parseBody(responseBody, request, response);
		const checked = form.check.check(answers, 'complete', describeRespondent(teacher));
		if (!checked.ok)
			throw new Problem(
				422,
				'invalid-answers',
				{},
				checked.issues.slice(0, 100).map(({ item, code, params }) => ({
					path: item,
					code: `answer-${code}`,
					values: { item, ...params },
				})),
			);
		const submitted_at = new Date().toISOString();
		await records.transaction(async (trx) => {
			const outcome = await recordObservation(trx, {
				id: response_id,
				campaign_id: campaign.id,
				participant_code: teacher.participant_code,
				instrument,
				version,
				answers: JSON.stringify(checked.answers),
				started_at,
				submitted_at,
				duration_seconds,
				observed_by: whoOf(asker),
			});
			if (outcome === 'other-content') throw new Problem(409, 'already-answered');
			if (outcome === 'stored')
				await logAct(trx, asker, 'record-observation', `participant/${teacher.participant_code}`, instrument);
		});
		response.status(201).json({ submitted_at, sequence: await latestSeq(records) });
	});

	return router;
}
