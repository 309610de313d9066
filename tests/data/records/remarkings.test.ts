import { expect, it } from 'vitest';
import { listChanges } from '#data/records/changes.ts';
import { recordSchools } from '#data/records/registry/schools.ts';
import { recordBatch, withdrawBatch } from '#data/records/results/batches.ts';
import { recordProcedures } from '#data/records/results/procedures.ts';
import {
	changeRemarking,
	listRemarkings,
	type RemarkingFindings,
	recordRemarking,
	withdrawRemarking,
} from '#data/records/results/remarkings.ts';
import { eachDialect } from '../../support/records.ts';
import { school, seedPlaces } from './seed.ts';

const findings: RemarkingFindings = {
	procedure_id: 'P1',
	class: null,
	remarked_on: '2026-05-12',
	sampled: 30,
	remarked: 28,
	unchanged: 20,
	raised: 1,
	lowered: 7,
	commission: 'Subject commission',
	document: 'Act 7',
	remark: 'Criterion 2',
};

eachDialect('re-markings', (open) => {
	async function opened() {
		const records = await open();
		await records.transaction(async (trx) => {
			await seedPlaces(trx);
			await recordProcedures(trx, [
				{
					...{ id: 'P1', kind: 'vpr', year: 2026, grade: 5, subject: 'math', title: 'Mathematics, 5' },
					...{ max_score: 20, cutoffs: null, fail_below: null, items: [], document: '' },
					valid_from: '2026-01-01',
				},
			]);
		});
		const record = (changes: Partial<RemarkingFindings> = {}, schoolId = 'S1') =>
			records.transaction((trx) =>
				recordRemarking(trx, schoolId, { ...findings, ...changes }, { by: 'methodist' }),
			);
		return { records, db: records.db, record };
	}

	it('hold what a commission found, and tell analysis', async () => {
		const { records, db, record } = await opened();
		const id = await record();
		const [found] = await listRemarkings(db, ['municipality/M1']);
		expect(found).toMatchObject({ id, school_id: 'S1', ...findings, withdrawn_at: null });
		expect(found!.events).toMatchObject([{ action: 'recorded', by: 'methodist', changes: [], reason: '' }]);
		const changes = (await listChanges(records, 0, 50)).filter(({ kind }) => kind === 'remarking');
		expect(changes.map(({ subject }) => subject)).toEqual([id]);
	});

	it('are seen in the places of their school only', async () => {
		const { db, record } = await opened();
		await record();
		await record({}, 'S3');
		const count = async (places: string[]) => (await listRemarkings(db, places)).length;
		expect(await count(['region/R1'])).toBe(2);
		expect(await count(['municipality/M1'])).toBe(1);
		expect(await count(['school/S2'])).toBe(0);
		expect(await count([])).toBe(0);
	});

	it('refuse counts that cannot be, whatever comes before them', async () => {
		const { db, record } = await opened();
		const impossible: Partial<RemarkingFindings>[] = [
			{ remarked: 31 },
			{ unchanged: 29 },
			{ sampled: 0, remarked: 0, unchanged: 0, raised: 0, lowered: 0 },
			{ raised: null },
			{ raised: 2 },
			{ unchanged: -1, raised: null, lowered: null },
			{ class: '' },
			{ commission: '' },
			{ procedure_id: 'none' },
		];
		for (const changes of impossible) await expect(record(changes)).rejects.toThrow();
		await expect(record({}, 'none')).rejects.toThrow();
		expect(await listRemarkings(db, ['region/R1'])).toEqual([]);
	});

	it('keep what they were when they are corrected', async () => {
		const { records, db, record } = await opened();
		const id = await record();
		const by = { by: 'leader', at: '2026-06-01T10:00:00.000Z' };
		const change = (changes: Partial<RemarkingFindings>, of = id) =>
			records.transaction((trx) => changeRemarking(trx, of, { ...findings, ...changes }, by));
		expect(await change({ unchanged: 26, lowered: 1, class: '5А' })).toBeUndefined();
		expect(await change({ unchanged: 26, lowered: 1, class: '5А' })).toBeUndefined();
		const [found] = await listRemarkings(db, ['school/S1']);
		expect(found).toMatchObject({ unchanged: 26, lowered: 1, class: '5А', recorded_by: 'methodist' });
		expect(found!.events).toHaveLength(2);
		expect(found!.events[1]).toMatchObject({
			...{ action: 'changed', ...by },
			changes: [
				{ field: 'class', from: null, to: '5А' },
				{ field: 'unchanged', from: 20, to: 26 },
				{ field: 'lowered', from: 7, to: 1 },
			],
		});
		expect(await change({}, 'none')).toBe('unknown-remarking');
	});

	it('are withdrawn once, with a reason, and stay to be read', async () => {
		const { records, db, record } = await opened();
		const id = await record();
		const withdraw = () =>
			records.transaction((trx) => withdrawRemarking(trx, id, 'wrong school', { by: 'methodist' }));
		expect(await withdraw()).toBeUndefined();
		expect(await withdraw()).toBe('already-withdrawn');
		const late = await records.transaction((trx) =>
			changeRemarking(trx, id, { ...findings, unchanged: 21, lowered: 6 }, { by: 'methodist' }),
		);
		expect(late).toBe('already-withdrawn');
		const [found] = await listRemarkings(db, ['school/S1']);
		expect(found).toMatchObject({ unchanged: 20, withdrawn_at: expect.any(String) });
		expect(found!.events.at(-1)).toMatchObject({ action: 'withdrawn', reason: 'wrong school' });
	});

	it('keep a school that only results had brought', async () => {
		const { records, db, record } = await opened();
		await records.transaction(async (trx) => {
			await recordSchools(trx, [school('S9', 'M1', { origin: 'results' })]);
			const counts = { rows_new: 1, rows_changed: 0, rows_skipped: 0, rows_refused: 0 };
			const batch = { kind: 'results', file_name: 'a.csv', sha256: 'a', procedure_id: 'P1', ...counts };
			const row = { row_number: 1, school_id: 'S9', class: null, variant: null, score: 3, mark: null };
			const id = await recordBatch(trx, { ...batch, place: 'municipality/M1', imported_by: 'm' }, [
				{ ...row, journal_mark: null, items: null, notes: null },
			]);
			await recordRemarking(trx, 'S9', findings, { by: 'm' });
			await withdrawBatch(trx, id, 'm');
		});
		expect(await db.selectFrom('school').select('id').where('id', '=', 'S9').execute()).toHaveLength(1);
		expect(await record({}, 'S9')).toBeTruthy();
	});
});
