import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { findCampaign, recordCampaign } from '#data/records/diagnostics/campaigns.ts';
import { inviteParticipants } from '#data/records/diagnostics/participants.ts';
import { eachDialect } from '../../support/records.ts';
import { seedCampaign } from './seed.ts';

eachDialect('inviting at once', (open) => {
	it.each(['confidential', 'anonymous'] as const)(
		'invites nobody twice to a campaign that is %s',
		async (mode) => {
			const records = await open();
			const seeded = await seedCampaign(records, 3);
			const { id: _id, deidentified_at: _kept, ...campaign } = (await findCampaign(records.db, 'C1'))!;
			await records.transaction((trx) => recordCampaign(trx, { ...campaign, id: 'C2', mode }));
			const people = seeded.map(({ person_id, school_id }) => ({
				...{ person_id, school_id, subject: null, seniority_band: null, category: null, position: null },
			}));
			// Each stays open for a while, as a slow connection would keep it.
			const invite = () =>
				records.transaction(async (trx) => {
					const invited = await inviteParticipants(trx, 'C2', people);
					await wait(200);
					return invited.length;
				});
			const counts = await Promise.all([invite(), invite()]);
			expect(counts.toSorted()).toEqual([0, 3]);
			const rows = await records.db
				.selectFrom('participant')
				.selectAll()
				.where('campaign_id', '=', 'C2')
				.execute();
			expect(rows).toHaveLength(3);
		},
	);
});
