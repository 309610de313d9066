import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { writeTable } from '#data/export/table.ts';
import { writeTemplate } from '#data/import/template.ts';
import { readWorkbook } from '#data/import/workbook.ts';

/** `npm run test:foreign`: opens what we hand out in other people's programs, and what they save in ours. */

const packages = 'apt-get update && apt-get install -y --no-install-recommends libreoffice-calc-nogui';
const folder = mkdtempSync(join(tmpdir(), 'opora-foreign-'));
let passed = 0;
let failed = 0;

function check(name: string, isTrue: boolean, detail = ''): void {
	if (isTrue) passed += 1;
	else failed += 1;
	process.stdout.write(`${isTrue ? 'ok  ' : 'FAIL'} ${name}${isTrue || !detail ? '' : `: ${detail}`}\n`);
}

/** Lets LibreOffice read a file and save it in another format; returns the new file. */
function convert(file: string, format: string, extension: string): Buffer {
	const { status, stderr } = spawnSync(
		'soffice',
		[
			`-env:UserInstallation=file://${join(folder, 'profile')}`,
			'--headless',
			'--convert-to',
			format,
			'--outdir',
			join(folder, 'out'),
			join(folder, file),
		],
		{ encoding: 'utf8', timeout: 180_000 },
	);
	if (status !== 0) throw new Error(`LibreOffice: ${stderr}`);
	return readFileSync(join(folder, 'out', file.replace(/\.\w+$/, extension)));
}

const comma = 'csv:Text - txt - csv (StarCalc):44,34,76,1';

if (spawnSync('soffice', ['--version']).status !== 0) {
	process.stderr.write(`LibreOffice is missing. Remedy on Debian: ${packages}\n`);
	process.stdout.write('\n0 passed, 1 failed\n');
	process.exit(1);
}

for (const kind of ['schools', 'staff', 'procedures', 'results'] as const) {
	const ours = await writeTemplate(kind, 'ru');
	const name = `${kind}.xlsx`;
	writeFileSync(join(folder, name), ours);
	const [sheet] = await readWorkbook(ours, name);
	const header = sheet?.rows[0]?.map((cell) => String(cell ?? '')) ?? [];
	const theirs = readCsv(convert(name, comma, '.csv'));
	check(
		`${kind}: LibreOffice reads our template with all its columns`,
		same(theirs[0] ?? [], header),
		`${theirs[0]}`,
	);
	check(`${kind}: and its example rows`, theirs.length === (sheet?.rows.length ?? 0), `${theirs.length}`);
	const saved = convert(name, 'ods', '.ods');
	check(`${kind}: and saves it`, saved.length > 1000);
	const again = convert(name, 'xlsx:Calc MS Excel 2007 XML', '.xlsx');
	const [returned] = await readWorkbook(again, name);
	check(
		`${kind}: we read what LibreOffice saved`,
		same(returned?.rows[0]?.map((cell) => String(cell ?? '')) ?? [], header),
	);
}

const table = {
	columns: [
		{ name: 'school', label: 'Школа' },
		{ name: 'share', label: 'Доля' },
		{ name: 'note', label: 'Примечание' },
	],
	rows: [
		{ school: 'МБОУ «СОШ № 13»', share: 0.415, note: '=1+1' },
		{ school: 'Строка; с «кавычками" и\nпереносом', share: null, note: '-3,5' },
	],
};
writeFileSync(join(folder, 'table.xlsx'), await writeTable(table, 'xlsx'));
const [head, first, second] = readCsv(convert('table.xlsx', comma, '.csv'));
check('a table keeps its labels', same(head ?? [], ['Школа', 'Доля', 'Примечание']), `${head}`);
check('a number stays a number', Number((first?.[1] ?? '').replace(',', '.')) === 0.415, `${first}`);
check('a formula from outside stays text', (first?.[2] ?? '').includes('=1+1'), `${first}`);
check('quotes, separators and line breaks survive', second?.[0] === table.rows[1]?.school, `${second}`);

rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);

function readCsv(bytes: Buffer): string[][] {
	return parse(bytes.toString('utf8'), { relax_column_count: true });
}

function same(left: readonly string[], right: readonly string[]): boolean {
	return (
		left.length === right.length && left.every((value, index) => value.trim() === (right[index] ?? '').trim())
	);
}
