import { type Response, Router } from 'express';
import { writeTable } from '#data/export/table.ts';
import { withdrawConsent } from '#data/records/diagnostics/consents.ts';
import { listInvitations } from '#data/records/diagnostics/invitations.ts';
import { findLinkHash } from '#data/records/diagnostics/participants.ts';
import { demandAct, listOwnCodes } from '../access.ts';
import { myDataFileQuery, myDataRoutes, withdrawBody } from '../contract/my-data.ts';
import type { Floors } from '../floors.ts';
import { linkAddress } from '../link-session.ts';
import { logAct } from '../log-act.ts';
import { findMyData } from '../my-data.ts';
import { packMyData, writeJson } from '../my-data-archive.ts';
import { tabulateMyData } from '../my-data-table.ts';
import { isOpen } from '../my-invitations.ts';
import { parseBody, parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { writeResumeToken } from '../resume-pass.ts';
import { askerOf } from '../session.ts';

const media = {
	json: 'application/json; charset=utf-8',
	csv: 'text/csv; charset=utf-8',
	zip: 'application/zip',
	xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;

/** The rights of a participant over the own data: see it, take it along, withdraw a consent, go on elsewhere. */
export function myDataRouter(floors: Floors, published: PublishedInstruments): Router {
	const { records, secret, config } = floors;
	const { db } = records;
	const router = Router();

	/** The invitation of a campaign that is the asker's own. @throws {Problem} 404 */
	async function findOwn(response: Response, campaign: string) {
		const asker = askerOf(response);
		demandAct(asker, 'answer');
		const own = (await listOwnCodes(db, asker)).find(({ campaign_id }) => campaign_id === campaign);
		const [invitation] = own ? await listInvitations(db, [own.participant_code]) : [];
		if (!invitation || invitation.state === 'draft' || invitation.state === 'approved')
			throw new Problem(404, 'not-found');
		return invitation;
	}

	router.get(myDataRoutes.data.path, async (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-own-profile');
		response.json(await findMyData(floors, published, asker, response.locals.language));
	});

	router.get(myDataRoutes.data_file.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-own-profile');
		const { format } = parseQuery(myDataFileQuery, request, response);
		const { language } = response.locals;
		const data = await findMyData(floors, published, asker, language);
		const bytes =
			format === 'json'
				? writeJson(data)
				: format === 'zip'
					? await packMyData(db, asker, data, language)
					: await writeTable(tabulateMyData(data, language), format);
		await logAct(records, asker, 'export-own-data', '', format);
		response
			.set('content-type', media[format])
			.set('content-disposition', `attachment; filename="opora-my-data-${data.at.slice(0, 10)}.${format}"`)
			.send(bytes);
	});

	router.post(myDataRoutes.withdraw.path, async (request, response) => {
		const asker = askerOf(response);
		const { purpose } = parseBody(withdrawBody, request, response);
		const {
			participant_code,
			campaign_id,
			consent_version: version,
			mode,
		} = await findOwn(response, String(request.params.campaign));
		if (mode === 'anonymous') throw new Problem(409, 'anonymous-withdrawal');
		const withdrawn = await records.transaction(async (trx) => {
			// An account beside a code would tie the two for good: the log is never shortened.
			await logAct(trx, asker, 'withdraw-consent', `campaign/${campaign_id}`, purpose);
			return withdrawConsent(trx, { participant_code, purpose, version });
		});
		response.json(withdrawn);
	});

	router.post(myDataRoutes.resume.path, async (request, response) => {
		const invitation = await findOwn(response, String(request.params.campaign));
		// Unfinished answers of an anonymous diagnostic are in this browser alone: elsewhere there is nothing to go on with.
		if (invitation.mode === 'anonymous') throw new Problem(409, 'anonymous-draft');
		const { opens_on, closes_on } = invitation;
		if (!isOpen(invitation)) throw new Problem(409, 'campaign-not-open', { opens_on, closes_on });
		const link_hash = await findLinkHash(db, invitation.participant_code);
		if (!link_hash) throw new Problem(404, 'not-found');
		const { token, until } = writeResumeToken(secret, link_hash);
		response.json({ address: linkAddress(request, config.PUBLIC_URL, token), until });
	});

	return router;
}
