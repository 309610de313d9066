import { type Request, type RequestHandler, type Response, Router } from 'express';
import { latestSeq } from '#data/records/changes.ts';
import {
	discardAnswerFiles,
	type FileOwner,
	findObserversFile,
	recordAnswerFile,
} from '#data/records/diagnostics/answer-files.ts';
import {
	countOwnObservations,
	isObserved,
	listObservable,
	recordObservation,
} from '#data/records/diagnostics/observations.ts';
import { demandAct } from '../access.ts';
import { demandFiles, listFileReferences } from '../answer-files.ts';
import { responseBody } from '../contract/my.ts';
import {
	type ObservationCampaign,
	type ObservationForm,
	type ObservationSurvey,
	observationFileQuery,
	observationRoutes,
} from '../contract/observations.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { findAsked, listOpenForms } from '../observable.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { refuseAnswers } from '../refused-answers.ts';
import { describeRespondent } from '../respondent.ts';
import { makeResponseId } from '../response-id.ts';
import { askerOf, whoOf } from '../session.ts';
import {
	demandFileField,
	demandStored,
	describeStored,
	readAnswerFile,
	sendAnswerFile,
	takeAnswerFile,
} from '../uploads/answer-upload.ts';

/** What somebody else fills in about a participant who agreed: a methodist observes a lesson. */
export function observationsRouter({ records, secret }: Floors, published: PublishedInstruments): Router {
	const { db } = records;
	const router = Router();

	/** Ids of the observations that this observer hands in next, by participant. */
	async function nextIds(campaign_id: string, instrument: string, observed_by: string) {
		const own = await countOwnObservations(db, { campaign_id, instrument, observed_by });
		// the observer's own count: what a colleague hands in meanwhile takes no unfinished answers away
		return (participant_code: string) =>
			makeResponseId(
				secret,
				`${participant_code} ${observed_by} own ${own.get(participant_code) ?? 0}`,
				instrument,
			);
	}

	router.get(observationRoutes.list.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'observe');
		const items = (await listOpenForms(db, published, asker)).map(
			async ({ campaign, instrument, form: { key } }): Promise<ObservationCampaign> => {
				const [people, idOf] = await Promise.all([
					listObservable(db, campaign, instrument, asker.places),
					nextIds(campaign.id, instrument, whoOf(asker)),
				]);
				const teachers = people.filter(({ consents }) => consents);
				return {
					campaign_id: campaign.id,
					title: campaign.title,
					closes_on: campaign.closes_on,
					instrument,
					instrument_title: key.title,
					minutes: key.minutes,
					teachers: teachers.map((teacher) => ({
						participant_code: teacher.participant_code,
						full_name: teacher.full_name,
						school_name: teacher.school_name,
						subject: teacher.subject,
						observations: teacher.observations,
						last_at: teacher.last_at,
						respondent: describeRespondent(teacher),
						response_id: idOf(teacher.participant_code),
					})),
					waiting: people.length - teachers.length,
				};
			},
		);
		response.json(await Promise.all(items));
	});

	router.get(observationRoutes.surveys.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'observe');
		const open = await listOpenForms(db, published, asker);
		response.json(
			open.map(
				({ campaign, instrument, form }): ObservationSurvey => ({
					campaign_id: campaign.id,
					instrument,
					survey: form.survey as Record<string, unknown>,
				}),
			),
		);
	});

	router.get(observationRoutes.form.path, async (request, response) => {
		const asker = askerOf(response);
		const { campaign, instrument, form, teacher } = await findAsked(db, published, request, asker);
		const idOf = await nextIds(campaign.id, instrument, whoOf(asker));
		const reply: ObservationForm = {
			campaign_id: campaign.id,
			title: campaign.title,
			instrument,
			survey: form.survey as Record<string, unknown>,
			respondent: describeRespondent(teacher),
			full_name: teacher.full_name,
			school_name: teacher.school_name,
			observations: teacher.observations,
			response_id: idOf(teacher.participant_code),
		};
		response.json(reply);
	});

	router.post(observationRoutes.record.path, async (request: Request, response: Response) => {
		const asker = askerOf(response);
		const { campaign, instrument, version, form, teacher } = await findAsked(db, published, request, asker);
		const { response_id, answers, started_at, duration_seconds } = parseBody(responseBody, request, response);
		const checked = form.check.check(answers, 'complete', describeRespondent(teacher));
		if (!checked.ok) throw refuseAnswers(checked.issues);
		const { participant_code } = teacher;
		const owner = { participant_code, instrument, observation: { id: response_id, by: whoOf(asker) } };
		await demandFiles(db, owner, checked.files ?? []);
		const submitted_at = new Date().toISOString();
		await records.transaction(async (trx) => {
			const outcome = await recordObservation(trx, {
				id: response_id,
				campaign_id: campaign.id,
				participant_code,
				instrument,
				version,
				answers: JSON.stringify(checked.answers),
				started_at,
				submitted_at,
				duration_seconds,
				observed_by: whoOf(asker),
			});
			if (outcome === 'other-content') throw new Problem(409, 'already-answered');
			// As for whoever has not agreed at all: whether there is such a participant is not told.
			if (outcome === 'consent-needed') throw new Problem(404, 'not-found');
			if (form.takesFiles) await discardAnswerFiles(trx, owner, listFileReferences(checked.answers));
			if (outcome === 'stored')
				await logAct(trx, asker, 'record-observation', `participant/${participant_code}`, instrument);
		});
		response.status(201).json({ submitted_at, sequence: await latestSeq(records) });
	});

	/** Rights come before the body. */
	const mayAttach: RequestHandler = async (request, response, next) => {
		const asker = askerOf(response);
		const { question, response_id } = parseQuery(observationFileQuery, request, response);
		const { form, instrument, teacher } = await findAsked(db, published, request, asker);
		if (await isObserved(db, response_id)) throw new Problem(409, 'already-answered');
		const owner: FileOwner = {
			participant_code: teacher.participant_code,
			instrument,
			observation: { id: response_id, by: whoOf(asker) },
		};
		response.locals.attach = { field: demandFileField(form.survey, question), owner };
		next();
	};

	router.post(observationRoutes.store_file.path, mayAttach, readAnswerFile, async (request, response) => {
		const { question, file_name, file: id } = parseQuery(observationFileQuery, request, response);
		const { field, owner } = response.locals.attach;
		const file = await takeAnswerFile(request.body, file_name, field);
		const stored = await records.transaction((trx) =>
			recordAnswerFile(trx, owner, { ...file, id, question }),
		);
		response.status(201).json(describeStored(demandStored(stored)));
	});

	router.get(observationRoutes.file.path, async (request, response) => {
		const asker = askerOf(response);
		const { instrument, teacher } = await findAsked(db, published, request, asker);
		const { participant_code } = teacher;
		const owner = { participant_code, instrument, by: whoOf(asker) };
		const file = await findObserversFile(db, owner, String(request.params.file));
		if (!file) throw new Problem(404, 'not-found');
		sendAnswerFile(response, file);
	});

	return router;
}
