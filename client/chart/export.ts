import type { ResultField, ResultRow } from '../api.ts';
import type { Language } from '../i18n.ts';
import { labelOf } from './specification.ts';

/** Rows as a sheet that a spreadsheet of this language opens by a double click: BOM, labels, decimal comma in Russian. */
export function toCsv(fields: ResultField[], rows: ResultRow[], language: Language): string {
	const separator = language === 'ru' ? ';' : ',';
	const quote = (text: string) =>
		text.includes(separator) || text.includes('"') || text.includes('\n')
			? `"${text.replaceAll('"', '""')}"`
			: text;
	const cell = (value: ResultRow[string] | undefined) => {
		if (value === null || value === undefined) return '';
		if (typeof value === 'number') return language === 'ru' ? String(value).replace('.', ',') : String(value);
		// a text that begins like a formula must stay a text
		const text = String(value);
		return quote(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
	};
	const lines = [
		fields.map((field) => quote(labelOf(field))).join(separator),
		...rows.map((row) => fields.map((field) => cell(row[field.name])).join(separator)),
	];
	return `\ufeff${lines.join('\r\n')}\r\n`;
}
