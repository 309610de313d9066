import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Cell, CellColumn, type CellType } from '#data/warehouse/cells.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';

const TYPES: readonly CellType[] = ['integer', 'smallint', 'double', 'boolean', 'date', 'varchar'];
const DAY = 86_400_000;

function collectGarbage(): void {
	setFlagsFromString('--expose-gc');
	runInNewContext('gc')();
}

/** A cell of each type that says which row it stands in. */
const cellOf: Record<CellType, (row: number) => Cell> = {
	integer: (row) => row - 70_000,
	smallint: (row) => (row % 60_000) - 30_000,
	double: (row) => row / 3,
	boolean: (row) => row % 3 === 0,
	date: (row) => 20_000 + row,
	varchar: (row) => `ответ ${row} — "да"\n`,
};
const readOf: Record<CellType, (row: number) => unknown> = {
	...cellOf,
	date: (row) => new Date((20_000 + row) * DAY).toISOString().slice(0, 10),
};

async function opened(): Promise<Warehouse> {
	const warehouse = await openWarehouse({ path: ':memory:' });
	onTestFinished(() => warehouse.close());
	return warehouse;
}

async function tableOf(warehouse: Warehouse, types: readonly CellType[]): Promise<void> {
	await warehouse.write((writer) =>
		writer.run(`create table appended (${types.map((type, index) => `c${index} ${type}`).join(', ')})`),
	);
}

const readAll = async (warehouse: Warehouse): Promise<unknown[][]> =>
	(await warehouse.ask('select * from appended')).columns;

describe('rows that are appended', () => {
	// Around the places where a piece, a word of marks, or the room of a column ends.
	it.each([1, 63, 64, 65, 2_047, 2_048, 2_049, 5_000])(
		'%i of them stand as they were given, in their order',
		async (n) => {
			const warehouse = await opened();
			await tableOf(warehouse, TYPES);
			const rows = Array.from({ length: n }, (_, row) => row);
			const columns = TYPES.map((type) => {
				const column = new CellColumn(type);
				for (const row of rows) column.push(cellOf[type](row));
				return column;
			});
			await warehouse.write((writer) => writer.append('appended', columns));
			expect(await readAll(warehouse)).toEqual(TYPES.map((type) => rows.map(readOf[type])));
		},
	);

	it('keep what is missing where it is missing, in every type', async () => {
		const warehouse = await opened();
		await tableOf(warehouse, TYPES);
		const rows = Array.from({ length: 4_200 }, (_, row) => row);
		const isMissing = (row: number, index: number): boolean =>
			row % 64 === 63 || row % 7 === index || row > 4_190;
		const columns = TYPES.map((type, index) => {
			const column = new CellColumn(type);
			for (const row of rows) column.push(isMissing(row, index) ? null : cellOf[type](row));
			return column;
		});
		await warehouse.write((writer) => writer.append('appended', columns));
		expect(await readAll(warehouse)).toEqual(
			TYPES.map((type, index) => rows.map((row) => (isMissing(row, index) ? null : readOf[type](row)))),
		);
	});

	it('a table wider than a piece takes its rows too', async () => {
		const warehouse = await opened();
		const types = Array.from({ length: 1_500 }, () => 'integer' as const);
		await tableOf(warehouse, types);
		const columns = types.map((type, index) => {
			const column = new CellColumn(type);
			for (let row = 0; row < 200; row += 1) column.push(row === index ? null : row * index);
			return column;
		});
		await warehouse.write((writer) => writer.append('appended', columns));
		const read = await readAll(warehouse);
		expect(read[7]).toEqual(Array.from({ length: 200 }, (_, row) => (row === 7 ? null : row * 7)));
		expect(read[1_499]!.at(-1)).toBe(199 * 1_499);
	});

	it('hold any text: zeros, halves of a pair, long ones and none', async () => {
		const warehouse = await opened();
		await tableOf(warehouse, ['varchar']);
		const texts = ['a\0b', '\0', '', '\ud800x', '👩‍🏫', 'ё'.repeat(70_000)];
		const column = new CellColumn('varchar');
		for (const text of texts) column.push(text);
		await warehouse.write((writer) => writer.append('appended', [column]));
		expect(await readAll(warehouse)).toEqual([texts.map((text) => text.toWellFormed())]);
	});

	it('go with the transaction that does not end', async () => {
		const warehouse = await opened();
		await tableOf(warehouse, ['integer']);
		const column = new CellColumn('integer');
		column.push(1);
		const failed = warehouse.write(async (writer) => {
			await writer.append('appended', [column]);
			throw new Error('something else went wrong');
		});
		await expect(failed).rejects.toThrow('something else');
		expect(await readAll(warehouse)).toEqual([[]]);
	});

	it('leave nothing behind that would go in later, when handing over fails half-way', async () => {
		const warehouse = await opened();
		await tableOf(warehouse, ['integer']);
		const column = new CellColumn('integer');
		for (let row = 0; row < 5_000; row += 1) column.push(row);
		const { copyTo } = column;
		column.copyTo = (vector, start, rows) => {
			if (start > 0) throw new Error('half-way');
			copyTo.call(column, vector, start, rows);
		};
		await expect(warehouse.write((writer) => writer.append('appended', [column]))).rejects.toThrow(
			'half-way',
		);
		collectGarbage();
		await new Promise((resolve) => setTimeout(resolve, 50));
		await warehouse.write((writer) => writer.run('insert into appended values (-1)'));
		expect(await readAll(warehouse)).toEqual([[-1]]);
	});

	it('are refused where columns are of unequal length, or another number than the table has', async () => {
		const warehouse = await opened();
		await tableOf(warehouse, ['integer', 'varchar']);
		const [long, short] = [new CellColumn('integer'), new CellColumn('varchar')];
		long.push(1);
		await expect(warehouse.write((writer) => writer.append('appended', [long, short]))).rejects.toThrow(
			'unequal',
		);
		await expect(warehouse.write((writer) => writer.append('appended', [long]))).rejects.toThrow();
		expect(await readAll(warehouse)).toEqual([[], []]);
	});
});
