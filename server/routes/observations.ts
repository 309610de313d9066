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
	observationFileQuery,
	observationRoutes,
} from '../contract/observations.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { findAsked, listOpenForms } from '../observable.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { describeRespondent } from '../respondent.ts';
import { makeResponseId } from '../response-id.ts';
import { askerOf, whoOf } from '../session.ts';
import {
	demandFileField,
	describeStored,
	readAnswerFile,
	sendAnswerFile,
	takeAnswerFile,
} from '../uploads/answer-upload.ts';

/** What somebody else fills in about a participant who agreed: a methodist observes a lesson. */
export function observationsRouter({ records, secret }: Floors, published: PublishedInstruments): Router {
	const { db } = records;
	const router = Router();

	router.get(observationRoutes.list.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'observe');
		const items = (await listOpenForms(db, published, asker)).map(
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
		const { campaign, instrument, form, teacher } = await findAsked(db, published, request, asker);
		const { participant_code } = teacher;
		const observed_by = whoOf(asker);
		const own = await countOwnObservations(db, { participant_code, instrument, observed_by });
		const reply: ObservationForm = {
			campaign_id: campaign.id,
			title: campaign.title,
			instrument,
			survey: form.survey as Record<string, unknown>,
			respondent: describeRespondent(teacher),
			full_name: teacher.full_name,
			school_name: teacher.school_name,
			observations: teacher.observations,
			// the observer's own count: what a colleague hands in meanwhile takes no unfinished answers away
			response_id: makeResponseId(secret, `${participant_code} ${observed_by} own ${own}`, instrument),
		};
		response.json(reply);
	});

	router.post(observationRoutes.record.path, async (request: Request, response: Response) => {
		const asker = askerOf(response);
		const { campaign, instrument, version, form, teacher } = await findAsked(db, published, request, asker);
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
		const { question, file_name } = parseQuery(observationFileQuery, request, response);
		const { field, owner } = response.locals.attach;
		const file = await takeAnswerFile(request.body, file_name, field);
		const stored = await records.transaction((trx) => recordAnswerFile(trx, owner, { ...file, question }));
		if (!stored) throw new Problem(409, 'too-many-files');
		response.status(201).json(describeStored(stored));
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
