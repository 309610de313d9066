import { type Request, type RequestHandler, type Response, Router, raw } from 'express';
import { findAnswerFile, recordAnswerFile } from '#data/records/diagnostics/answer-files.ts';
import { listConsentingCodes } from '#data/records/diagnostics/consenting.ts';
import { personOfCode } from '#data/records/diagnostics/identity.ts';
import { type InvitationListing, listInvitations } from '#data/records/diagnostics/invitations.ts';
import type { AnswerFileRow } from '#data/records/schema.ts';
import { type AnswerField, listAnswerFields } from '#surveys/answer-fields.ts';
import { writeFileReference } from '#surveys/answer-rules/file.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { demandAct, demandCampaign, listOwnCodes } from '../access.ts';
import {
	type AnswerFileReply,
	type AttemptReply,
	answerFileQuery,
	answerFileRoutes,
} from '../contract/answer-files.ts';
import type { Floors } from '../floors.ts';
import { logAct } from '../log-act.ts';
import { demandOpen } from '../my-invitations.ts';
import { parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { askerOf } from '../session.ts';
import { readClock } from '../timed.ts';
import { safeName, sniff } from '../uploads/sniff.ts';
import { stripMetadata } from '../uploads/strip-metadata.ts';

const FILE_LIMIT = '5mb';

/** Files and signatures of participants, and the clock of timed forms. */
export function answerFilesRouter({ records }: Floors, published: PublishedInstruments): Router {
	const { db } = records;
	const router = Router();
	const readBytes = raw({ type: () => true, limit: FILE_LIMIT });

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
		const { survey } = await published.get(mine.instrument, mine.version);
		if (!findFileField(survey, question)) throw new Problem(422, 'no-file-question', { question });
		if ((await readClock(db, mine, survey)).isLate) throw new Problem(409, 'time-is-up');
		response.locals.mine = mine;
		next();
	};

	router.post(answerFileRoutes.store.path, mayStore, readBytes, async (request, response) => {
		const { question, file_name } = parseQuery(answerFileQuery, request, response);
		const { participant_code, instrument, version } = response.locals.mine as InvitationListing;
		const { survey } = await published.get(instrument, version);
		const field = findFileField(survey, question);
		const { content, type, name } = await takeFile(request.body, file_name, field);
		const stored = await records.transaction((trx) =>
			recordAnswerFile(trx, { participant_code, instrument, question, name, type, content }),
		);
		if (!stored) throw new Problem(409, 'too-many-files');
		const reply: AnswerFileReply = {
			reference: writeFileReference(stored.id),
			name: stored.name,
			type: stored.type,
			size: stored.size,
		};
		response.status(201).json(reply);
	});

	router.get(answerFileRoutes.own.path, async (request, response) => {
		const { participant_code, instrument } = await findMine(request, response);
		const file = await findAnswerFile(db, String(request.params.file));
		if (file?.participant_code !== participant_code || file.instrument !== instrument)
			throw new Problem(404, 'not-found');
		sendFile(response, file);
	});

	router.post(answerFileRoutes.start.path, async (request, response) => {
		const mine = await findMine(request, response);
		demandOpen(mine);
		const { survey } = await published.get(mine.instrument, mine.version);
		const { started_at, elapsed_seconds, limit_seconds } = await readClock(db, mine, survey, true);
		const reply: AttemptReply = { started_at, elapsed_seconds, limit_seconds };
		response.json(reply);
	});

	// A methodist sees the files of those who said so, once the campaign is released; each look is in the log.
	router.get(answerFileRoutes.consented.path, async (request, response) => {
		const asker = askerOf(response);
		const campaign = await demandCampaign(db, asker, 'make-links', String(request.params.id));
		const file = await findAnswerFile(db, String(request.params.file));
		const invitation = file && (await listInvitations(db, [file.participant_code]))[0];
		const person = file && (await personOfCode(db, file.participant_code));
		const consenting = person ? await listConsentingCodes(db, asker.places, person) : [];
		if (!file || invitation?.campaign_id !== campaign.id || !consenting.includes(file.participant_code))
			throw new Problem(404, 'not-found');
		await logAct(records, asker, 'see-individual', `participant/${file.participant_code}`, 'answer-file');
		sendFile(response, file);
	});

	return router;
}

/** The field of files under this name, in rows and panels too. */
function findFileField(survey: SurveyJson, question: string): AnswerField | undefined {
	const fields = listAnswerFields(survey);
	return [...fields, ...fields.flatMap(({ inner }) => inner)].find(
		({ kind, path, item }) => kind === 'files' && (item === question || path.at(-1) === question),
	);
}

/** The bytes as they are kept: of a kind that is taken, without metadata, under a name that fits. */
async function takeFile(
	body: unknown,
	fileName: string,
	field: AnswerField | undefined,
): Promise<{ content: Buffer; type: string; name: string }> {
	if (!Buffer.isBuffer(body) || body.length === 0) throw new Problem(422, 'empty-body');
	const found = await sniff(body);
	const isPicture = found?.type === 'image/png' || found?.type === 'image/jpeg';
	if (!found || (field?.type === 'signaturepad' && !isPicture))
		throw new Problem(415, 'file-kind-not-taken', { name: fileName.slice(0, 100) });
	try {
		return { content: stripMetadata(body, found.type), type: found.type, name: safeName(fileName, found) };
	} catch (error) {
		if (error instanceof RangeError)
			throw new Problem(422, 'broken-picture', { name: fileName.slice(0, 100) });
		throw error;
	}
}

/** To keep, never to open in the page. */
function sendFile(response: Response, { name, type, content }: AnswerFileRow): void {
	response
		.attachment(name)
		.set('content-type', type)
		.set('content-security-policy', "sandbox; default-src 'none'")
		.end(Buffer.from(content));
}
