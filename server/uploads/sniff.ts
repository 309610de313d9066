import { fileTypeFromBuffer } from 'file-type';
import type { TAKEN_FILE_TYPES } from '../contract/file-limits.ts';

/** The ending that a name gets, by what the content is. */
const ENDINGS: Readonly<Record<(typeof TAKEN_FILE_TYPES)[number], string>> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/gif': 'gif',
	'image/webp': 'webp',
	'application/pdf': 'pdf',
	'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
	'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
	'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
	'application/vnd.oasis.opendocument.text': 'odt',
	'application/vnd.oasis.opendocument.spreadsheet': 'ods',
	'application/vnd.oasis.opendocument.presentation': 'odp',
	'text/plain': 'txt',
};

export interface SniffedFile {
	type: string;
	/** without a dot */
	ending: string;
}

/** What the bytes are, whatever their name says; undefined for kinds that are not taken. */
export async function sniff(bytes: Buffer): Promise<SniffedFile | undefined> {
	const found = (await fileTypeFromBuffer(bytes))?.mime ?? (isPlainText(bytes) ? 'text/plain' : undefined);
	const ending = found === undefined ? undefined : (ENDINGS as Record<string, string>)[found];
	return found !== undefined && ending !== undefined ? { type: found, ending } : undefined;
}

/** Words in UTF-8 with no control signs and no markup that a browser would read as a page. */
function isPlainText(bytes: Buffer): boolean {
	let text: string;
	try {
		text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
	} catch {
		return false;
	}
	// biome-ignore lint/suspicious/noControlCharactersInRegex: looked for, to refuse them
	return !/[\u0000-\u0008\u000e-\u001f]/.test(text) && !/^\s*<(?:!doctype|html|svg|\?xml|script)/i.test(text);
}

/** A name with the ending of the content and without anything a file system or a header would read as more. */
export function safeName(given: string, { ending }: SniffedFile): string {
	const base = (given.split(/[\\/]/).at(-1) ?? '')
		// biome-ignore lint/suspicious/noControlCharactersInRegex: taken out of names
		.replace(/[\u0000-\u001f\u007f<>:"|?*\u202a-\u202e\u2066-\u2069]/g, '')
		.replace(/^\.+/, '')
		.trim();
	const isKnown = base.toLowerCase().endsWith(`.${ending}`) || (ending === 'jpg' && /\.jpeg$/i.test(base));
	const isText = ending === 'txt' && /\.(?:txt|csv|md)$/i.test(base);
	const stem = base.replace(/\.[^.]{1,8}$/, '').slice(0, 100) || 'file';
	return isKnown || isText ? `${stem}${base.slice(base.lastIndexOf('.'))}` : `${stem}.${ending}`;
}
