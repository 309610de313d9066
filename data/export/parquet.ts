import { identifier, literal } from '../warehouse/sql-text.ts';
import { openScratch } from '../warehouse/warehouse.ts';
import type { Table, TableValue } from './table.ts';

const ROWS_PER_STATEMENT = 1_000;

/** Writes a table as a Parquet file: numbers as DOUBLE, yes and no as BOOLEAN, everything else as VARCHAR. */
export async function writeParquet({ columns, rows }: Table, path: string): Promise<void> {
	const scratch = await openScratch();
	try {
		await scratch.write(async (writer) => {
			const typed = columns.map(({ name }) => ({ name, type: typeOf(rows.map((row) => row[name])) }));
			await writer.run(
				`create table exported (${typed.map(({ name, type }) => `${identifier(name)} ${type}`).join(', ')})`,
			);
			const cells = typed.map(({ type }, index) => `cells[${index + 1}]::${type}`).join(', ');
			for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
				const lines = rows
					.slice(start, start + ROWS_PER_STATEMENT)
					.map((row) => JSON.stringify(typed.map(({ name }) => asText(row[name]))));
				await writer.run(
					`insert into exported select ${cells}
					from (select from_json(line, '["VARCHAR"]') as cells from (select unnest(string_split($rows, chr(10))) as line))`,
					{ rows: lines.join('\n') },
				);
			}
			await writer.run(`copy exported to ${literal(path)} (format parquet, compression zstd)`);
		});
	} finally {
		await scratch.close();
	}
}

function typeOf(values: readonly TableValue[]): string {
	const given = values.filter((value) => value !== null && value !== undefined);
	if (given.length > 0 && given.every((value) => typeof value === 'number')) return 'double';
	if (given.length > 0 && given.every((value) => typeof value === 'boolean')) return 'boolean';
	return 'varchar';
}

function asText(value: TableValue): string | null {
	if (value === null || value === undefined) return null;
	return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}
