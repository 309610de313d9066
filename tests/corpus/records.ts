import { appendChange } from '#data/records/changes.ts';
import type { Records } from '#data/records/store.ts';
import { listItems, type SurveyJson } from '#surveys/item-labels.ts';
import type { Key } from '#surveys/key.ts';
import { everyTypeKey } from '../support/every-type.ts';
import { campaign, participant, putTown } from '../support/warehouse.ts';

/** A town with one released campaign and as many participants as each survey gets responses. */
export async function putCorpusTown(records: Records, people: number): Promise<void> {
	await putTown(records);
	await records.transaction(async (trx) => {
		await trx
			.insertInto('campaign')
			.values(campaign('corpus', 'M1', 'released'))
			.execute();
		for (let index = 0; index < people; index += 1)
			await trx
				.insertInto('participant')
				.values(participant(`AAAA000${index}`, 'corpus', 'S1'))
				.execute();
		appendChange(trx, 'campaign', 'corpus');
		appendChange(trx, 'participants', 'corpus');
	});
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
