import type { Db } from '../store.ts';

/** A response that may leave the installation: its participant's consent is in force. */
export interface ExportableResponse {
	id: string;
	campaign_id: string;
	/** null in an anonymous campaign */
	participant_code: string | null;
	answers: string;
	/** the day alone */
	submitted_on: string;
	duration_seconds: number | null;
}

const PAGE = 5_000;

/** Responses to one version whose participants consent, of one campaign or of all, in the order of their random ids. */
export async function listExportableResponses(
	db: Db,
	{ instrument, version, campaign }: { instrument: string; version: number; campaign?: string },
): Promise<ExportableResponse[]> {
	const found: ExportableResponse[] = [];
	let after = '';
	for (;;) {
		const page = await db
			.selectFrom('response')
			.innerJoin('campaign', 'campaign.id', 'response.campaign_id')
			.select(['response.id', 'response.campaign_id', 'response.participant_code', 'response.answers'])
			.select(['response.submitted_at', 'response.duration_seconds', 'campaign.mode'])
			.where('response.instrument', '=', instrument)
			.where('response.version', '=', version)
			.where('response.id', '>', after)
			.$if(campaign !== undefined, (query) => query.where('response.campaign_id', '=', campaign as string))
			.where(({ exists, selectFrom }) =>
				exists(
					selectFrom('consent')
						.select('consent.participant_code')
						.whereRef('consent.participant_code', '=', 'response.participant_code')
						.where('consent.purpose', '=', 'diagnostic')
						.where('consent.given_at', 'is not', null)
						.where('consent.declined_at', 'is', null),
				),
			)
			.orderBy('response.id')
			.limit(PAGE)
			.execute();
		found.push(
			...page.map(({ submitted_at, mode, participant_code, ...row }) => ({
				...row,
				participant_code: mode === 'anonymous' ? null : participant_code,
				submitted_on: submitted_at.slice(0, 10),
			})),
		);
		if (page.length < PAGE) return found;
		after = page.at(-1)!.id;
	}
}

/** Versions that have responses, with their number. */
export async function listAnsweredVersions(
	db: Db,
): Promise<{ instrument: string; version: number; responses: number }[]> {
	const rows = await db
		.selectFrom('response')
		.select(['instrument', 'version'])
		.select(({ fn }) => fn.countAll<number>().as('responses'))
		.groupBy(['instrument', 'version'])
		.orderBy('instrument')
		.orderBy('version')
		.execute();
	return rows.map((row) => ({ ...row, responses: Number(row.responses) }));
}
