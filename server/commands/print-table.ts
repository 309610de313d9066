type Value = string | number | boolean | null | undefined;

/** Rows as a table of text, numbers to the right; an empty list prints its head alone. */
export function printTable(columns: string[], rows: readonly Record<string, Value>[]): string {
	const cells = rows.map((row) => columns.map((column) => show(row[column])));
	const widths = columns.map((column, index) =>
		Math.max(column.length, ...cells.map((row) => row[index]?.length ?? 0)),
	);
	const isNumeric = columns.map((column) => rows.every((row) => typeof (row[column] ?? 0) === 'number'));
	const line = (values: readonly string[]): string =>
		values
			.map((value, index) =>
				isNumeric[index] ? value.padStart(widths[index] ?? 0) : value.padEnd(widths[index] ?? 0),
			)
			.join('  ')
			.trimEnd();
	return [line(columns), widths.map((width) => '─'.repeat(width)).join('  '), ...cells.map(line)].join('\n');
}

function show(value: Value): string {
	if (value === null || value === undefined) return '—';
	if (typeof value !== 'number' || Number.isInteger(value)) return String(value);
	return Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(3);
}
