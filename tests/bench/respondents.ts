import { compileRespondent } from '#data/demo/simulate-answers.ts';
import { insertRows } from '#data/records/bulk.ts';
import { appendChange } from '#data/records/changes.ts';
import { changeCampaignState, recordCampaign } from '#data/records/diagnostics/campaigns.ts';
import { hashLinkToken } from '#data/records/diagnostics/participant-code.ts';
import { inviteParticipants } from '#data/records/diagnostics/participants.ts';
import { listCampaignPopulation } from '#data/records/joins/campaign-population.ts';
import { openRecords, type RecordsPlace, type Trx } from '#data/records/store.ts';
import { createRandom } from '#data/simulation/random.ts';
import { LINK_COOKIE, writePass } from '#server/link-session.ts';
import { makeResponseId } from '#server/response-id.ts';
import { readSecret, sign } from '#server/secret.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import type { Pass } from './visitor.ts';

/** Somebody who is about to hand in answers: the session of a personal link, where to, and what. */
export interface Respondent {
	pass: Pass;
	campaign_id: string;
	participant_code: string;
	instrument: string;
	version: number;
	response_id: string;
	path: string;
	body: string;
	/** what the body says, as the records shall hold it */
	answers: Record<string, unknown>;
}

const INSTRUMENT = 'professional-difficulties';
const CONSENT_VERSION = '1';

interface Invited {
	campaign_id: string;
	participant_code: string;
	token: string;
}

/**
 * Opens campaigns in a folder of the demo, each for all of its teachers, until there are so many personal links; the
 * invited have consented, and their answers are thought up. Their passes are signed with the secret of the folder, wherever
 * its records are.
 */
export async function prepareRespondents(
	folder: string,
	count: number,
	place: RecordsPlace = { folder },
): Promise<Respondent[]> {
	const records = await openRecords(place);
	const invited: Invited[] = [];
	while (invited.length < count)
		invited.push(...(await records.transaction((trx) => openCampaign(trx, invited.length))));
	await records.close();
	const secret = readSecret(folder);
	const random = createRandom(count);
	const { survey, key } = listShippedInstruments().find(({ key }) => key.instrument === INSTRUMENT)!;
	const respond = compileRespondent(survey, key);
	const until = Date.now() + 3_600_000;
	return invited.slice(0, count).map(({ campaign_id, participant_code, token }): Respondent => {
		const cookie = writePass(secret, { link_hash: hashLinkToken(token), until });
		const ability = random.normal();
		const answers = respond(random, () => ability);
		const response_id = makeResponseId(secret, participant_code, INSTRUMENT);
		const said = { response_id, answers, started_at: new Date().toISOString(), duration_seconds: 600 };
		return {
			pass: { cookie: `${LINK_COOKIE}=${cookie}`, csrf: sign(secret, 'csrf', cookie) },
			campaign_id,
			participant_code,
			instrument: INSTRUMENT,
			version: key.version,
			response_id,
			path: `/api/my/diagnostics/${campaign_id}/${INSTRUMENT}/response`,
			body: JSON.stringify(said),
			answers,
		};
	});
}

async function openCampaign(trx: Trx, number: number): Promise<Invited[]> {
	const { id: municipality_id } = await trx.selectFrom('municipality').select('id').executeTakeFirstOrThrow();
	const { key } = listShippedInstruments().find(({ key }) => key.instrument === INSTRUMENT)!;
	const now = Date.now();
	const day = (offset: number): string => new Date(now + offset * 86_400_000).toISOString().slice(0, 10);
	const population = { schools: null, subjects: null, reference_day: day(-1) };
	const campaign_id = await recordCampaign(trx, {
		municipality_id,
		title: `Campaign ${number}`,
		goal: 'Benchmark',
		basis_document: 'Benchmark',
		mode: 'confidential',
		population,
		opens_on: day(-1),
		closes_on: day(30),
		retention_until: day(365),
		consent_version: CONSENT_VERSION,
		created_by: 'bench',
		instruments: [{ instrument: INSTRUMENT, version: key.version }],
	});
	await changeCampaignState(trx, campaign_id, 'approved');
	const people = await listCampaignPopulation(trx, { municipality_id, ...population });
	const invitations = await inviteParticipants(trx, campaign_id, people);
	await changeCampaignState(trx, campaign_id, 'open');
	const given_at = new Date(now).toISOString();
	const consents = invitations.map(({ participant_code }) => ({
		participant_code,
		purpose: 'diagnostic',
		version: CONSENT_VERSION,
		given_at,
	}));
	await insertRows(trx, 'consent', ['participant_code', 'purpose', 'version', 'given_at'], consents);
	appendChange(trx, 'consent', campaign_id);
	return invitations.map(({ participant_code, token }) => ({ campaign_id, participant_code, token }));
}
