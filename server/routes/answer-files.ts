import { type Request, type RequestHandler, type Response, Router } from 'express';
import {
	findKeptFile,
	findOwnFile,
	listKeptFiles,
	recordAnswerFile,
} from '#data/records/diagnostics/answer-files.ts';
import { listConsentingCodes, listConsentingCodesIn } from '#data/records/diagnostics/consenting.ts';
import { type InvitationListing, listInvitations } from '#data/records/diagnostics/invitations.ts';
import { demandAct, demandCampaign, listOwnCodes } from '../access.ts';
import { describeKeptFile } from '../answer-files.ts';
import {
	type AgreedFile,
	type AttemptReply,
	answerFileQuery,
	answerFileRoutes,
} from '../contract/answer-files.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { demandOpen, fillerOf } from '../my-invitations.ts';
import { parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { type Asker, askerOf } from '../session.ts';
import { readClock } from '../timed.ts';
import {
	demandFileField,
	demandStored,
	describeStored,
	readAnswerFile,
	sendAnswerFile,
	takeAnswerFile,
} from '../uploads/answer-upload.ts';

/** Files and signatures of participants, and the clock of timed forms. */
export function answerFilesRouter({ records }: Floors, published: PublishedInstruments): Router {
	const { db } = records;
	const router = Router();

	async function findMine(request: Request, response: Response): Promise<InvitationListing> {
		const asker = askerOf(response);
		demandAct(asker, 'answer');
		const codes = (await listOwnCodes(db, asker)).map(({ participant_code }) => participant_code);
		const { campaign, instrument } = request.params;
		const mine = (await listInvitations(db, codes)).find(
			(each) => each.campaign_id === campaign && each.instrument === instrument,
		);
		if (!mine || mine.state === 'draft' || mine.state === 'approved') throw new Problem(404, 'not-found');
		return mine;
	}

	/** Rights come before the body. */
	const mayStore: RequestHandler = async (request, response, next) => {
		const { question } = parseQuery(answerFileQuery, request, response);
		const mine = await findMine(request, response);
		if (mine.mode === 'anonymous') throw new Problem(409, 'anonymous-files');
		demandOpen(mine);
		const { survey, key } = await published.get(mine.instrument, mine.version);
		if (fillerOf(key) === 'observer') throw new Problem(403, 'filled-by-observer');
		response.locals.field = demandFileField(survey, question);
		if ((await readClock(db, mine, survey)).isLate) throw new Problem(409, 'time-is-up');
		response.locals.mine = mine;
		next();
	};

	router.post(answerFileRoutes.store.path, mayStore, readAnswerFile, async (request, response) => {
		const { question, file_name, file: id } = parseQuery(answerFileQuery, request, response);
		const { participant_code, instrument } = response.locals.mine as InvitationListing;
		const file = await takeAnswerFile(request.body, file_name, response.locals.field);
		const owner = { participant_code, instrument, observation: null };
		const stored = await records.transaction((trx) =>
			recordAnswerFile(trx, owner, { ...file, id, question }),
		);
		response.status(201).json(describeStored(demandStored(stored)));
	});

	router.get(answerFileRoutes.own.path, async (request, response) => {
		const { participant_code, instrument } = await findMine(request, response);
		const file = await findOwnFile(db, { participant_code, instrument }, String(request.params.file));
		if (!file) throw new Problem(404, 'not-found');
		sendAnswerFile(response, file);
	});

	router.post(answerFileRoutes.start.path, async (request, response) => {
		const mine = await findMine(request, response);
		demandOpen(mine);
		const { survey } = await published.get(mine.instrument, mine.version);
		const { started_at, elapsed_seconds, limit_seconds } = await readClock(db, mine, survey, true);
		const reply: AttemptReply = { started_at, elapsed_seconds, limit_seconds };
		response.json(reply);
	});

	// What is kept about me: my own files, and those of observations that were handed in.
	router.get(answerFileRoutes.about_me.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-own-profile');
		const codes = (await listOwnCodes(db, asker)).map(({ participant_code }) => participant_code);
		const file = await findKeptFile(db, codes, String(request.params.file));
		if (!file) throw new Problem(404, 'not-found');
		sendAnswerFile(response, file);
	});

	// A methodist sees the files of those who said so, once the campaign is released; each look is in the log.
	router.get(answerFileRoutes.agreed.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-individual');
		const codes = await listConsentingCodes(db, asker.places, String(request.params.person));
		const invitations = await listInvitations(db, codes);
		const files = await listKeptFiles(db, codes);
		const items = await Promise.all(
			files.map(async (file): Promise<AgreedFile | undefined> => {
				const asked = invitations.find(
					({ participant_code, instrument }) =>
						participant_code === file.participant_code && instrument === file.instrument,
				);
				if (!asked || asked.submitted_at === null) return undefined;
				const { survey, key } = await published.get(asked.instrument, asked.version);
				return {
					campaign_id: asked.campaign_id,
					campaign_title: asked.title,
					instrument_title: key.title,
					...describeKeptFile(survey, file),
				};
			}),
		);
		const shown = items.filter((item) => item !== undefined);
		await logLooks(
			asker,
			codes.filter((code) => files.some(({ participant_code }) => participant_code === code)),
		);
		response.json(shown);
	});

	router.get(answerFileRoutes.consented.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'see-individual', String(request.params.id));
		const codes = await listConsentingCodesIn(db, asker.places, campaign.id);
		const file = await findKeptFile(db, codes, String(request.params.file));
		if (!file) throw new Problem(404, 'not-found');
		await logLooks(asker, [file.participant_code]);
		sendAnswerFile(response, file);
	});

	async function logLooks(asker: Asker, codes: readonly string[]): Promise<void> {
		await records.transaction(async (trx) => {
			for (const code of codes)
				await logAct(trx, asker, 'see-individual', `participant/${code}`, 'answer-file');
		});
	}

	return router;
}
