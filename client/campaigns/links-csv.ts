/** A cell that a spreadsheet must not run as a formula gets an apostrophe in front. */
function cell(text: string): string {
	const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
	return `"${safe.replaceAll('"', '""')}"`;
}

/** Rows as CSV that Excel in Russian opens with a double click: BOM, semicolons. */
export function linksAsCsv(rows: string[][]): string {
	return `\uFEFF${rows.map((row) => row.map(cell).join(';')).join('\r\n')}\r\n`;
}
