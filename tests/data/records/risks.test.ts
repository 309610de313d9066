import { expect, it } from 'vitest';
import type { Records } from '#data/records/store.ts';
import { listRiskFactors, recordRiskFactor } from '#data/records/support/risk-factors.ts';
import {
	listProfileYears,
	listRatings,
	type NewRating,
	type NewVerification,
	recordRatings,
	recordVerifications,
} from '#data/records/support/risk-profiles.ts';
import { shippedRiskFactors } from '#data/records/support/shipped-risk-factors.ts';
import { eachDialect } from '../../support/records.ts';
import { seedPlaces } from './seed.ts';

const title = { ru: 'Дефицит кадров', en: 'Shortage of teachers' };
const rating = (factor: string, changes: Partial<NewRating> = {}): NewRating => ({
	factor,
	title,
	inputs: [{ id: 'vacancies', title, good: 0, bad: 10, weight: 1, value: 5, suggested: null }],
	risk_index: 50,
	significance: 'medium',
	remark: '',
	...changes,
});
const OF_2026 = { school_id: 'S1', year: 2026 };

eachDialect('risk profiles', (open) => {
	async function seeded(): Promise<Records> {
		const records = await open();
		await records.transaction(seedPlaces);
		return records;
	}
	const propose = (records: Records, ratings: NewRating[], at?: string, school = OF_2026) =>
		records.transaction((trx) => recordRatings(trx, school, ratings, { by: 'methodist', at }));
	const answer = (records: Records, answers: NewVerification[], school = OF_2026) =>
		records.transaction((trx) => recordVerifications(trx, school, answers, { by: 'coordinator' }));
	const yes = (rating_id: number, is_chosen = false): NewVerification => ({
		rating_id,
		agrees: true,
		is_chosen,
		remark: '',
	});

	it('a municipality has the shipped list until it changes it, and only its own changes', async () => {
		const records = await seeded();
		const shipped = await listRiskFactors(records.db, 'M1');
		expect(shipped.map(({ code }) => code)).toEqual(shippedRiskFactors.map(({ code }) => code));
		expect(shipped).toHaveLength(12);
		expect(shipped.filter(({ is_on }) => is_on)).toHaveLength(8);
		const renamed = { ru: 'Не хватает учителей', en: 'Not enough teachers' };
		const change = (code: string | null, is_on: boolean) =>
			records.transaction((trx) =>
				recordRiskFactor(trx, 'M1', code, { title: renamed, inputs: [], is_on }, { by: 'methodist' }),
			);
		expect(await change('staffing', false)).toBe('staffing');
		const own = await change(null, true);
		expect(own).toMatch(/^own-/);
		expect(await change('no such factor', true)).toBeUndefined();
		await change('staffing', true);
		const changed = await listRiskFactors(records.db, 'M1');
		expect(changed.map(({ code }) => code)).toEqual([...shipped.map(({ code }) => code), own]);
		expect(changed[1]).toMatchObject({
			title: renamed,
			inputs: [],
			is_on: true,
			is_shipped: true,
			changed_by: 'methodist',
		});
		expect(changed.at(-1)).toMatchObject({ is_shipped: false, title: renamed });
		expect(await listRiskFactors(records.db, 'M2')).toEqual(shipped);
	});

	it('the newest proposal stands, the earlier stays with its date, and the same is not proposed twice', async () => {
		const records = await seeded();
		expect(await propose(records, [rating('staffing'), rating('parents')], '2026-05-01T08:00:00.000Z')).toBe(
			2,
		);
		expect(await propose(records, [rating('staffing')])).toBe(0);
		const moved = rating('staffing');
		moved.inputs = moved.inputs.map((input) => ({ ...input, suggested: 7 }));
		expect(await propose(records, [moved])).toBe(0);
		expect(await propose(records, [rating('staffing', { significance: 'high' })])).toBe(1);
		await propose(records, [rating('staffing')], undefined, { school_id: 'S1', year: 2025 });
		const of2026 = await listRatings(records.db, ['municipality/M1'], OF_2026);
		expect(of2026.map(({ factor, significance, stands }) => [factor, significance, stands])).toEqual([
			['staffing', 'high', true],
			['parents', 'medium', true],
			['staffing', 'medium', false],
		]);
		expect(of2026[2]).toMatchObject({ proposed_at: '2026-05-01T08:00:00.000Z', risk_index: 50, title });
		expect(await listProfileYears(records.db, 'S1')).toEqual([2026, 2025]);
		expect(await listRatings(records.db, ['municipality/M2'], { school_id: 'S1' })).toEqual([]);
	});

	it('the school answers to what stands; an answer is kept and a later one stands beside it', async () => {
		const records = await seeded();
		await propose(records, [rating('staffing'), rating('parents')]);
		const [parents, staffing] = await listRatings(records.db, ['school/S1'], OF_2026);
		const no = { rating_id: staffing!.id, agrees: false, is_chosen: false, remark: 'Вакансии закрыты' };
		expect(await answer(records, [no, yes(parents!.id, true)])).toBeUndefined();
		expect(await answer(records, [yes(staffing!.id)])).toBeUndefined();
		// the same answer again adds nothing
		expect(await answer(records, [yes(staffing!.id)])).toBeUndefined();
		const [chosen, twice] = await listRatings(records.db, ['school/S1'], OF_2026);
		expect(chosen!.verifications).toMatchObject([
			{ agrees: true, is_chosen: true, verified_by: 'coordinator' },
		]);
		expect(twice!.verifications.map(({ agrees, remark }) => [agrees, remark])).toEqual([
			[true, ''],
			[false, 'Вакансии закрыты'],
		]);
		await propose(records, [rating('staffing', { significance: 'high' })]);
		const [anew] = await listRatings(records.db, ['school/S1'], OF_2026);
		expect(anew).toMatchObject({ stands: true, verifications: [] });
		expect(await answer(records, [yes(parents!.id), yes(staffing!.id)])).toEqual({ code: 'rating-changed' });
		const after = await listRatings(records.db, ['school/S1'], OF_2026);
		expect(after.find(({ id }) => id === parents!.id)!.verifications).toHaveLength(1);
	});

	it('refuses the rating of another school, and more than four factors in a programme', async () => {
		const records = await seeded();
		const factors = ['a', 'b', 'c', 'd', 'e'];
		await propose(
			records,
			factors.map((factor) => rating(factor)),
		);
		await propose(records, [rating('a')], undefined, { school_id: 'S2', year: 2026 });
		const ratings = await listRatings(records.db, ['school/S1'], OF_2026);
		const [foreign] = await listRatings(records.db, ['school/S2'], { school_id: 'S2' });
		expect(await answer(records, [yes(foreign!.id)])).toEqual({ code: 'unknown-rating' });
		expect(
			await answer(
				records,
				ratings.slice(0, 4).map(({ id }) => yes(id, true)),
			),
		).toBeUndefined();
		expect(await answer(records, [yes(ratings[4]!.id, true)])).toEqual({ code: 'too-many-factors' });
		const exchanged = [yes(ratings[0]!.id), yes(ratings[4]!.id, true)];
		expect(await answer(records, exchanged)).toBeUndefined();
		await expect(propose(records, [rating('a', { significance: 'huge' as 'high' })])).rejects.toThrow();
	});
});
