import { appendChange } from '#data/records/changes.ts';
import type { Trx } from '#data/records/store.ts';
import { listItems, type SurveyJson } from '#surveys/item-labels.ts';
import type { Key } from '#surveys/key.ts';
import { everyTypeKey } from '../support/every-type.ts';
import { campaign, participant } from '../support/warehouse.ts';

/**
 * A released campaign of one survey with as many participants as it gets responses; resolves to their codes. Each survey
 * has its own, for the instruments of a campaign are fixed from the first answer on.
 */
export async function putCorpusCampaign(
	trx: Trx,
	instrument: string,
	number: number,
	people: number,
): Promise<string[]> {
	const codes = Array.from(
		{ length: people },
		(_, index) => `C${String(number * 10 + index).padStart(7, '0')}`,
	);
	await trx
		.insertInto('campaign')
		.values(campaign(instrument, 'M1', 'released'))
		.execute();
	await trx
		.insertInto('campaign_instrument')
		.values({ campaign_id: instrument, instrument, version: 1, position: 1 })
		.execute();
	for (const code of codes)
		await trx
			.insertInto('participant')
			.values(participant(code, instrument, 'S1'))
			.execute();
	appendChange(trx, 'campaign', instrument);
	appendChange(trx, 'participants', instrument);
	return codes;
}

/** A key that makes an instrument of a survey: it names one of its items; undefined for a survey that asks nothing. */
export function keyFor(survey: SurveyJson, file: string): Key | undefined {
	const [first] = listItems(survey);
	if (!first) return undefined;
	return {
		...everyTypeKey,
		instrument: file
			.replace(/\.json$/, '')
			.toLowerCase()
			.replaceAll(/[^a-z0-9-]/g, '-'),
		items: [
			{
				item: first.item,
				competency: 'assessment',
				rule: { kind: 'choice', points: { 'no such value': 1 } },
				max_points: 1,
			},
		],
	};
}
