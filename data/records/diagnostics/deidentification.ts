import { sql } from 'kysely';
import { compileCodedAnswers } from '#surveys/coded-answers.ts';
import type { SurveyJson } from '#surveys/item-labels.ts';
import { appendAudit } from '../audit.ts';
import { isAmong } from '../bulk.ts';
import { appendChange } from '../changes.ts';
import type { Db, Records, Trx } from '../store.ts';
import type { DeidentificationRow } from './tables.ts';

/** Answers of one transaction: others write between two of them. */
const ANSWERS_AT_ONCE = 200;

/** Campaigns whose answers may no longer be kept with the people who gave them, on this day; oldest first. */
export async function listDueDeidentifications(db: Db, day: string): Promise<string[]> {
	const rows = await db
		.selectFrom('campaign')
		.leftJoin('deidentification', 'deidentification.campaign_id', 'campaign.id')
		.select('campaign.id')
		.where('deidentification.campaign_id', 'is', null)
		// kept up to and with this day
		.where('campaign.retention_until', '<', day)
		.where('campaign.retention_until', '<>', '')
		.where('campaign.closes_on', '<', day)
		.orderBy('campaign.retention_until')
		.orderBy('campaign.id')
		.execute();
	return rows.map(({ id }) => id);
}

/**
 * Takes the people out of a campaign: of answers choices and numbers stay under their codes, nothing else; files, drafts,
 * links and letters go, times become days, and the one table that ties codes to people loses its rows. In parts that may
 * be repeated: a crash between them leaves the act undone, and the next run begins again. Several servers may run it.
 * @returns the act; undefined where another server has made it
 */
export async function deidentifyCampaign(
	records: Records,
	campaignId: string,
	at = new Date().toISOString(),
): Promise<DeidentificationRow | undefined> {
	for (const table of ['response', 'observation'] as const)
		await keepCodedAnswers(records, table, campaignId);
	return records.transaction((trx) => cutTies(trx, campaignId, at));
}

async function keepCodedAnswers(
	records: Records,
	table: 'response' | 'observation',
	campaignId: string,
): Promise<void> {
	const coders = new Map<string, ReturnType<typeof compileCodedAnswers>>();
	for (let after = ''; ; ) {
		const page = await records.db
			.selectFrom(table)
			.select(['id', 'instrument', 'version', 'answers'])
			.where('campaign_id', '=', campaignId)
			.where('id', '>', after)
			.orderBy('id')
			.limit(ANSWERS_AT_ONCE)
			.execute();
		if (page.length === 0) return;
		after = page.at(-1)!.id;
		const changed: { id: string; answers: string }[] = [];
		for (const { id, instrument, version, answers } of page) {
			const name = `${instrument}@${version}`;
			const coder = coders.get(name) ?? (await readCoder(records.db, instrument, version));
			coders.set(name, coder);
			const coded = JSON.stringify(coder(JSON.parse(answers) as Record<string, unknown>));
			if (coded !== answers) changed.push({ id, answers: coded });
		}
		if (changed.length === 0) continue;
		await records.transaction(async (trx) => {
			for (const { id, answers } of changed)
				await trx.updateTable(table).set({ answers }).where('id', '=', id).execute();
		});
	}
}

async function readCoder(db: Db, instrument: string, version: number) {
	const { survey } = await db
		.selectFrom('instrument_version')
		.select('survey')
		.where('instrument', '=', instrument)
		.where('version', '=', version)
		.executeTakeFirstOrThrow();
	return compileCodedAnswers(JSON.parse(survey) as SurveyJson);
}

async function cutTies(trx: Trx, campaignId: string, at: string): Promise<DeidentificationRow | undefined> {
	const participants = await trx
		.selectFrom('participant')
		.select('participant_code')
		.where('campaign_id', '=', campaignId)
		.execute();
	const isOfCampaign = isAmong(
		trx,
		'participant_code',
		participants.map(({ participant_code }) => participant_code),
	);
	const remove = async (
		table: 'identity' | 'answer_file' | 'draft' | 'attempt' | 'participant_key' | 'reminder_delivery',
	): Promise<number> => {
		const { numDeletedRows } = await trx.deleteFrom(table).where(isOfCampaign).executeTakeFirstOrThrow();
		return Number(numDeletedRows);
	};
	const dayOf = (column: string) => sql<string>`substr(${sql.ref(column)}, 1, 10) || 'T00:00:00.000Z'`;
	let responses = 0;
	for (const table of ['response', 'observation'] as const) {
		const { numUpdatedRows } = await trx
			.updateTable(table)
			.set({ started_at: null, submitted_at: dayOf('submitted_at') })
			.where('campaign_id', '=', campaignId)
			.executeTakeFirstOrThrow();
		responses += Number(numUpdatedRows);
	}
	// The journal of changes has the moment at which each of these came.
	await trx
		.updateTable('change')
		.set({ at: dayOf('at') })
		.where('kind', '=', 'responses')
		.where('subject', 'in', (eb) =>
			eb
				.selectFrom('response')
				.select('id')
				.where('campaign_id', '=', campaignId)
				.unionAll(eb.selectFrom('observation').select('id').where('campaign_id', '=', campaignId)),
		)
		.execute();
	await trx
		.updateTable('change')
		.set({ at: dayOf('at') })
		.where('kind', 'in', ['consent', 'participants'])
		.where('subject', '=', campaignId)
		.execute();
	await trx
		.updateTable('consent')
		.set({ given_at: dayOf('given_at'), declined_at: dayOf('declined_at') })
		.where(isOfCampaign)
		.execute();
	await trx
		.updateTable('participant')
		.set({ link_hash: null, position: null, invited_at: dayOf('invited_at') })
		.where('campaign_id', '=', campaignId)
		.execute();
	for (const table of ['attempt', 'participant_key', 'reminder_delivery'] as const) await remove(table);
	const act: DeidentificationRow = {
		campaign_id: campaignId,
		done_at: at,
		people: await remove('identity'),
		responses,
		files: await remove('answer_file'),
		drafts: await remove('draft'),
	};
	const { numInsertedOrUpdatedRows: made } = await trx
		.insertInto('deidentification')
		.values(act)
		.onConflict((conflict) => conflict.column('campaign_id').doNothing())
		.executeTakeFirstOrThrow();
	if (Number(made) === 0) return undefined;
	const { people, files, drafts } = act;
	await appendAudit(trx, {
		at,
		who: 'server',
		role: '',
		action: 'deidentify',
		object: `campaign/${campaignId}`,
		purpose: `people=${people} responses=${responses} files=${files} drafts=${drafts}`,
	});
	appendChange(trx, 'participants', campaignId);
	appendChange(trx, 'deidentified', campaignId);
	return act;
}
