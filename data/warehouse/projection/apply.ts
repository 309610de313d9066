import type { Change, ChangeKind } from '../../records/changes.ts';
import type { Db } from '../../records/store.ts';
import type { Warehouse, Writer } from '../warehouse.ts';
import { listCampaignIds, loadCampaigns, loadParticipants } from './campaigns.ts';
import { type Instruments, loadInstruments } from './instruments.ts';
import { type RecordedResponse, readResponsePage, readResponses } from './recorded-responses.ts';
import { loadRegistry } from './registry.ts';
import { loadRemarkings } from './remarkings.ts';
import { addResponses, listPresent, nextKey, removeResponses } from './responses.ts';
import { loadBatch, loadProcedures, removeBatch } from './results.ts';
import { loadRiskNorms } from './risk-norms.ts';
import { loadRisks } from './risks.ts';
import { scoreResponses } from './score-responses.ts';
import { refreshStatistics } from './statistics.ts';
import { loadPlans, loadReplies } from './support.ts';
import { type ChangeMark, markWatermark } from './watermark.ts';

/** Responses read at a time while everything is loaded anew. */
const REBUILD_PAGE = 5_000;

/** Responses scored at a time while those of a campaign are taken in anew. */
const RETAKEN_AT_ONCE = 5_000;

export type Progress = (
	step: 'registry' | 'responses' | 'results' | 'support',
	done: number,
	total: number,
) => void;

/**
 * Projects a run of changes and moves the watermark to the last of them, in one transaction: after a crash either all of
 * it is there or nothing. What is read is the present state of the records, so doing it twice changes nothing.
 */
export async function applyChanges(
	db: Db,
	warehouse: Warehouse,
	instruments: Instruments,
	changes: readonly Change[],
): Promise<void> {
	const last = changes.at(-1);
	if (!last) return;
	const subjects = (kind: ChangeKind): string[] => [
		...new Set(changes.filter((change) => change.kind === kind).map(({ subject }) => subject)),
	];
	const responseIds = subjects('responses');
	const responses = responseIds.length > 0 ? await readResponses(db, responseIds) : [];
	await warehouse.write(async (writer) => {
		if (subjects('registry').length > 0) await loadRegistry(db, writer);
		const unknown = responses.some(({ instrument, version }) => !instruments.has(`${instrument}@${version}`));
		// after a restart no version is compiled yet
		const isRetaken = subjects('deidentified').length > 0;
		if (subjects('instrument').length > 0 || unknown || isRetaken)
			await loadInstruments(db, writer, instruments);
		if (subjects('campaign').length > 0) await loadCampaigns(db, writer);
		for (const campaign of new Set([...subjects('participants'), ...subjects('consent')])) {
			await loadParticipants(db, writer, campaign);
		}
		if (subjects('procedure').length > 0) await loadProcedures(db, writer);
		await removeGone(db, writer, responseIds, responses, subjects('consent'));
		await addMissing(writer, instruments, responses);
		for (const campaign of subjects('deidentified')) await retakeResponses(db, writer, instruments, campaign);
		await applyBatches(db, writer, subjects('batch'), subjects('batch-withdrawn'));
		for (const plan of subjects('plan')) await loadPlans(db, writer, plan);
		for (const reply of subjects('reply')) await loadReplies(db, writer, reply);
		for (const remarking of subjects('remarking')) await loadRemarkings(db, writer, remarking);
		for (const municipality of subjects('risk-factors')) await loadRiskNorms(db, writer, municipality);
		for (const school of subjects('risk')) await loadRisks(db, writer, school);
		await markWatermark(writer, last, true);
	});
}

/** Responses that the records no longer hold: those named by a change, and those of people who withdrew. */
async function removeGone(
	db: Db,
	writer: Writer,
	named: readonly string[],
	found: readonly RecordedResponse[],
	campaigns: readonly string[],
): Promise<void> {
	const present = new Set(found.map(({ id }) => id));
	const gone = named.filter((id) => !present.has(id));
	if (campaigns.length > 0) {
		const declined = await writer.read(
			`select response_id from response join participant using (campaign_id, participant_code)
			where participant.declined and list_contains($campaigns::varchar[], campaign_id)`,
			{ campaigns },
		);
		const ids = declined.columns[0] as string[];
		if (ids.length > 0) {
			const kept = new Set((await readResponses(db, ids)).map(({ id }) => id));
			gone.push(...ids.filter((id) => !kept.has(id)));
		}
	}
	await removeResponses(writer, gone);
}

/** Adds responses; one that is already there stays as it is. */
async function addMissing(
	writer: Writer,
	instruments: Instruments,
	responses: readonly RecordedResponse[],
): Promise<void> {
	if (responses.length === 0) return;
	const present = await listPresent(
		writer,
		responses.map(({ id }) => id),
	);
	const missing = responses.filter(({ id }) => !present.has(id));
	await addResponses(writer, await scoreResponses(instruments, missing, await nextKey(writer)));
}

