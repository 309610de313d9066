import { type Request, type Response, Router } from 'express';
import { listAudit } from '#data/records/audit.ts';
import { latestSeq } from '#data/records/changes.ts';
import { discardAnswerFiles } from '#data/records/diagnostics/answer-files.ts';
import { listConsents, recordConsent, withdrawConsent } from '#data/records/diagnostics/consents.ts';
import { type Draft, draftQueue, findDraft } from '#data/records/diagnostics/drafts.ts';
import { type InvitationListing, listInvitations } from '#data/records/diagnostics/invitations.ts';
import { responseQueue } from '#data/records/diagnostics/responses.ts';
import { commitQueue } from '#data/records/queue.ts';
import { demandAct, listOwnCodes } from '../access.ts';
import { demandFiles, listFileReferences } from '../answer-files.ts';
import { findConsentTexts } from '../consent-texts.ts';
import {
	consentBody,
	draftBody,
	type MyDiagnostic,
	type MyDiagnosticItem,
	type MyDraft,
	myRoutes,
	responseBody,
} from '../contract/my.ts';
import type { Floors } from '../floors.ts';
import { demandOpen, fillerOf, resultOf, stateOf, timeOf } from '../my-invitations.ts';
import { findProfile } from '../my-profile.ts';
import { parseBody } from '../parse.ts';
import { Problem, problemBody } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { refuseAnswers } from '../refused-answers.ts';
import { describeRespondent } from '../respondent.ts';
import { makeResponseId } from '../response-id.ts';
import { askerOf, takeInvitations } from '../session.ts';
import { readClock } from '../timed.ts';

