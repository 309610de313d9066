import type { AnalyticsAnswer } from './contract/analytics.ts';

/**
 * Writes an answer for a spreadsheet: UTF-8 with BOM, semicolons (what a Russian Excel expects), labels as header.
 * A text that a spreadsheet would run as a formula gets an apostrophe.
 */
export function encodeCsv(answer: AnalyticsAnswer): string {
	const columns = answer.fields.map(({ name }) => answer.columns[name] ?? []);
	const lines = [answer.fields.map(({ label, unit }) => quote(unit ? `${label}, ${unit}` : label)).join(';')];
	for (let row = 0; row < answer.meta.rows; row++)
		lines.push(columns.map((column) => quote(column[row] ?? '')).join(';'));
	return `\uFEFF${lines.join('\r\n')}\r\n`;
}

function quote(cell: string | number | boolean): string {
	if (typeof cell !== 'string') return String(cell);
	const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
	return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
