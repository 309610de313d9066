import { describe, expect, it } from 'vitest';
import { safeName, sniff } from '#server/uploads/sniff.ts';
import { stripMetadata } from '#server/uploads/strip-metadata.ts';
import {
	gifWithMetadata,
	jpegWithMetadata,
	pngWithMetadata,
	SECRET,
	webpWithMetadata,
} from '../support/pictures.ts';

const pictures = [
	['image/jpeg', jpegWithMetadata()],
	['image/png', pngWithMetadata()],
	['image/gif', gifWithMetadata()],
	['image/webp', webpWithMetadata()],
] as const;

describe('what a file is', () => {
	it.each(pictures)('%s is known by its bytes, and stays it without metadata', async (type, bytes) => {
		expect((await sniff(bytes))?.type).toBe(type);
		expect(bytes.includes(SECRET)).toBe(true);
		const stripped = stripMetadata(bytes, type);
		expect(stripped.includes(SECRET)).toBe(false);
		expect((await sniff(stripped))?.type).toBe(type);
		expect(stripMetadata(stripped, type)).toEqual(stripped);
	});

	it('keeps how a picture stands upright, and how often it repeats', () => {
		const jpeg = stripMetadata(jpegWithMetadata(), 'image/jpeg');
		expect(jpeg.subarray(2, 12).toString('latin1')).toContain('Exif');
		expect(jpeg[12 + 19]).toBe(6);
		expect(stripMetadata(gifWithMetadata(), 'image/gif').includes('NETSCAPE2.0')).toBe(true);
	});

	it.each(pictures)('refuses a broken %s', (type, bytes) => {
		expect(() => stripMetadata(bytes.subarray(0, 20), type)).toThrow(RangeError);
	});

	it.each([
		['a page', Buffer.from('<!doctype html><script>1</script>')],
		['a drawing with scripts', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
		['a program', Buffer.concat([Buffer.from('MZ\x90\0\x03', 'latin1'), Buffer.alloc(200)])],
		['an archive', Buffer.concat([Buffer.from('Rar!\x1a\x07\x01\0', 'latin1'), Buffer.alloc(64)])],
		['bytes of nothing', Buffer.from([0, 1, 2, 3, 255])],
	])('does not take %s', async (_what, bytes) => {
		expect(await sniff(bytes)).toBeUndefined();
	});

	it('takes a PDF and plain words', async () => {
		expect((await sniff(Buffer.from('%PDF-1.7\n')))?.type).toBe('application/pdf');
		expect((await sniff(Buffer.from('Имя;Балл\n1;2')))?.type).toBe('text/plain');
	});

	it.each([
		['план урока.pdf', 'план урока.pdf'],
		['../../etc/passwd', 'passwd.pdf'],
		['C:\\x\\план.exe', 'план.pdf'],
		['evil\u202efdp.exe', 'evilfdp.pdf'],
		['...', 'file.pdf'],
	])('calls %s %s', (given, kept) => {
		expect(safeName(given, { type: 'application/pdf', ending: 'pdf' })).toBe(kept);
	});
});
