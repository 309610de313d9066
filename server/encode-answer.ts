import type { ModuleResult } from '#analytics/module.ts';
import { renderAnswer } from './answer.ts';
import type { AnalyticsAnswer } from './contract/analytics.ts';
import type { Language } from './language.ts';

/** The bytes of an answer and their media type. */
export interface EncodedAnswer {
	type: string;
	plain: Uint8Array<ArrayBuffer>;
}

/** Up to here a columnar JSON is the smaller and faster wire. */
const MOST_ROWS_AS_JSON = 2_000;

// Arrow and tables are loaded when they are first asked for: a start need not wait for them.

/** A module's result in the words of one language, as the asked format, else as what suits its length. */
export async function encodeAnswer(
	result: ModuleResult,
	language: Language,
	format: string | undefined,
): Promise<EncodedAnswer> {
	const answer = renderAnswer(result, language);
	const chosen = format ?? (result.length > MOST_ROWS_AS_JSON ? 'arrow' : 'json');
	if (chosen === 'csv') return { type: 'text/csv; charset=utf-8', plain: ownBytes(await writeCsv(answer)) };
	if (chosen === 'arrow') {
		const { encodeArrow } = await import('./arrow.ts');
		return { type: 'application/vnd.apache.arrow.stream', plain: ownBytes(encodeArrow(answer)) };
	}
	return { type: 'application/json; charset=utf-8', plain: new TextEncoder().encode(JSON.stringify(answer)) };
}

/** Bytes in memory of their own, which another thread can take over without a copy; a small buffer shares its memory. */
const ownBytes = (bytes: Uint8Array): Uint8Array<ArrayBuffer> =>
	bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength
		? new Uint8Array(bytes.buffer)
		: new Uint8Array(bytes);

async function writeCsv({ fields, columns, meta }: AnalyticsAnswer): Promise<Buffer> {
	const rows = Array.from({ length: meta.rows }, (_, row) =>
		Object.fromEntries(fields.map(({ name }) => [name, columns[name]?.[row] ?? null])),
	);
	const heads = fields.map(({ name, label, unit }) => ({ name, label: unit ? `${label}, ${unit}` : label }));
	const { writeTable } = await import('#data/export/table.ts');
	return writeTable({ columns: heads, rows }, 'csv');
}
