import { describe, expect, it } from 'vitest';
import { completePopulation, type PopulationChoice } from '#data/records/diagnostics/population.ts';
import {
	fingerprintPopulation,
	listNamedPopulation,
	listPopulationChoices,
} from '#data/records/joins/campaign-population.ts';
import { ageOn, findFit } from '#data/records/joins/population-fit.ts';
import { recordStaff } from '#data/records/registry/record-staff.ts';
import { eachDialect } from '../../support/records.ts';
import { seedPlaces, teacher } from './seed.ts';

const day = '2026-09-01';
const work = {
	school_id: 'S1',
	position: 'Учитель',
	subjects: ['math'],
	category: 'first',
	teaching_since: 2020,
	birth_date: '1991-09-01',
};
const fitOf = (
	choice: Partial<PopulationChoice>,
	changes: Partial<typeof work | Record<string, unknown>> = {},
) => findFit({ ...work, ...changes } as typeof work, completePopulation({ reference_day: day, ...choice }));

describe('a condition of a population', () => {
	it('counts age in full years on the reference day', () => {
		expect(ageOn('1991-09-01', day)).toBe(35);
		expect(ageOn('1991-09-02', day)).toBe(34);
		expect(ageOn('1992-02-29', '2027-02-28')).toBe(34);
	});

	it('takes the young by the definition that the campaign states', () => {
		const under = { age_limit: 35, inclusive: false, max_years: null };
		expect(fitOf({ young: under })).toBe('no');
		expect(fitOf({ young: { ...under, inclusive: true } })).toBe('fits');
		expect(fitOf({ young: under }, { birth_date: '1991-09-02' })).toBe('fits');
		const novice = { ...under, inclusive: true, max_years: 3 };
		expect(fitOf({ young: novice })).toBe('no');
		expect(fitOf({ young: novice }, { teaching_since: 2023 })).toBe('fits');
		expect(fitOf({ young: novice }, { teaching_since: 2022 })).toBe('no');
	});

	it('tells apart who does not fit and of whom the registry knows too little', () => {
		const young = { age_limit: 35, inclusive: false, max_years: 3 };
		expect(fitOf({ young }, { birth_date: null, teaching_since: 2024 })).toBe('birth-date-unknown');
		expect(fitOf({ young }, { birth_date: null })).toBe('no');
		expect(fitOf({ young }, { birth_date: '1999-01-01', teaching_since: null })).toBe('seniority-unknown');
		expect(fitOf({ seniority_bands: ['0-3'] }, { teaching_since: null })).toBe('seniority-unknown');
		expect(fitOf({ seniority_bands: ['0-3', 'unknown'] }, { teaching_since: null })).toBe('fits');
		expect(fitOf({ seniority_bands: ['0-3'], schools: ['S2'] }, { teaching_since: null })).toBe('no');
	});

	it.each([
		[2023, '0-3'],
		[2022, '4-10'],
		[2016, '4-10'],
		[2015, '11-20'],
		[2006, '11-20'],
		[2005, '21+'],
	] as const)('puts a beginning in %i into the band %s', (teaching_since, band) => {
		expect(fitOf({ seniority_bands: [band] }, { teaching_since })).toBe('fits');
	});

	it('compares positions without case, blanks and ё', () => {
		expect(fitOf({ positions: ['учитель'] })).toBe('fits');
		expect(fitOf({ positions: ['педагог дополнительного образования'] })).toBe('no');
	});
});

eachDialect('a population', (open) => {
	async function seeded() {
		const records = await open();
		await records.transaction(async (trx) => {
			await seedPlaces(trx);
			await recordStaff(trx, [
				teacher('Anna Young', 'S1', { birth_date: '1999-05-01', teaching_since: 2024, category: 'none' }),
				teacher('Boris Novice', 'S1', { birth_date: '1970-01-01', teaching_since: 2025, category: 'none' }),
				teacher('Clara Master', 'S2', {
					birth_date: '1975-01-01',
					teaching_since: 1999,
					category: 'highest',
				}),
				teacher('Dina Deputy', 'S2', { position: 'Deputy  Head', subjects: [], category: 'none' }),
				teacher('Egor Undated', 'S2', { birth_date: null, teaching_since: 2024 }),
				teacher('Fedor Elsewhere', 'S3', { birth_date: '1999-05-01' }),
			]);
		});
		const names = async (choice: Partial<PopulationChoice>) => {
			const found = await listNamedPopulation(records.db, {
				municipality_id: 'M1',
				reference_day: day,
				...choice,
			});
			return found.members.map(({ full_name }) => full_name.split(' ')[0]).join(' ');
		};
		return { records, names };
	}

	it('holds those for whom every condition holds, and nobody of another municipality', async () => {
		const { names } = await seeded();
		expect(await names({})).toBe('Anna Boris Clara Dina Egor');
		expect(await names({ positions: ['deputy head'] })).toBe('Dina');
		expect(await names({ categories: ['none'] })).toBe('Anna Boris Dina');
		expect(await names({ seniority_bands: ['0-3'] })).toBe('Anna Boris Egor');
		const young = { age_limit: 35, inclusive: false, max_years: null };
		expect(await names({ young })).toBe('Anna');
		expect(await names({ categories: ['none'], seniority_bands: ['0-3'], subjects: ['mathematics'] })).toBe(
			'Anna Boris',
		);
		expect(await names({ categories: ['highest'], seniority_bands: ['0-3'] })).toBe('');
	});

	it('counts those of whom the registry knows too little', async () => {
		const { records } = await seeded();
		const young = { age_limit: 35, inclusive: false, max_years: null };
		const found = await listNamedPopulation(records.db, { municipality_id: 'M1', reference_day: day, young });
		expect(found).toMatchObject({ without_birth_date: 1, without_seniority: 0 });
	});

	it('is the same people or others, as its fingerprint says', async () => {
		const { records } = await seeded();
		const list = async () =>
			(await listNamedPopulation(records.db, { municipality_id: 'M1', reference_day: day })).members;
		const before = await list();
		expect(fingerprintPopulation(before.toReversed())).toBe(fingerprintPopulation(before));
		await records.transaction((trx) =>
			recordStaff(trx, [teacher('Gleb New', 'S2', { birth_date: '1988-01-01' })]),
		);
		expect(fingerprintPopulation(await list())).not.toBe(fingerprintPopulation(before));
	});

	it('offers what the staff of the day has, with the number of people', async () => {
		const { records } = await seeded();
		const choices = await listPopulationChoices(records.db, 'M1', day);
		expect(choices.positions).toEqual([
			{ value: 'teacher', people: 4 },
			{ value: 'deputy head', people: 1 },
		]);
		expect(choices.categories).toEqual([
			{ value: 'none', people: 3 },
			{ value: 'first', people: 1 },
			{ value: 'highest', people: 1 },
		]);
		expect(Object.fromEntries(choices.seniority_bands.map(({ value, people }) => [value, people]))).toEqual({
			'0-3': 3,
			'11-20': 1,
			'21+': 1,
		});
		expect((await listPopulationChoices(records.db, 'M1', '2019-01-01')).positions).toEqual([]);
	});
});
