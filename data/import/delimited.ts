import { parse } from 'csv-parse/sync';
import { ImportError } from './codes.ts';

/**
 * Reads separated text into rows of strings; an empty cell is null. Encodings: UTF-8 with or without a mark, UTF-16 with a
 * mark, otherwise windows-1251; separators: semicolon, tab or comma, whichever splits the first lines most evenly.
 * @throws ImportError `unreadable-file` for bytes that are no text, or quotes that never close
 */
export function readDelimited(bytes: Buffer, fileName: string): (string | null)[][] {
	const text = decode(bytes, fileName);
	try {
		return parse(text, {
			delimiter: guessDelimiter(text),
			bom: true,
			relax_column_count: true,
			relax_quotes: true,
			skip_empty_lines: false,
			cast: (value) => (value === '' ? null : value),
		}) as unknown as (string | null)[][];
	} catch {
		throw new ImportError('unreadable-file', { file: fileName });
	}
}

function decode(bytes: Buffer, fileName: string): string {
	if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
	if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
	if (bytes.subarray(0, 65_536).includes(0)) throw new ImportError('unreadable-file', { file: fileName });
	try {
		return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return new TextDecoder('windows-1251').decode(bytes);
	}
}

/** The separator with the most columns in the first lines, an equal count on each line weighing more than a high one. */
function guessDelimiter(text: string): string {
	const lines = text.slice(0, 20_000).split(/\r?\n/, 12).filter(Boolean);
	let best = ',';
	let bestScore = 0;
	for (const delimiter of [';', '\t', ',']) {
		const counts = lines.map((line) => line.replace(/"[^"]*"/g, '').split(delimiter).length - 1);
		const most = Math.max(0, ...counts);
		const even = counts.filter((count) => count === most).length / Math.max(1, counts.length);
		const score = most * even;
		if (score > bestScore) {
			best = delimiter;
			bestScore = score;
		}
	}
	return best;
}
