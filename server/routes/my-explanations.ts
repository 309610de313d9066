import { Router } from 'express';
import { listInvitations } from '#data/records/diagnostics/invitations.ts';
import { listOwnResponses } from '#data/records/joins/own-data.ts';
import { demandAct, listOwnCodes } from '../access.ts';
import { type MyExplanations, myExplanationRoutes } from '../contract/my-explanations.ts';
import type { Floors } from '../floors.ts';
import { explainAnswers, hasExplanations } from '../my-explanations.ts';
import { resultOf } from '../my-invitations.ts';
import { Problem } from '../problem.ts';
import type { PublishedInstruments } from '../published.ts';
import { askerOf } from '../session.ts';

/** The one place where parts of a key leave: to who answered, once the own result may be read. */
export function myExplanationsRouter({ records }: Floors, published: PublishedInstruments): Router {
	const { db } = records;
	const router = Router();

	router.get(myExplanationRoutes.explanations.path, async (request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'see-own-profile');
		const { campaign, instrument } = request.params;
		const own = (await listOwnCodes(db, asker)).find(({ campaign_id }) => campaign_id === campaign);
		if (!own) throw new Problem(404, 'not-found');
		const code = own.participant_code;
		const asked = (await listInvitations(db, [code])).find((each) => each.instrument === instrument);
		if (!asked) throw new Problem(404, 'not-found');
		const { key, survey } = await published.get(asked.instrument, asked.version);
		if (!hasExplanations(key) || resultOf(asked, key) !== 'ready') throw new Problem(404, 'not-found');
		const given = (await listOwnResponses(db, [code])).find((each) => each.instrument === instrument);
		if (!given) throw new Problem(404, 'not-found');
		const reply: MyExplanations = {
			campaign_id: asked.campaign_id,
			title: asked.title,
			instrument: asked.instrument,
			instrument_title: key.title,
			tasks: explainAnswers(survey, key, JSON.parse(given.answers) as Record<string, unknown>),
		};
		response.json(reply);
	});

	return router;
}
