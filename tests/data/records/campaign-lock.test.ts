import { expect, it } from 'vitest';
import { findLock } from '#data/records/diagnostics/campaign-lock.ts';
import { extendCampaign, recordCampaign, updateCampaign } from '#data/records/diagnostics/campaigns.ts';
import { recordConsent } from '#data/records/diagnostics/consents.ts';
import { publishInstrument } from '#data/records/diagnostics/instruments.ts';
import { recordResponses } from '#data/records/diagnostics/responses.ts';
import type { Records } from '#data/records/store.ts';
import { eachDialect } from '../../support/records.ts';
import { response, seedCampaign } from './seed.ts';

const LOCKED = /campaign-locked-by-answers/;

eachDialect('the lock of a campaign', (open) => {
	async function seeded(): Promise<{ records: Records; code: string }> {
		const records = await open();
		const [invitation] = await seedCampaign(records, 2);
		await records.transaction(async (trx) => {
			for (const instrument of ['digital-competence', 'other'])
				await publishInstrument(trx, { instrument, version: 2, survey: '{}', key: '{}', sha256: instrument });
		});
		return { records, code: invitation!.participant_code };
	}

	/** Each change of the terms, written past every function of ours, as a faulty one would. */
	const changes: [string, (records: Records) => Promise<unknown>][] = [
		[
			'the mode',
			({ db }) => db.updateTable('campaign').set({ mode: 'anonymous' }).where('id', '=', 'C1').execute(),
		],
		[
			'the text of consent',
			({ db }) => db.updateTable('campaign').set({ consent_version: '2' }).where('id', '=', 'C1').execute(),
		],
		[
			'the version of an instrument',
			({ db }) =>
				db.updateTable('campaign_instrument').set({ version: 2 }).where('campaign_id', '=', 'C1').execute(),
		],
		[
			'the list of instruments',
			({ db }) =>
				db
					.insertInto('campaign_instrument')
					.values({ campaign_id: 'C1', instrument: 'other', version: 2, position: 1 })
					.execute(),
		],
	];

	it.each(changes)('holds %s from the first answer on, in the store itself', async (_what, change) => {
		const { records, code } = await seeded();
		const before = await seeded();
		expect(await findLock(before.records.db, 'C1')).toBe('invitations');
		await change(before.records);
		await recordResponses(records, [response(code)]);
		expect(await findLock(records.db, 'C1')).toBe('answers');
		await expect(change(records)).rejects.toThrow(LOCKED);
		await expect(
			records.db.deleteFrom('campaign_instrument').where('campaign_id', '=', 'C1').execute(),
		).rejects.toThrow();
		const rows = await records.db.selectFrom('campaign').selectAll().where('id', '=', 'C1').execute();
		expect(rows).toMatchObject([{ mode: 'confidential', consent_version: '1' }]);
		const asked = await records.db.selectFrom('campaign_instrument').selectAll().execute();
		expect(asked).toMatchObject([{ instrument: 'digital-competence', version: 1 }]);
	});

	it('holds also after the only answer was taken back', async () => {
		const { records, code } = await seeded();
		await records.transaction((trx) =>
			recordConsent(trx, { participant_code: code, purpose: 'diagnostic', version: '1', decision: 'given' }),
		);
		await recordResponses(records, [response(code)]);
		await records.db.deleteFrom('response').execute();
		for (const [what, change] of changes) await expect(change(records), what).rejects.toThrow(LOCKED);
	});

	it('leaves everything else to change, and other campaigns alone', async () => {
		const { records, code } = await seeded();
		await recordResponses(records, [response(code)]);
		expect(await records.transaction((trx) => extendCampaign(trx, 'C1', '2026-11-10'))).toBe(true);
		const change = { mode: 'anonymous', instruments: [{ instrument: 'other', version: 2 }] };
		expect(await records.transaction((trx) => updateCampaign(trx, 'C1', change))).toBe('answers');
		const {
			state: _,
			release_stage: _stage,
			release_plan: _plan,
			released_at: _at,
			...row
		} = await records.db.selectFrom('campaign').selectAll().where('id', '=', 'C1').executeTakeFirstOrThrow();
		const instruments = [{ instrument: 'digital-competence', version: 1 }];
		const population = { reference_day: '2026-09-01' };
		await records.transaction((trx) => recordCampaign(trx, { ...row, id: 'C2', population, instruments }));
		expect(await records.transaction((trx) => updateCampaign(trx, 'C2', change))).toBeUndefined();
	});
});
