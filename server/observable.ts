import type { Request } from 'express';
import { type Campaign, listCampaigns } from '#data/records/diagnostics/campaigns.ts';
import { listObservable, type Observable } from '#data/records/diagnostics/observations.ts';
import type { Db } from '#data/records/store.ts';
import { OBSERVED_CHANNEL } from '#surveys/key.ts';
import { demandAct } from './access.ts';
import { Problem } from './problem.ts';
import type { Published, PublishedInstruments } from './published.ts';
import type { Asker } from './session.ts';
import { today } from './today.ts';

interface ObservationForm {
	campaign: Campaign;
	instrument: string;
	version: number;
	form: Published;
}

/** Campaigns of the asker's places that take observations today, each with its instruments of this kind. */
export async function listOpenForms(
	db: Db,
	published: PublishedInstruments,
	asker: Asker,
): Promise<ObservationForm[]> {
	const day = today();
	const open = (await listCampaigns(db, asker.places)).filter(
		({ state, mode, opens_on, closes_on }) =>
			state === 'open' && mode === 'confidential' && opens_on <= day && day <= closes_on,
	);
	const asked = open.flatMap((campaign) =>
		campaign.instruments.map(async ({ instrument, version }) => ({
			campaign,
			instrument,
			version,
			form: await published.get(instrument, version),
		})),
	);
	return (await Promise.all(asked)).filter(({ form }) => form.key.channel === OBSERVED_CHANNEL);
}

/**
 * The form and the teacher that the address names.
 * @throws {Problem} 404 for whom the asker may not observe, or who has not agreed
 */
export async function findAsked(
	db: Db,
	published: PublishedInstruments,
	request: Request,
	asker: Asker,
): Promise<ObservationForm & { teacher: Observable }> {
	demandAct(asker, 'observe');
	const { campaign: id, participant, instrument } = request.params;
	const found = (await listOpenForms(db, published, asker)).find(
		(each) => each.campaign.id === id && each.instrument === instrument,
	);
	if (!found) throw new Problem(404, 'not-found');
	const teachers = await listObservable(db, found.campaign, found.instrument, asker.places);
	const teacher = teachers.find((each) => each.participant_code === participant && each.consents);
	if (!teacher) throw new Problem(404, 'not-found');
	return { ...found, teacher };
}
