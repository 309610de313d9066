import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResponseMatrix } from '#data/warehouse/response-matrix.ts';
import { openScratch, type Warehouse } from '#data/warehouse/warehouse.ts';

const folder = mkdtempSync(join(tmpdir(), 'opora-matrix-'));
let scratch: Warehouse;
beforeAll(async () => {
	scratch = await openScratch();
});
afterAll(async () => {
	await scratch.close();
	rmSync(folder, { recursive: true, force: true });
});

function file(name: string, content: string | Buffer): string {
	const path = join(folder, name);
	writeFileSync(path, content);
	return path;
}

const rows = (codes: Uint8Array, width: number): number[][] =>
	Array.from({ length: codes.length / width }, (_, row) => [
		...codes.subarray(row * width, (row + 1) * width),
	]);

describe('a matrix of responses', () => {
	it('is the same by comma, semicolon or tab, packed or not, with a byte order mark', async () => {
		const text = 'Person,Item 1,q2\nA,3,NA\nB,1,0\nC, 2 ,1\n';
		const variants = [
			file('comma.csv', text),
			file('semicolon.csv', `\uFEFF${text.replaceAll(',', ';')}`),
			file('tab.txt', text.replaceAll(',', '\t').replaceAll('\n', '\r\n')),
			file('packed.csv.gz', gzipSync(text)),
		];
		for (const data of variants) {
			const matrix = await readResponseMatrix(scratch, { data, person: 'Person' });
			expect(matrix.titles).toEqual(['Item 1', 'q2']);
			expect(rows(matrix.codes, 2)).toEqual([
				[2, 255],
				[0, 0],
				[1, 1],
			]);
			expect([...matrix.counts]).toEqual([1, 1, 1]);
		}
	});

	it('chooses columns, turns items round and keeps the group beside each person', async () => {
		const data = file('groups.csv', 'a,b,c,g\n1,5,9,north\n3,,8,\n2,4,9,south\n');
		const matrix = await readResponseMatrix(scratch, { data, group: 'g', skip: ['c'], reverse: ['a'] });
		expect(matrix.titles).toEqual(['a', 'b']);
		expect(rows(matrix.codes, 2)).toEqual([
			[2, 1],
			[0, 255],
			[1, 0],
		]);
		expect(matrix.groups).toEqual(['north', null, 'south']);
		expect((await readResponseMatrix(scratch, { data, items: ['c'] })).titles).toEqual(['c']);
	});

	it('reads codes that lie far from 0 or below it, beside items that do not', async () => {
		const data = file('far.csv', 'a,b,c,d,e\n2019,-1,0,1,254\n 2021 ,1,,1,255\n2018,0,1.0,1,\n,-2,2,1,\n');
		const matrix = await readResponseMatrix(scratch, { data, reverse: ['b'] });
		expect(rows(matrix.codes, 5)).toEqual([
			[1, 2, 0, 0, 0],
			[3, 0, 255, 0, 1],
			[0, 1, 1, 0, 255],
			[255, 3, 2, 0, 255],
		]);
	});

	it('keeps the rows of a large file in their order, whoever read them', async () => {
		const lines = Array.from({ length: 200_000 }, (_, row) => `${row % 7},${row % 11},g${row % 13}`);
		const data = file('large.csv', `a,b,g\n${lines.join('\n')}\n`);
		const { codes, groups } = await readResponseMatrix(scratch, { data, group: 'g' });
		const wrong = lines.findIndex(
			(line, row) => line !== `${codes[row * 2]},${codes[row * 2 + 1]},${groups[row]}`,
		);
		expect(wrong).toBe(-1);
	});

	it('scores letters by a key of either form, and only its items', async () => {
		const data = file('letters.csv', 'x,y,note\nA,b,hello\nB,,there\n');
		for (const key of [file('key.json', '{"x":"A","y":"B"}'), file('key.csv', 'item;key\nx;A\ny;B\n')]) {
			const matrix = await readResponseMatrix(scratch, { data, key });
			expect(matrix.titles).toEqual(['x', 'y']);
			expect(rows(matrix.codes, 2)).toEqual([
				[1, 1],
				[0, 255],
			]);
		}
	});

	it('refuses what is no code, and names file, row and column', async () => {
		const refusals: [Parameters<typeof readResponseMatrix>[1], string[]][] = [
			[{ data: file('words.csv', 'a,b\n1,0\n0,yes\n') }, ['words.csv', 'row 3', 'column b', 'yes']],
			[{ data: file('half.csv', 'a\n1.5\n') }, ['half.csv', 'row 2', '1.5']],
			[{ data: file('two.csv', 'a,b\n1,0\n1,x\ny,0\n') }, ['two.csv', 'row 3', 'column b', 'x']],
			[{ data: file('nan.csv', 'a\nnan\n') }, ['nan.csv', 'row 2']],
			[{ data: file('long.csv', 'a\n9999999999\n') }, ['long.csv', 'row 2', '9999999999']],
			[{ data: file('ids.csv', 'id,a\n1001,1\n5002,0\n') }, ['ids.csv', 'column id', '1001…5002']],
			[{ data: file('few.csv', 'a\n1\n'), skip: ['z'] }, ['few.csv', 'column z']],
			[{ data: file('few.csv', 'a\n1\n'), key: file('bad.json', '[1') }, ['bad.json']],
			[{ data: file('wide.csv', 'a,b\n1,0\n1,0,1\n') }, ['wide.csv', 'row 3']],
			[{ data: file('empty.csv', '') }, ['empty.csv']],
		];
		for (const [choice, words] of refusals) {
			const error = await readResponseMatrix(scratch, choice).catch((caught: unknown) => caught);
			expect(error).toMatchObject({ name: 'FileError' });
			for (const word of words) expect((error as Error).message).toContain(word);
		}
	});
});
