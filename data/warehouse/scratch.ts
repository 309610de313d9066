import { rowsOf } from './columns.ts';
import { asFileError, type DelimitedFile, readHeader, rowsOfFile, textCell } from './delimited-file.ts';
import { type CellIssue, FileError } from './file-error.ts';
import { readProcedures } from './procedures-file.ts';
import { addPupilRows, type ProcedureRow, replaceProcedures } from './projection/results.ts';
import { refreshStatistics } from './projection/statistics.ts';
import { literal } from './sql-text.ts';
import type { Warehouse, Writer } from './warehouse.ts';

export { FileError } from './file-error.ts';

export interface ResultFiles {
	/** pupils' results: a row per pupil and procedure */
	results: string;
	/** JSON list of procedures */
	procedures: string;
	/** `school, advanced_subjects`; without it the type of every school is unknown */
	schools?: string;
}

export interface LoadedResults {
	rows: number;
	schools: number;
	/** What was taken with a remark: `above-max`, `mark-disagrees`, `item-not-a-number`, `journal-mark-unknown`, `unknown-item-column`. */
	notes: { code: string; count: number }[];
	/** the places under which modules see every school of the files */
	places: string[];
}

const REGION = 'files';
const BATCH = 'files';
const LISTED_ISSUES = 50;

/**
 * Loads files of pupils' results into a scratch warehouse, so that modules run on them as on imported data.
 * Any cell that cannot be taken refuses the whole: FileError `bad-cells` names file, row and column of the first ones.
 * A score above the maximum and a mark that disagrees with its score stay and are noted.
 */
export async function loadResults(scratch: Warehouse, files: ResultFiles): Promise<LoadedResults> {
	const procedures = await readProcedures(files.procedures);
	const results = await readHeader(files.results);
	for (const column of ['school', 'procedure', 'score']) requireColumn(results, column);
	const schools = files.schools === undefined ? undefined : await readHeader(files.schools);
	if (schools) for (const column of ['school', 'advanced_subjects']) requireColumn(schools, column);
	return scratch.write(async (writer) => {
		await replaceProcedures(writer, procedures);
		await stageResults(writer, results, procedures);
		await refuseBadCells(writer, results.path);
		if (schools) await stageSchools(writer, schools);
		await addPlaces(writer, schools !== undefined);
		const rows = await writer.run(addPupilRows('staged_result', false), {
			batch_id: BATCH,
			has_variants: results.titles.includes('variant'),
		});
		await refreshStatistics(
			writer,
			procedures.map(({ procedure_id }) => procedure_id),
		);
		return {
			rows,
			schools: Number((await writer.read('select count(*) as n from school')).columns[0]![0]),
			notes: await countNotes(writer, results, procedures),
			places: [`region/${REGION}`],
		};
	});
}

function requireColumn({ path, titles }: DelimitedFile, column: string): void {
	if (!titles.includes(column)) throw new FileError('column-missing', { file: path, row: 1, column });
}

async function stage(writer: Writer, file: DelimitedFile, sql: string): Promise<void> {
	try {
		await writer.run(sql);
	} catch (error) {
		throw asFileError(error, file) ?? error;
	}
}

async function stageResults(
	writer: Writer,
	file: DelimitedFile,
	procedures: readonly ProcedureRow[],
): Promise<void> {
	const cell = (title: string): string => {
		const index = file.titles.indexOf(title);
		return index < 0 ? 'null::varchar' : textCell(`c${index}`);
	};
	const number = (text: string): string =>
		`try_cast(${file.delimiter === ',' ? text : `replace(${text}, ',', '.')`} as double)`;
	const items = file.titles.flatMap((title, index) => (title.startsWith('item_') ? [index] : []));
	const badItems = items.map((index) => `(c${index} is not null and n${index} is null)::integer`);
	// Each item cell is read as a number once, in the inner select.
	const source = `(
		select *${items.map((index) => `, ${number(`c${index}`)} as n${index}`).join('')} from ${rowsOfFile(file)}
	)`;
	const select = `
		file_row as row_number,
		${cell('school')} as school_id,
		coalesce(${cell('municipality')}, '') as municipality_id,
		${cell('procedure')} as procedure_id,
		${cell('class')} as class,
		${cell('variant')} as variant,
		${cell('score')} as score_text,
		${number(cell('score'))} as score,
		${cell('mark')} as mark_text,
		${wholeMark(number(cell('mark')))} as given_mark,
		${cell('journal_mark')} as journal_text,
		${wholeMark(number(cell('journal_mark')))} as journal_mark,
		${cell('pupil')} as pupil,
		${itemLists(file, procedures)} as items,
		${badItems.length === 0 ? '0' : badItems.join(' + ')} as n_bad_items`;
	await stage(writer, file, `create or replace temp table staged_result as select ${select} from ${source}`);
}

const wholeMark = (value: string): string =>
	`case when ${value} in (1, 2, 3, 4, 5) then ${value}::smallint end`;

