import { inflateRawSync } from 'node:zlib';
import { ImportError } from './codes.ts';

const endOfDirectory = 0x06054b50;
const directoryEntry = 0x02014b50;

/** What an archive may unpack to. */
const unpackedLimit = 400 * 1024 * 1024;

/**
 * Unpacks every sheet and text table of an XLSX within a budget before the reader sees it, because the sizes an archive
 * declares about itself can lie. Refuses archives that unpack beyond the budget and sheets with a cell in error
 * (`#REF!` and the like), which the reader would hand on as an empty cell: for a score, as an absent pupil.
 * @throws ImportError `archive-too-large`, `unreadable-file`, `formula-error`
 */
export function guardArchive(bytes: Buffer, fileName: string, limit = unpackedLimit): void {
	let budget = limit;
	for (const entry of listEntries(bytes, fileName)) {
		if (entry.size > budget) throw tooLarge(limit);
		const content = unpack(bytes, entry, fileName, budget, limit);
		budget -= content.length;
		if (entry.name.startsWith('xl/worksheets/')) refuseErrors(content);
	}
}

/**
 * Unpacks a small archive whose files are known by name. Nothing is written anywhere, and an entry that is not expected
 * refuses the whole archive: paths that leave the folder, folders and doubles among them.
 * @throws ImportError `archive-too-large`, `unreadable-file`, `archive-entry`
 */
export function readArchive(
	bytes: Buffer,
	fileName: string,
	expected: readonly string[],
	limit: number,
): Map<string, Buffer> {
	const found = new Map<string, Buffer>();
	let budget = limit;
	for (const entry of listEntries(bytes, fileName)) {
		if (!expected.includes(entry.name) || found.has(entry.name))
			throw new ImportError('archive-entry', {
				entry: entry.name.slice(0, 200),
				expected: expected.join(', '),
			});
		if (entry.size > budget || entry.packed > bytes.length) throw tooLarge(limit);
		const content = unpack(bytes, entry, fileName, budget, limit);
		budget -= content.length;
		if (budget < 0) throw tooLarge(limit);
		found.set(entry.name, content);
	}
	return found;
}

interface Entry {
	name: string;
	method: number;
	packed: number;
	size: number;
	offset: number;
}

function listEntries(bytes: Buffer, fileName: string): Entry[] {
	let end = bytes.length - 22;
	while (end >= 0 && bytes.readUInt32LE(end) !== endOfDirectory) end -= 1;
	if (end < 0) throw new ImportError('unreadable-file', { file: fileName });
	const entries: Entry[] = [];
	let at = bytes.readUInt32LE(end + 16);
	const count = bytes.readUInt16LE(end + 10);
	for (let i = 0; i < count; i += 1) {
		if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== directoryEntry) {
			throw new ImportError('unreadable-file', { file: fileName });
		}
		const nameLength = bytes.readUInt16LE(at + 28);
		entries.push({
			name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
			method: bytes.readUInt16LE(at + 10),
			packed: bytes.readUInt32LE(at + 20),
			size: bytes.readUInt32LE(at + 24),
			offset: bytes.readUInt32LE(at + 42),
		});
		at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
	}
	return entries;
}

function unpack(bytes: Buffer, entry: Entry, fileName: string, budget: number, limit: number): Buffer {
	if (entry.offset + 30 > bytes.length) throw new ImportError('unreadable-file', { file: fileName });
	const start =
		entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28);
	const packed = bytes.subarray(start, start + entry.packed);
	if (entry.method === 0) return packed;
	try {
		return inflateRawSync(packed, { maxOutputLength: Math.max(1, budget) });
	} catch (cause) {
		if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(limit);
		throw new ImportError('unreadable-file', { file: fileName });
	}
}

function tooLarge(limit: number): ImportError {
	return new ImportError('archive-too-large', { limit_mb: Math.round(limit / 1024 / 1024) });
}

function refuseErrors(sheet: Buffer): void {
	const at = sheet.indexOf(' t="e"');
	if (at < 0) return;
	const around = sheet.toString('utf8', Math.max(0, sheet.lastIndexOf('<c ', at)), at + 200);
	const cell = /r="([A-Z]+\d+)"/.exec(around)?.[1] ?? '';
	const fault = /<v>([^<]*)<\/v>/.exec(around)?.[1] ?? '';
	throw new ImportError('formula-error', { cell, fault });
}
