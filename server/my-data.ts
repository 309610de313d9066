import { listAudit } from '#data/records/audit.ts';
import { listKeptFiles } from '#data/records/diagnostics/answer-files.ts';
import { listConsents } from '#data/records/diagnostics/consents.ts';
import { findDraft } from '#data/records/diagnostics/drafts.ts';
import { type InvitationListing, listInvitations } from '#data/records/diagnostics/invitations.ts';
import { listEarlierObservations } from '#data/records/diagnostics/observations.ts';
import { findOwnRegistry, listOwnParticipations, listOwnResponses } from '#data/records/joins/own-data.ts';
import { listOwnCodes } from './access.ts';
import { describeKeptFile } from './answer-files.ts';
import { findConsentTexts } from './consent-texts.ts';
import type { MyData } from './contract/my-data.ts';
import type { Floors } from './floors.ts';
import type { Language } from './language.ts';
import { findProfile } from './my-profile.ts';
import { describeAnswers } from './own-answers.ts';
import type { PublishedInstruments } from './published.ts';
import type { Asker } from './session.ts';

type Invitation = MyData['invitations'][number];

/** Lines of the log that are shown at most, of each kind. */
const MOST_LINES = 200;

/** Everything that is kept about the asker, under the asker's own codes and person only. */
export async function findMyData(
	floors: Floors,
	published: PublishedInstruments,
	asker: Asker,
	language: Language,
): Promise<MyData> {
	const { db } = floors.records;
	const codes = (await listOwnCodes(db, asker)).map(({ participant_code }) => participant_code);
	const [registry, participations, invitations, responses, earlier, files, looks, acts] = await Promise.all([
		asker.person_id ? findOwnRegistry(db, asker.person_id) : undefined,
		listOwnParticipations(db, codes),
		listInvitations(db, codes),
		listOwnResponses(db, codes),
		listEarlierObservations(db, codes),
		listKeptFiles(db, codes),
		Promise.all(codes.map((code) => listAudit(db, { object: `participant/${code}`, limit: MOST_LINES }))),
		asker.account_id === null ? [] : listAudit(db, { who: asker.account_id, limit: MOST_LINES }),
	]);
	const own = new Set([asker.account_id, ...codes]);
	const profile = await findProfile(floors, published, invitations, language);

	async function describe(participation: (typeof participations)[number]): Promise<Invitation> {
		const { participant_code } = participation;
		const asked = invitations.filter((each) => each.participant_code === participant_code);
		const mode = (asked[0]?.mode ?? 'confidential') as Invitation['mode'];
		const consents = await listConsents(db, participant_code);
		return {
			...participation,
			participant_code: mode === 'anonymous' ? null : participant_code,
			title: asked[0]?.title ?? '',
			mode,
			instruments: await Promise.all(asked.map((each) => describeInstrument(each))),
			consents: consents.map(({ purpose, version, given_at, declined_at }) => ({
				purpose: purpose as 'diagnostic' | 'methodist',
				version,
				given_at,
				declined_at,
				in_force: given_at !== null && declined_at === null,
				text: findConsentTexts(version)[purpose as 'diagnostic' | 'methodist'],
			})),
		};
	}

	async function describeInstrument(asked: InvitationListing): Promise<Invitation['instruments'][number]> {
		const { participant_code, instrument, version, mode, saved_at, submitted_at } = asked;
		const { survey, key } = await published.get(instrument, version);
		const isAnonymous = mode === 'anonymous';
		const response = responses.find(
			(each) => each.participant_code === participant_code && each.instrument === instrument,
		);
		const draft =
			isAnonymous || response || !saved_at ? undefined : await findDraft(db, participant_code, instrument);
		const inWords = (kept: { answers: string } | undefined) =>
			kept && !isAnonymous ? describeAnswers(survey, JSON.parse(kept.answers)) : null;
		const isOfThis = (each: { participant_code: string; instrument: string }) =>
			each.participant_code === participant_code && each.instrument === instrument;
		const past = earlier.filter(isOfThis);
		const ofForm = files.filter(isOfThis);
		const listFiles = (isAsked: (observation: string | null) => boolean) =>
			ofForm
				.filter(({ observation_id }) => isAsked(observation_id))
				.map((file) => describeKeptFile(survey, file));
		return {
			instrument,
			title: key.title,
			version,
			saved_at,
			submitted_at,
			answers: inWords(response),
			draft: inWords(draft),
			files: listFiles((observation) => !past.some(({ id }) => id === observation)),
			earlier: past.map(({ id, submitted_at: at, answers }) => ({
				submitted_at: at,
				answers: describeAnswers(survey, JSON.parse(answers)),
				files: listFiles((observation) => observation === id),
			})),
		};
	}

	return {
		at: new Date().toISOString(),
		name: asker.name,
		registry: registry ?? null,
		invitations: await Promise.all(participations.map(describe)),
		scores: profile.campaigns.flatMap(({ campaign_id, title, instrument_title, scales }) =>
			scales.map((scale) => ({
				campaign_id,
				campaign_title: title,
				instrument_title,
				scale: scale.scale,
				title: scale.title,
				percent: scale.percent,
				sem: scale.sem,
				level: scale.level,
			})),
		),
		looks: looks
			.flat()
			// the log of an earlier release names own acts by the code, of the acting one or of the object
			.filter(({ who, action }) => !own.has(who) && action !== 'withdraw-consent')
			.toSorted((a, b) => (a.at < b.at ? 1 : -1))
			.map(({ at, role, action, purpose }) => ({ at, role, action, purpose })),
		own_acts: acts.map(({ at, action }) => ({ at, action })),
	};
}
