import { createRandom } from '#data/demo/random.ts';
import { compileRespondent } from '#data/demo/simulate-answers.ts';
import { insertRows } from '#data/records/bulk.ts';
import { appendChange } from '#data/records/changes.ts';
import { hashLinkToken } from '#data/records/diagnostics/participant-code.ts';
import { renewLinks } from '#data/records/diagnostics/participants.ts';
import { openRecords } from '#data/records/store.ts';
import { LINK_COOKIE, writePass } from '#server/link-session.ts';
import { makeResponseId } from '#server/response-id.ts';
import { readSecret, sign } from '#server/secret.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import type { Pass } from './visitor.ts';

/** Somebody who is about to hand in answers: the session of a personal link, where to, and what. */
export interface Respondent {
	pass: Pass;
	participant_code: string;
	response_id: string;
	path: string;
	body: string;
}

export const INSTRUMENT = 'professional-difficulties';

/** Opens personal links for all who have not begun with the open campaign of a folder, consents for them, and thinks up their answers. */
export async function prepareRespondents(folder: string, seed: number): Promise<Respondent[]> {
	const records = await openRecords({ folder });
	const { campaign_id, consent_version } = await records.db
		.selectFrom('campaign')
		.select(['id as campaign_id', 'consent_version'])
		.where('state', '=', 'open')
		.executeTakeFirstOrThrow();
	const waiting = await records.db
		.selectFrom('participant')
		.select('participant_code')
		.where('campaign_id', '=', campaign_id)
		.where('participant_code', 'not in', (decided) =>
			decided.selectFrom('consent').select('participant_code'),
		)
		.orderBy('participant_code')
		.execute();
	const links = await records.transaction(async (trx) => {
		const given_at = new Date().toISOString();
		const consents = waiting.map((each) => ({
			...each,
			purpose: 'diagnostic',
			version: consent_version,
			given_at,
		}));
		await insertRows(trx, 'consent', ['participant_code', 'purpose', 'version', 'given_at'], consents);
		appendChange(trx, 'consent', campaign_id);
		return renewLinks(
			trx,
			waiting.map(({ participant_code }) => participant_code),
		);
	});
	await records.close();
	const secret = readSecret(folder);
	const random = createRandom(seed);
	const { survey, key } = listShippedInstruments().find(({ key }) => key.instrument === INSTRUMENT)!;
	const respond = compileRespondent(survey, key);
	const until = Date.now() + 3_600_000;
	return links.map(({ participant_code, token }): Respondent => {
		const cookie = writePass(secret, { link_hash: hashLinkToken(token), until });
		const ability = random.normal();
		const response_id = makeResponseId(secret, participant_code, INSTRUMENT);
		return {
			pass: { cookie: `${LINK_COOKIE}=${cookie}`, csrf: sign(secret, 'csrf', cookie) },
			participant_code,
			response_id,
			path: `/api/my/diagnostics/${campaign_id}/${INSTRUMENT}/response`,
			body: JSON.stringify({
				response_id,
				answers: respond(random, () => ability),
				started_at: new Date().toISOString(),
				duration_seconds: 600,
			}),
		};
	});
}
