import { recordResponses } from '#data/records/diagnostics/responses.ts';
import type { ResponseRow } from '#data/records/diagnostics/tables.ts';
import { openRecords } from '#data/records/store.ts';
import { copyOfDemo } from './demo-folder.ts';
import type { Measure } from './goal.ts';
import { prepareRespondents } from './respondents.ts';
import { runCommand } from './server-process.ts';

const RESPONSES = 50_000;
const ROUNDS = 3;
/** as many as a busy server takes into one transaction */
const RESPONSES_PER_COMMIT = 2_000;

/** G18: the command that makes the warehouse anew, from the records of the demo and fifty thousand responses more. */
export async function measure(): Promise<Measure[]> {
	const folder = await copyOfDemo();
	const responses = await fillRecords(folder);
	const seconds: number[] = [];
	while (seconds.length < ROUNDS)
		seconds.push(JSON.parse(await runCommand(['rebuild-warehouse', '--json'], folder)).seconds);
	return [
		{
			goal: 'G18',
			measure: `full rebuild of the warehouse, ${responses} responses and the results of the demo`,
			unit: 'responses/s',
			value: responses / Math.min(...seconds),
			floor: 50_000,
			target: 150_000,
			better: 'higher',
			detail: { responses, seconds },
		},
	];
}

/** Hands in through the way of the records that responses take, in large parts; resolves to how many the records hold. */
async function fillRecords(folder: string): Promise<number> {
	const respondents = await prepareRespondents(folder, RESPONSES);
	const records = await openRecords({ folder });
	const submitted_at = new Date().toISOString();
	for (let start = 0; start < respondents.length; start += RESPONSES_PER_COMMIT) {
		const rows = respondents.slice(start, start + RESPONSES_PER_COMMIT).map(
			({ response_id, campaign_id, participant_code, instrument, version, answers }): ResponseRow => ({
				id: response_id,
				campaign_id,
				participant_code,
				instrument,
				version,
				answers: JSON.stringify(answers),
				started_at: null,
				submitted_at,
				duration_seconds: 600,
			}),
		);
		const outcomes = await recordResponses(records, rows);
		const refused = outcomes.find(({ outcome }) => outcome !== 'stored');
		if (refused) throw new Error(`a response was not stored: ${JSON.stringify(refused)}`);
	}
	const { responses } = await records.db
		.selectFrom('recorded_response')
		.select(({ fn }) => fn.countAll<number>().as('responses'))
		.executeTakeFirstOrThrow();
	await records.close();
	return Number(responses);
}
