import { deflateRawSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { limits, readWorkbook } from '#data/import/workbook.ts';
import { guardArchive } from '#data/import/zip-guard.ts';
import { csv, faultOf, xlsx } from './checking.ts';

const rows = [
	['Код', 'Название'],
	['101', 'Школа «Ёлка», корпус 2'],
];

describe('a file is read by what its bytes are', () => {
	test('separated text: comma, semicolon and tab', async () => {
		for (const delimiter of [',', ';', '\t']) {
			const [sheet] = await readWorkbook(csv(rows, delimiter), 'a.csv');
			expect(sheet?.rows).toEqual(rows);
		}
	});

	test('UTF-8 with a mark, UTF-16, windows-1251, gzip', async () => {
		const text = 'Код;Название\n101;Школа';
		const expected = [
			['Код', 'Название'],
			['101', 'Школа'],
		];
		const cp1251 = Buffer.from([...text].map((sign) => cp1251Byte(sign)));
		const files = [
			Buffer.from(`\ufeff${text}`),
			Buffer.from(`\ufeff${text}`, 'utf16le'),
			cp1251,
			gzipSync(Buffer.from(text)),
		];
		for (const file of files) {
			expect((await readWorkbook(file, 'a.csv'))[0]?.rows).toEqual(expected);
		}
	});

	test('a quoted cell may hold separators and line breaks; an empty cell is null', async () => {
		const [sheet] = await readWorkbook(Buffer.from('a;b;c\n"1;\n2";;"x ""y"""\n'), 'a.csv');
		expect(sheet?.rows[1]).toEqual(['1;\n2', null, 'x "y"']);
	});

	test('a workbook keeps numbers, dates and untrimmed text', async () => {
		const bytes = await xlsx([
			['Код', 'Балл', 'День'],
			[' 101 ', 7.5, new Date('2026-03-01T00:00:00Z')],
		]);
		const [sheet] = await readWorkbook(bytes, 'a.xlsx');
		expect(sheet?.rows[1]).toEqual([' 101 ', 7.5, new Date('2026-03-01T00:00:00Z')]);
	});
});

describe('a file that cannot be read is refused with its reason', () => {
	test.each([
		['an empty file', Buffer.alloc(0), 'empty-file'],
		['an old .xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), 'old-excel-file'],
		['a PDF', Buffer.from('%PDF-1.7 …'), 'unreadable-file'],
		['a web page', Buffer.from('<html><table></table></html>'), 'unreadable-file'],
		['a broken archive', Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(200, 7)]), 'unreadable-file'],
		['a broken gzip', Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]), 'unreadable-file'],
		['binary content', Buffer.from([1, 0, 2, 0, 3, 0]), 'unreadable-file'],
		['31 MB', Buffer.alloc(limits.bytes + 1, 65), 'file-too-large'],
	])('%s', async (_, bytes, code) => {
		expect((await faultOf(readWorkbook(bytes, 'f'))).code).toBe(code);
	});

	test('more rows than the limit', async () => {
		const bytes = Buffer.from(`a;b\n${'1;2\n'.repeat(limits.rows + 1)}`);
		const fault = await faultOf(readWorkbook(bytes, 'f.csv'));
		expect(fault.code).toBe('too-many-rows');
		expect(fault.params.limit).toBe(300_000);
	});

	test('more columns than the limit', async () => {
		const fault = await faultOf(readWorkbook(Buffer.from(`${'a;'.repeat(600)}\n`), 'f.csv'));
		expect(fault.code).toBe('too-many-columns');
	});

	test('a gzip that unpacks beyond the limit', async () => {
		const bomb = gzipSync(Buffer.alloc(limits.text + 1));
		expect(bomb.length).toBeLessThan(limits.bytes);
		expect((await faultOf(readWorkbook(bomb, 'f.gz'))).code).toBe('archive-too-large');
	});

	test('a zip bomb, whether it declares its size or lies about it', () => {
		const content = Buffer.alloc(3_000_000);
		for (const declared of [content.length, 10]) {
			const bomb = archive('xl/worksheets/sheet1.xml', content, declared);
			expect(() => guardArchive(bomb, 'f', 1_000_000)).toThrow('archive-too-large');
			expect(() => guardArchive(bomb, 'f', 4_000_000)).not.toThrow();
		}
	});

	test('a formula in error, which would read as an absent pupil', () => {
		const sheet = '<c r="C7" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c>';
		const bytes = archive('xl/worksheets/sheet1.xml', Buffer.from(sheet), sheet.length);
		let params = {};
		try {
			guardArchive(bytes, 'f');
		} catch (error) {
			params = (error as { params: object }).params;
		}
		expect(params).toEqual({ cell: 'C7', fault: '#DIV/0!' });
	});
});

function cp1251Byte(sign: string): number {
	const code = sign.charCodeAt(0);
	if (code < 128) return code;
	if (sign === 'Ё') return 0xa8;
	if (sign === 'ё') return 0xb8;
	return code - 0x410 + 0xc0;
}

/** A zip of one deflated entry that declares the given unpacked size. */
function archive(name: string, content: Buffer, declared: number): Buffer {
	const packed = deflateRawSync(content);
	const local = Buffer.alloc(30);
	local.writeUInt32LE(0x04034b50, 0);
	local.writeUInt16LE(8, 8);
	local.writeUInt32LE(packed.length, 18);
	local.writeUInt32LE(declared, 22);
	local.writeUInt16LE(name.length, 26);
	const entry = Buffer.alloc(46);
	entry.writeUInt32LE(0x02014b50, 0);
	entry.writeUInt16LE(8, 10);
	entry.writeUInt32LE(packed.length, 20);
	entry.writeUInt32LE(declared, 24);
	entry.writeUInt16LE(name.length, 28);
	const end = Buffer.alloc(22);
	end.writeUInt32LE(0x06054b50, 0);
	end.writeUInt16LE(1, 8);
	end.writeUInt16LE(1, 10);
	end.writeUInt32LE(46 + name.length, 12);
	end.writeUInt32LE(30 + name.length + packed.length, 16);
	return Buffer.concat([local, Buffer.from(name), packed, entry, Buffer.from(name), end]);
}
