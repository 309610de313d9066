import type { APIRequestContext } from '@playwright/test';
import { publishInstrument } from '#data/records/diagnostics/instruments.ts';
import type { InstrumentVersionRow } from '#data/records/diagnostics/tables.ts';
import { openRecords } from '#data/records/store.ts';
import { listItems, type SurveyJson } from '#surveys/item-labels.ts';
import { type Key, keySchema } from '#surveys/key.ts';
import { publishable } from '#surveys/publishable.ts';
import { everyTypeKey } from '../support/every-type.ts';
import type { TestServer } from '../support/running-server.ts';

const password = 'opora-demo-2026';
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** A version to publish. @throws when the survey cannot be published */
export function versionOf(instrument: string, survey: SurveyJson): InstrumentVersionRow {
	const faults = publishable(survey);
	if (faults.length > 0) throw new Error(`${instrument}: ${JSON.stringify(faults)}`);
	const key: Key = keySchema.parse({
		...everyTypeKey,
		instrument,
		items: [
			{
				item: listItems(survey)[0]!.item,
				competency: 'assessment',
				rule: { kind: 'choice', points: { a: 0, b: 1 } },
				max_points: 1,
			},
		],
	});
	return {
		instrument,
		version: 1,
		survey: JSON.stringify(survey),
		key: JSON.stringify(key),
		sha256: instrument,
		published_at: new Date().toISOString(),
	};
}

/** Signs in over HTTP and posts to campaigns as this person, on the paths below `/api/campaigns`. */
export async function campaignDesk(server: TestServer, request: APIRequestContext, login = 'methodist') {
	const entered = await request.post(`${server.address}/api/session`, { data: { login, password } });
	const headers = { 'x-csrf-token': (await entered.json()).csrf };
	return async (path: string, data: object) => {
		const reply = await request.post(`${server.address}/api/campaigns${path}`, { data, headers });
		if (!reply.ok()) throw new Error(await reply.text());
		return reply.json();
	};
}

export interface OpenCampaign {
	campaign: string;
	links: { full_name: string | null; url: string; code: string }[];
}

/** Opens a campaign of one school with published instruments; gives the links of its teachers. */
export async function openCampaign(
	server: TestServer,
	request: APIRequestContext,
	given: {
		title: string;
		instruments: { instrument: string; version: number }[];
		mode?: 'anonymous';
		school?: string;
		municipality_id?: string;
	},
): Promise<OpenCampaign> {
	const { school = 'sch900018', ...terms } = given;
	const post = await campaignDesk(server, request);
	const campaigns = async () => (await request.get(`${server.address}/api/campaigns`)).json();
	const { campaign_id: campaign } = await post('', {
		goal: 'Проверить каждый вид вопроса',
		basis_document: 'Приказ № 1',
		municipality_id: terms.municipality_id ?? (await campaigns())[0].municipality_id,
		schools: [school],
		subjects: null,
		mode: 'confidential',
		opens_on: day(-1),
		closes_on: day(10),
		reference_day: day(-1),
		...terms,
	});
	for (const to of ['approved', 'open']) await post(`/${campaign}/state`, { to });
	return { campaign, links: await post(`/${campaign}/links`, { school_id: school }) };
}

/** Publishes these versions in the server's own records and opens a campaign with them; gives links of teachers of one school. */
export async function openOwnCampaign(
	server: TestServer,
	request: APIRequestContext,
	versions: readonly InstrumentVersionRow[],
): Promise<{ campaign: string; links: string[] }> {
	const records = await openRecords({ folder: server.folder });
	await records.transaction(async (trx) => {
		for (const version of versions) await publishInstrument(trx, version);
	});
	await records.close();
	const { campaign, links } = await openCampaign(server, request, {
		title: 'Проба видов вопросов',
		instruments: versions.map(({ instrument, version }) => ({ instrument, version })),
	});
	return { campaign, links: links.map(({ url }) => url) };
}
