import type { Request, Response } from 'express';
import { findInstrumentVersion } from '#data/records/diagnostics/instruments.ts';
import { listSchools } from '#data/records/registry/schools.ts';
import type { Db } from '#data/records/store.ts';
import { demandAct, demandMunicipality } from './access.ts';
import { type CampaignBody, campaignBody } from './contract/diagnostics.ts';
import type { Language } from './language.ts';
import { parseBody } from './parse.ts';
import { Problem } from './problem.ts';
import type { PublishedInstruments } from './published.ts';
import { type Asker, askerOf } from './session.ts';

/**
 * A campaign's body whose municipality, schools and instruments all exist for the asker.
 * @throws {Problem} 403, 422
 */
export async function parseCampaignBody(
	db: Db,
	published: PublishedInstruments,
	request: Request,
	response: Response,
): Promise<CampaignBody> {
	const asker = askerOf(response);
	demandAct(asker, 'run-campaign');
	const body = parseBody(campaignBody, request, response);
	await demandPopulationPlace(db, asker, body);
	for (const { instrument, version } of body.instruments) {
		const found = await findInstrumentVersion(db, instrument, version);
		if (!found) throw new Problem(422, 'unknown-instrument', { instrument, version });
		const { takesFiles, key, isUsable } = await published.get(instrument, version);
		if (!isUsable) throw new Problem(422, 'broken-instrument', { instrument, version });
		if (body.mode === 'anonymous' && takesFiles)
			throw new Problem(422, 'anonymous-campaign-files', {
				instrument: key.title[response.locals.language as Language],
			});
	}
	return body;
}

/**
 * Refuses a population outside the asker's municipalities.
 * @throws {Problem} 403, 422 naming each school that is not in the municipality
 */
export async function demandPopulationPlace(
	db: Db,
	asker: Asker,
	population: { municipality_id: string; schools: string[] | null },
): Promise<void> {
	await demandMunicipality(db, asker, 'run-campaign', population.municipality_id);
	if (population.schools === null) return;
	const schools = await listSchools(db, [`municipality/${population.municipality_id}`]);
	const known = new Set(schools.map(({ id }) => id));
	const unknown = population.schools.filter((school) => !known.has(school));
	if (unknown.length === 0) return;
	const issues = unknown
		.slice(0, 100)
		.map((school) => ({ path: 'schools', code: 'unknown-school', values: { school } }));
	throw new Problem(422, 'invalid-body', {}, issues);
}