/** The items of a row in the order of its procedure; null where the file has no item of it. */
function itemLists(file: DelimitedFile, procedures: readonly ProcedureRow[]): string {
	const branches = procedures.flatMap(({ procedure_id, item_ids }) => {
		const columns = item_ids.map((id) => file.titles.indexOf(`item_${id}`));
		if (columns.every((index) => index < 0)) return [];
		const cells = columns.map((index) => (index < 0 ? 'null::double' : `n${index}`));
		return [`when ${literal(procedure_id)} then [${cells.join(', ')}]`];
	});
	const procedure = textCell(`c${file.titles.indexOf('procedure')}`);
	return branches.length === 0 ? 'null::double[]' : `case ${procedure} ${branches.join(' ')} end`;
}

const ISSUES = `
	with issues as (
		select row_number, 'school' as title, 'required' as code, null::varchar as value
		from staged_result where school_id is null
		union all
		select row_number, 'procedure', case when procedure_id is null then 'required' else 'unknown-procedure' end, procedure_id
		from staged_result where procedure_id is null or procedure_id not in (select procedure_id from procedure)
		union all
		select row_number, 'score', case when score < 0 then 'negative' else 'not-a-number' end, score_text
		from staged_result where score_text is not null and (score is null or not isfinite(score) or score < 0)
		union all
		select row_number, 'mark', 'not-a-mark', mark_text
		from staged_result where mark_text is not null and given_mark is null
	)
	select row_number, title, code, value, count(*) over ()::integer as total
	from issues order by row_number, title limit ${LISTED_ISSUES}`;

async function refuseBadCells(writer: Writer, file: string): Promise<void> {
	const found = rowsOf<{
		row_number: number;
		title: string;
		code: CellIssue['code'];
		value: string | null;
		total: number;
	}>(await writer.read(ISSUES));
	if (found.length === 0) return;
	const issues = found.map(({ row_number, title, code, value }) => ({
		file,
		row: row_number,
		column: title,
		code,
		value,
	}));
	throw new FileError('bad-cells', { file }, issues, found[0]!.total);
}

async function stageSchools(writer: Writer, file: DelimitedFile): Promise<void> {
	const cell = (title: string): string => textCell(`c${file.titles.indexOf(title)}`);
	await stage(
		writer,
		file,
		`create or replace temp table staged_school as
		select file_row, ${cell('school')} as school_id,
			list_filter(list_transform(string_split(coalesce(${cell('advanced_subjects')}, ''), ';'), lambda s: trim(s)),
				lambda s: s <> '') as advanced_subjects
		from ${rowsOfFile(file)}`,
	);
	const bad = rowsOf<{ file_row: number; school_id: string | null; total: number }>(
		await writer.read(`
			select file_row, school_id, count(*) over ()::integer as total
			from (select *, row_number() over (partition by school_id order by file_row) as copy from staged_school)
			where school_id is null or copy > 1 order by file_row limit ${LISTED_ISSUES}`),
	);
	if (bad.length === 0) return;
	const issues = bad.map(
		({ file_row, school_id }): CellIssue => ({
			file: file.path,
			row: file_row,
			column: 'school',
			code: school_id === null ? 'required' : 'school-twice',
			value: school_id,
		}),
	);
	throw new FileError('bad-cells', { file: file.path }, issues, bad[0]!.total);
}

async function addPlaces(writer: Writer, withTypes: boolean): Promise<void> {
	for (const table of ['region', 'municipality', 'school', 'pupil_row'])
		await writer.run(`delete from ${table}`);
	await writer.run(`insert into region values (${literal(REGION)}, '')`);
	await writer.run(`
		insert into municipality
		select distinct municipality_id, ${literal(REGION)}, municipality_id from staged_result order by all`);
	await writer.run(`
		insert into school by name
		select school_id, min(municipality_id) as municipality_id, ${literal(REGION)} as region_id, school_id as name,
			'other' as kind, ${withTypes ? 'any_value(advanced_subjects)' : 'null::varchar[]'} as advanced_subjects,
			'results' as origin
		from staged_result ${withTypes ? 'left join staged_school using (school_id)' : ''}
		group by school_id order by all`);
}

async function countNotes(
	writer: Writer,
	file: DelimitedFile,
	procedures: readonly ProcedureRow[],
): Promise<LoadedResults['notes']> {
	const known = new Set(procedures.flatMap(({ item_ids }) => item_ids.map((id) => `item_${id}`)));
	const [counts] = rowsOf<Record<string, number>>(
		await writer.read(`
			select
				(select count(*) from pupil_row where above_max)::integer as "above-max",
				(select count(*) from pupil_row where mark_disagrees)::integer as "mark-disagrees",
				(select coalesce(sum(n_bad_items), 0) from staged_result)::integer as "item-not-a-number",
				(select count(*) from staged_result where journal_text is not null and journal_mark is null)::integer
					as "journal-mark-unknown"`),
	);
	const unknown = file.titles.filter((title) => title.startsWith('item_') && !known.has(title)).length;
	return Object.entries({ ...counts, 'unknown-item-column': unknown })
		.filter(([, count]) => count > 0)
		.map(([code, count]) => ({ code, count }));
}