/** What a participant does and reads: everything here concerns the asker's own codes only. */
export function myRouter(floors: Floors, published: PublishedInstruments): Router {
	const { records, secret } = floors;
	const { db } = records;
	const router = Router();
	const responses = responseQueue(records);
	const drafts = draftQueue(records);

	// Those who answer at the same moment are looked up together.
	const invitations = commitQueue(async (codes: string[]) => {
		const rows = await listInvitations(db, codes);
		const byCode = Map.groupBy(rows, ({ participant_code }) => participant_code);
		return codes.map((code) => byCode.get(code) ?? []);
	});

	async function listMine(response: Response): Promise<InvitationListing[]> {
		const asker = askerOf(response);
		demandAct(asker, 'answer');
		const along = takeInvitations(response);
		if (along) return [...along];
		const own = await listOwnCodes(db, asker);
		const mine = await Promise.all(own.map(({ participant_code }) => invitations.submit(participant_code)));
		return mine.flat().toSorted((a, b) => (a.opens_on < b.opens_on ? 1 : a.opens_on > b.opens_on ? -1 : 0));
	}

	async function findMine(request: Request, response: Response): Promise<InvitationListing> {
		const { campaign, instrument } = request.params;
		const mine = (await listMine(response)).find(
			(each) => each.campaign_id === campaign && (instrument === undefined || each.instrument === instrument),
		);
		if (!mine || mine.state === 'draft' || mine.state === 'approved') throw new Problem(404, 'not-found');
		return mine;
	}

	router.get(myRoutes.diagnostics.path, async (_request, response) => {
		const mine = (await listMine(response)).filter(({ state }) => state !== 'draft' && state !== 'approved');
		const items = mine.map(async (invitation): Promise<MyDiagnosticItem> => {
			const { key } = await published.get(invitation.instrument, invitation.version);
			const { campaign_id, title, mode, instrument, opens_on, closes_on, saved_at, submitted_at } =
				invitation;
			return {
				campaign_id,
				title,
				mode: mode as MyDiagnosticItem['mode'],
				instrument,
				instrument_title: key.title,
				purpose: key.purpose,
				minutes: key.minutes,
				opens_on,
				closes_on,
				state: stateOf(invitation),
				saved_at,
				submitted_at,
				filled_by: fillerOf(key),
				result: resultOf(invitation, key),
			};
		});
		response.json(await Promise.all(items));
	});

	router.get(myRoutes.diagnostic.path, async (request, response) => {
		const mine = await findMine(request, response);
		const { participant_code, instrument, version, consent_version } = mine;
		const [{ survey, key }, draft, consents] = await Promise.all([
			published.get(instrument, version),
			findDraft(db, participant_code, instrument),
			listConsents(db, participant_code),
		]);
		const texts = findConsentTexts(consent_version);
		const decided = (purpose: string): boolean | null => {
			const consent = consents.find((each) => each.purpose === purpose && each.version === consent_version);
			return consent ? consent.declined_at === null && consent.given_at !== null : null;
		};
		const isUnfinished = draft && mine.submitted_at === null;
		const reply: MyDiagnostic = {
			campaign_id: mine.campaign_id,
			title: mine.title,
			mode: mine.mode as MyDiagnostic['mode'],
			state: stateOf(mine),
			opens_on: mine.opens_on,
			closes_on: mine.closes_on,
			instrument,
			instrument_title: key.title,
			purpose: key.purpose,
			minutes: key.minutes,
			filled_by: fillerOf(key),
			version,
			survey: survey as Record<string, unknown>,
			respondent: describeRespondent(mine),
			consent: {
				version: consent_version,
				text: texts.diagnostic,
				given: decided('diagnostic'),
				methodist_text: texts.methodist,
				methodist_given: decided('methodist'),
			},
			draft: isUnfinished ? describeDraft(draft) : null,
			submitted_at: mine.submitted_at,
			response_id: makeResponseId(secret, participant_code, instrument),
		};
		response.json(reply);
	});

	router.post(myRoutes.consent.path, async (request, response) => {
		const mine = await findMine(request, response);
		const { give, methodist } = parseBody(consentBody, request, response);
		const { participant_code, consent_version: version } = mine;
		const decide = (given: boolean) => (given ? 'given' : 'declined') as 'given' | 'declined';
		const isAnonymous = mine.mode === 'anonymous';
		const shares = give && methodist && !isAnonymous;
		const isWithdrawal = !give && mine.given_at !== null && mine.declined_at === null;
		if (isWithdrawal && isAnonymous && mine.submitted_at !== null)
			throw new Problem(409, 'anonymous-withdrawal');
		await records.transaction(async (trx) => {
			const consent = { participant_code, version, at: timeOf(mine) };
			// Another device may have begun meanwhile: a no takes away whatever there is.
			if (!give && !isAnonymous) {
				await withdrawConsent(trx, { ...consent, purpose: 'diagnostic' });
				return;
			}
			await recordConsent(trx, { ...consent, purpose: 'diagnostic', decision: decide(give) });
			await recordConsent(trx, { ...consent, purpose: 'methodist', decision: decide(shares) });
		});
		response.json({ given: give, methodist_given: shares });
	});

	router.put(myRoutes.draft.path, async (request, response) => {
		const mine = await findMine(request, response);
		const {
			answers,
			page,
			base,
			device = null,
			times = {},
			seconds,
		} = parseBody(draftBody, request, response);
		if (mine.mode === 'anonymous') throw new Problem(409, 'anonymous-draft');
		demandOpen(mine);
		const { participant_code, instrument } = mine;
		const { survey } = await published.get(instrument, mine.version);
		if ((await readClock(db, mine, survey, true)).isLate) throw new Problem(409, 'time-is-up');
		const kept = await checkAnswers(mine, answers, 'partial');
		const saved_at = new Date().toISOString();
		const draft = { participant_code, instrument, answers: JSON.stringify(kept), page, saved_at };
		const stored = await drafts.submit({ ...draft, base, device, seconds, times: JSON.stringify(times) });
		if (stored.outcome === 'stored') {
			response.json({ saved_at, revision: stored.revision });
			return;
		}
		if (stored.outcome === 'consent-needed') throw new Problem(403, 'consent-needed');
		if (stored.outcome === 'not-storable') throw new Problem(422, 'response-refused');
		// Both drafts belong to the person: the refusal brings the other one along, so that they can choose.
		const other = await findDraft(db, participant_code, instrument);
		if (other?.answers === draft.answers) {
			// It did arrive before; only its reply was lost.
			response.json({ saved_at: other.saved_at, revision: other.revision });
			return;
		}
		response
			.status(409)
			.type('application/problem+json')
			.json({
				...problemBody(new Problem(409, 'draft-changed'), response.locals.language),
				draft: other ? describeDraft(other) : null,
			});
	});

	router.post(myRoutes.response.path, async (request, response) => {
		const mine = await findMine(request, response);
		const body = parseBody(responseBody, request, response);
		const { campaign_id, participant_code, instrument, version } = mine;
		// What was handed in before goes to the store all the same: it tells a repeat from a second response.
		if (mine.submitted_at === null) demandOpen(mine);
		const { survey, takesFiles } = await published.get(instrument, version);
		const clock = await readClock(db, mine, survey);
		// Past the time stands what was saved within it, whatever arrives later.
		// A repeat says what was handed in, not what a draft held.
		const given = clock.isLate && mine.submitted_at === null ? await savedInTime(mine) : body.answers;
		const answers = await checkAnswers(mine, given, clock.isOver ? 'partial' : 'complete');
		const submitted_at = mine.submitted_at ?? timeOf(mine);
		const isAnonymous = mine.mode === 'anonymous';
		const outcome = await responses.submit({
			id: body.response_id,
			campaign_id,
			participant_code,
			instrument,
			version,
			answers: JSON.stringify(answers),
			started_at: isAnonymous ? null : body.started_at,
			submitted_at,
			duration_seconds: isAnonymous ? null : body.duration_seconds,
		});
		if (outcome.outcome === 'refused') throw refusal(outcome.code, mine);
		if (takesFiles)
			await discardAnswerFiles(
				db,
				{ participant_code, instrument, observation: null },
				listFileReferences(answers),
			);
		const sequence = outcome.outcome === 'stored' ? outcome.sequence : await latestSeq(records);
		response.status(201).json({ submitted_at, sequence });
	});

	router.get(myRoutes.profile.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-own-profile');
		const mine = await listMine(response);
		const codes = [...new Set(mine.map(({ participant_code }) => participant_code))];
		const looks = codes.map((code) => listAudit(db, { object: `participant/${code}`, limit: 100 }));
		const viewers = (await Promise.all(looks))
			.flat()
			.filter(({ action }) => action === 'see-individual' || action === 'record-observation');
		response.json({
			name: asker.name,
			...(await findProfile(floors, published, mine, response.locals.language)),
			viewers: viewers
				.toSorted((a, b) => (a.at < b.at ? 1 : -1))
				.map(({ at, role, purpose }) => ({ at, who_role: role, purpose })),
		});
	});

	async function savedInTime({ participant_code, instrument }: InvitationListing): Promise<unknown> {
		const draft = await findDraft(db, participant_code, instrument);
		return draft ? (JSON.parse(draft.answers) as unknown) : {};
	}

	async function checkAnswers(
		mine: InvitationListing,
		answers: unknown,
		mode: 'complete' | 'partial',
	): Promise<Record<string, unknown>> {
		const { participant_code, instrument, version } = mine;
		const { check, key } = await published.get(instrument, version);
		if (fillerOf(key) === 'observer') throw new Problem(403, 'filled-by-observer');
		const result = check.check(answers, mode, describeRespondent(mine));
		if (!result.ok) throw refuseAnswers(result.issues);
		await demandFiles(db, { participant_code, instrument, observation: null }, result.files ?? []);
		return result.answers;
	}

	return router;
}

const describeDraft = ({ answers, page, saved_at, revision, device, times, seconds }: Draft): MyDraft => ({
	answers: JSON.parse(answers),
	page,
	saved_at,
	revision,
	device,
	times: JSON.parse(times ?? '{}'),
	seconds,
});

function refusal(code: string, { opens_on, closes_on }: InvitationListing): Problem {
	if (code === 'already-answered' || code === 'other-content') return new Problem(409, 'already-answered');
	if (code === 'campaign-not-open') return new Problem(409, code, { opens_on, closes_on });
	if (code === 'consent-needed') return new Problem(403, code);
	if (code === 'not-asked') return new Problem(404, 'not-found');
	return new Problem(422, 'response-refused');
}
