import { createHash } from 'node:crypto';
import type { Random } from '#data/simulation/random.ts';
import { type NewPupilResult, recordBatch } from '../records/results/batches.ts';
import { type Procedure, recordProcedures } from '../records/results/procedures.ts';
import { recordSchoolContext } from '../records/results/school-context.ts';
import { recordMedalCandidates } from '../records/results/sums.ts';
import type { Records, Trx } from '../records/store.ts';
import { demoMunicipality } from './places.ts';
import { simulateContext } from './simulate-context.ts';
import { simulateLeavers } from './simulate-leavers.ts';
import { type SimulatedResult, simulateLuckyYear, simulateProcedure } from './simulate-results.ts';
import { procedureTruths, type SchoolTruth } from './truth.ts';

/** Three years of four procedures; resolves to the years, oldest first. */
export async function writeResults(
	records: Records,
	random: Random,
	schools: SchoolTruth[],
	today: Date,
): Promise<number[]> {
	const spring = today.getUTCMonth() >= 5 ? today.getUTCFullYear() : today.getUTCFullYear() - 1;
	const years = [spring - 2, spring - 1, spring];
	const lucky = new Map(
		schools
			.filter(({ luck }) => luck !== 'none')
			.map((school) => [school.school_id, simulateLuckyYear(random, school, procedureTruths)]),
	);
	for (const year of years)
		for (const [index, truth] of procedureTruths.entries()) {
			const shift = random.normal(0, 0.05);
			const rows = schools.flatMap((school) => {
				const drawn = year === spring ? lucky.get(school.school_id)?.[index] : undefined;
				return drawn ?? simulateProcedure(random, school, truth, shift);
			});
			const procedure: Procedure = {
				id: `vpr-${year}-${truth.slug}`,
				kind: 'vpr',
				year,
				grade: truth.grade,
				subject: truth.subject,
				title: `ВПР ${year}, ${truth.subject_title}, ${truth.grade} класс`,
				max_score: truth.max_score,
				cutoffs: truth.cutoffs,
				fail_below: null,
				items: truth.item_maxima.map((max, item) => ({ id: String(item + 1), max })),
				document: 'Шкала демонстрационных данных',
				valid_from: `${year}-03-01`,
			};
			await writeProcedure(records, procedure, rows);
		}
	return years;
}

async function writeProcedure(
	records: Records,
	procedure: Procedure,
	rows: SimulatedResult[],
): Promise<void> {
	const results = rows.map((row, index): NewPupilResult => ({ ...row, row_number: index + 2, notes: null }));
	await records.transaction(async (trx) => {
		await recordProcedures(trx, [procedure]);
		const content = `demo ${procedure.id} ${results.length}`;
		const imported_at = `${procedure.year}-06-15T09:00:00.000Z`;
		const file = { kind: 'results' as const, file_name: `${procedure.id}.csv`, content, imported_at };
		await recordFile(trx, { ...file, procedure_id: procedure.id, rows: results.length }, results);
	});
}

/** Exams of the school leavers of a year, and the candidates for medals among them. */
export async function writeLeavers(
	records: Records,
	random: Random,
	schools: SchoolTruth[],
	year: number,
): Promise<void> {
	const { exams, candidates } = simulateLeavers(random, schools, year);
	for (const { procedure, rows } of exams) await writeProcedure(records, procedure, rows);
	await records.transaction(async (trx) => {
		const batch = await recordFile(trx, {
			kind: 'medal-candidates',
			file_name: `medals-${year}.csv`,
			content: `demo medals ${year} ${candidates.length}`,
			rows: candidates.length,
			imported_at: `${year}-06-20T09:00:00.000Z`,
		});
		await recordMedalCandidates(
			trx,
			batch,
			candidates.map((candidate, index) => ({ ...candidate, year, row_number: index + 2 })),
		);
	});
}

/** Social passports of the first and the last year of results. */
export async function writeContext(
	records: Records,
	random: Random,
	schools: SchoolTruth[],
	years: readonly number[],
): Promise<void> {
	const passports = simulateContext(random, schools, [...new Set([years[0]!, years.at(-1)!])]);
	await records.transaction(async (trx) => {
		const batch_id = await recordFile(trx, {
			kind: 'school-context',
			file_name: 'социальные-паспорта.xlsx',
			content: JSON.stringify(passports),
			rows: passports.length,
		});
		await recordSchoolContext(trx, batch_id, passports);
	});
}

interface DemoFile {
	kind: 'results' | 'medal-candidates' | 'school-context';
	file_name: string;
	/** what stands for the file where its sum is taken */
	content: string;
	rows: number;
	procedure_id?: string;
	imported_at?: string;
}

/** Notes an import of which every row was new; resolves to its id. */
async function recordFile(
	trx: Trx,
	{ content, rows, procedure_id, ...file }: DemoFile,
	results?: readonly NewPupilResult[],
): Promise<string> {
	const batch = {
		...file,
		sha256: createHash('sha256').update(content).digest('hex'),
		procedure_id: procedure_id ?? null,
		place: `municipality/${demoMunicipality}`,
		rows_new: rows,
		rows_changed: 0,
		rows_skipped: 0,
		rows_refused: 0,
		imported_by: 'demo',
	};
	return recordBatch(trx, batch, results);
}
