import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tableOfResponses } from '#data/export/response-table.ts';
import { writeTable } from '#data/export/table.ts';
import { appendChange, latestSeq } from '#data/records/changes.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { startProjector } from '#data/warehouse/projector.ts';
import { agrees, verifyWarehouse } from '#data/warehouse/verify.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { CHECKED_TYPES } from '#surveys/answer-rules/question.ts';
import { compileAnswerCheck } from '#surveys/answers.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { type PublicationIssue, publishable } from '#surveys/publishable.ts';
import { putTown } from '../support/warehouse.ts';
import { answerModel } from './model-answers.ts';
import { keyFor, putCorpusCampaign } from './records.ts';

/** What became of one survey. */
export interface CorpusEntry {
	file: string;
	types: string[];
	/** why it cannot be published; empty when it was answered, stored and exported */
	refused: PublicationIssue[];
	/** where it was let down: must not be */
	failed?: string;
	responses: number;
	columns: number;
}

export interface CorpusReport {
	entries: CorpusEntry[];
	/** the warehouse equals the records after all of it */
	verified: boolean;
}

/** How often each survey is answered. */
export const RESPONSES = 3;
const ATTEMPTS = 12;

/** Reads every survey of a folder: published or refused with reasons, answered, checked, stored, verified and exported. */
export async function checkCorpus(folder: string): Promise<CorpusReport> {
	const home = mkdtempSync(join(tmpdir(), 'opora-corpus-'));
	const records = await openRecords({ folder: home });
	const warehouse = await openWarehouse({ path: ':memory:' });
	try {
		await putTown(records);
		const entries: CorpusEntry[] = [];
		const files = readdirSync(folder)
			.filter((name) => name.endsWith('.json'))
			.sort();
		for (const [number, file] of files.entries())
			entries.push(await checkOne(records, file, number, readFileSync(join(folder, file), 'utf8')));
		const projector = startProjector(records, warehouse, {
			onError: (error) => {
				throw error;
			},
		});
		await projector.waitFor(await latestSeq(records));
		const verified = agrees(await verifyWarehouse(records, warehouse));
		await projector.stop();
		return { entries, verified };
	} finally {
		await warehouse.close();
		await records.close();
		rmSync(home, { recursive: true, force: true });
	}
}

async function checkOne(records: Records, file: string, number: number, text: string): Promise<CorpusEntry> {
	const survey = JSON.parse(text) as SurveyJson;
	const entry: CorpusEntry = { file, types: listTypes(survey), refused: [], responses: 0, columns: 0 };
	try {
		entry.refused = publishable(survey);
		if (entry.refused.length > 0) return entry;
		const responses = answerOften(survey);
		entry.responses = responses.length;
		const key = keyFor(survey, file);
		if (key) await store(records, { instrument: key.instrument, number }, survey, key, responses);
		const table = tableOfResponses(
			survey,
			responses.map((answers, index) => ({
				id: `r${index}`,
				campaign_id: 'corpus',
				participant_code: `AAAA000${index}`,
				answers: JSON.stringify(answers),
				submitted_on: '2026-02-10',
				duration_seconds: null,
			})),
		);
		entry.columns = table.responses.columns.length;
		await writeTable(table.responses, 'csv', 'machine');
	} catch (error) {
		entry.failed = error instanceof Error ? error.message : String(error);
	}
	return entry;
}

/** Valid answers by several participants; the check must take what the form itself offers. */
function answerOften(survey: SurveyJson): Record<string, unknown>[] {
	const { check } = compileAnswerCheck(survey);
	const found: Record<string, unknown>[] = [];
	let last = '';
	for (let seed = 1; seed <= ATTEMPTS && found.length < RESPONSES; seed += 1) {
		const result = check(answerModel(survey, seed));
		if (result.ok) found.push(result.answers);
		else last = JSON.stringify(result.issues.slice(0, 3));
	}
	if (found.length < RESPONSES) throw new Error(`valid answers were refused: ${last}`);
	return found;
}

async function store(
	records: Records,
	{ instrument, number }: { instrument: string; number: number },
	survey: SurveyJson,
	key: object,
	responses: readonly object[],
): Promise<void> {
	await records.transaction(async (trx) => {
		await trx
			.insertInto('instrument_version')
			.values({
				instrument,
				version: 1,
				survey: JSON.stringify(survey),
				key: JSON.stringify(key),
				sha256: instrument,
				published_at: '2026-01-10T00:00:00.000Z',
			})
			.execute();
		const codes = await putCorpusCampaign(trx, instrument, number, responses.length);
		for (const [index, answers] of responses.entries()) {
			await trx
				.insertInto('response')
				.values({
					id: `${instrument}-${index}`,
					campaign_id: instrument,
					participant_code: codes[index]!,
					instrument,
					version: 1,
					answers: JSON.stringify(answers),
					started_at: null,
					submitted_at: '2026-02-10T09:30:00.000Z',
					duration_seconds: null,
				})
				.execute();
			appendChange(trx, 'responses', `${instrument}-${index}`);
		}
		appendChange(trx, 'instrument', `${instrument}@1`);
	});
}

/** Every question type that a definition names, in rows and panels too. */
export function listTypes(value: unknown): string[] {
	const found = new Set<string>();
	const walk = (each: unknown): void => {
		if (typeof each !== 'object' || each === null) return;
		const { type } = each as { type?: unknown };
		if (typeof type === 'string' && (CHECKED_TYPES.has(type) || type === 'imagemap')) found.add(type);
		for (const inner of Object.values(each)) walk(inner);
	};
	walk((value as SurveyJson).pages ?? (value as SurveyJson).elements ?? (value as SurveyJson).questions);
	return [...found].sort();
}