/** Takes the responses of a campaign in anew: their answers are other than they were. */
async function retakeResponses(
	db: Db,
	writer: Writer,
	instruments: Instruments,
	campaign: string,
): Promise<void> {
	const known = await writer.read('select response_id from response where campaign_id = $campaign', {
		campaign,
	});
	const ids = known.columns[0] as string[];
	await removeResponses(writer, ids);
	for (let start = 0; start < ids.length; start += RETAKEN_AT_ONCE) {
		const page = await readResponses(db, ids.slice(start, start + RETAKEN_AT_ONCE));
		await addResponses(writer, await scoreResponses(instruments, page, await nextKey(writer)));
	}
}

async function applyBatches(db: Db, writer: Writer, loaded: string[], withdrawn: string[]): Promise<void> {
	const procedures = new Set<string>();
	for (const batch of loaded) {
		for (const procedure of await loadBatch(db, writer, batch)) procedures.add(procedure);
	}
	for (const batch of withdrawn) {
		for (const procedure of await removeBatch(writer, batch)) procedures.add(procedure);
	}
	await refreshStatistics(writer, [...procedures]);
}

/**
 * Empties every table and loads all of the records anew, up to the given change. Readers meet the tables as they fill;
 * a crash on the way leaves `complete` false, and the next start begins again.
 */
export async function loadEverything(
	db: Db,
	warehouse: Warehouse,
	instruments: Instruments,
	upTo: ChangeMark,
	progress: Progress = () => undefined,
): Promise<void> {
	instruments.clear();
	await warehouse.write(async (writer) => {
		await empty(writer);
		await markWatermark(writer, { seq: 0, kind: '', subject: '' }, false);
		await loadRegistry(db, writer);
		await loadInstruments(db, writer, instruments);
		await loadCampaigns(db, writer);
		for (const campaign of await listCampaignIds(db)) await loadParticipants(db, writer, campaign);
		await loadProcedures(db, writer);
	});
	progress('registry', 1, 1);
	await loadAllResponses(db, warehouse, instruments, progress);
	await loadAllBatches(db, warehouse, progress);
	await warehouse.write(async (writer) => {
		await loadPlans(db, writer);
		await loadReplies(db, writer);
		await loadRemarkings(db, writer);
		await loadRiskNorms(db, writer);
		await loadRisks(db, writer);
		await markWatermark(writer, upTo, true);
	});
	progress('support', 1, 1);
	await warehouse.checkpoint();
}

async function empty(writer: Writer): Promise<void> {
	const tables = await writer.read(`
		select table_name from duckdb_tables()
		where not temporary and table_name not in ('warehouse_shape', 'watermark') order by table_name`);
	const answers = await writer.read('select distinct answer_table from instrument_field');
	const wide = new Set(answers.columns[0] as string[]);
	// Dropping the wide tables needs the view over them gone first.
	await writer.run('delete from instrument_item');
	await writer.run('delete from instrument_field');
	for (const table of tables.columns[0] as string[]) {
		await writer.run(wide.has(table) ? `drop table "${table}"` : `delete from "${table}"`);
	}
}

async function loadAllResponses(
	db: Db,
	warehouse: Warehouse,
	instruments: Instruments,
	progress: Progress,
): Promise<void> {
	const { total } = await db
		.selectFrom('recorded_response')
		.select(({ fn }) => fn.countAll<number>().as('total'))
		.executeTakeFirstOrThrow();
	let after = '';
	let done = 0;
	let writing: Promise<void> = Promise.resolve();
	for (;;) {
		const page = await readResponsePage(db, after, REBUILD_PAGE);
		if (page.length === 0) break;
		after = page.at(-1)!.id;
		// One page is scored here while the engine still takes in the one before.
		const rows = await scoreResponses(instruments, page, done + 1);
		await writing;
		writing = warehouse.write((writer) => addResponses(writer, rows));
		writing.catch(() => undefined);
		done += page.length;
		progress('responses', done, Math.max(done, Number(total)));
	}
	await writing;
}

async function loadAllBatches(db: Db, warehouse: Warehouse, progress: Progress): Promise<void> {
	const batches = await db
		.selectFrom('batch')
		.select('id')
		.where('kind', 'in', ['results', 'federal-list', 'medal-candidates', 'school-context'])
		.where('withdrawn_at', 'is', null)
		.where('stored_at', 'is not', null)
		.orderBy('imported_at')
		.orderBy('id')
		.execute();
	const procedures = new Set<string>();
	for (const [index, { id }] of batches.entries()) {
		await warehouse.write(async (writer) => {
			for (const procedure of await loadBatch(db, writer, id)) procedures.add(procedure);
		});
		progress('results', index + 1, batches.length);
	}
	await warehouse.write((writer) => refreshStatistics(writer, [...procedures]));
}
