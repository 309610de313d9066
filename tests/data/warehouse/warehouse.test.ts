import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { rowsOf } from '#data/warehouse/columns.ts';
import { openScratch, openWarehouse, QueryError, type Warehouse } from '#data/warehouse/warehouse.ts';
import { freshWarehousePath } from '../../support/warehouse.ts';

async function opened(path = ':memory:'): Promise<Warehouse> {
	const warehouse = await openWarehouse({ path });
	onTestFinished(() => warehouse.close());
	return warehouse;
}

describe('a query', () => {
	it('takes named parameters of every kind and gives plain columns', async () => {
		const warehouse = await opened();
		const result = await warehouse.ask(
			`select $text::varchar as text, $whole::integer as whole, $part::double as part, $yes::boolean as yes,
				$none::integer as none, $texts::varchar[] as texts, $numbers::double[] as numbers, $empty::varchar[] as empty`,
			{
				...{ text: 'ё', whole: 7, part: 0.5, yes: true, none: null, texts: ['a', 'b'], numbers: [1, 2.5] },
				...{ empty: [], unused: 1 },
			},
		);
		expect(rowsOf(result)).toEqual([
			{
				text: 'ё',
				whole: 7,
				part: 0.5,
				yes: true,
				none: null,
				texts: ['a', 'b'],
				numbers: [1, 2.5],
				empty: [],
			},
		]);
		expect(result.types).toEqual([
			...['varchar', 'integer', 'double', 'boolean', 'integer', 'varchar[]', 'double[]', 'varchar[]'],
		]);
	});

	it('never lets a bigint or a decimal through', async () => {
		const warehouse = await opened();
		const result = await warehouse.ask(`
			select count(*) as n, sum(1.25) as decimal, sum(1) as huge, 2::ubigint as big, 250::utinyint as small,
				list(3::bigint) as list, date '2026-02-28' as day from range(3)`);
		expect(rowsOf(result)).toEqual([
			{ n: 3, decimal: 3.75, huge: 3, big: 2, small: 250, list: [3, 3, 3], day: '2026-02-28' },
		]);
		expect(result.types).toEqual(['double', 'double', 'double', 'double', 'integer', 'double[]', 'date']);
	});

	it('gives every row of a result of many chunks', async () => {
		const warehouse = await opened();
		const result = await warehouse.ask('select range::integer as i from range(100000) order by i');
		expect(result.length).toBe(100_000);
		expect(result.columns[0]!.at(-1)).toBe(99_999);
	});

	it('fails with the name of its file, and names a parameter that is missing', async () => {
		const warehouse = await opened();
		const file = freshWarehousePath().replace('.duckdb', '.sql');
		writeFileSync(file, 'select $year::integer + nothing as x');
		const failure = warehouse.query(file, { year: 1 });
		await expect(failure).rejects.toThrow(QueryError);
		await expect(failure).rejects.toThrow(/warehouse\.sql: .*nothing/);
		await expect(warehouse.ask('select $year::integer as y', {}, 'low-results/rows.sql')).rejects.toThrow(
			'low-results/rows.sql: the parameter $year is missing',
		);
	});

	it('waits for a free connection and is answered though many are asked at once', async () => {
		const warehouse = await opened();
		const answers = await Promise.all(
			Array.from({ length: 40 }, (_, index) => warehouse.ask('select $index::integer as i', { index })),
		);
		expect(answers.map(({ columns }) => columns[0]![0])).toEqual(
			Array.from({ length: 40 }, (_, index) => index),
		);
	});
});

describe('writing', () => {
	it('leaves nothing of work that fails, and the connection usable', async () => {
		const warehouse = await opened();
		const failing = warehouse.write(async (writer) => {
			await writer.run(`insert into region values ('R1', 'x')`);
			await writer.run('insert into nowhere values (1)');
		});
		await expect(failing).rejects.toThrow('nowhere');
		expect(await warehouse.write((writer) => writer.run(`insert into region values ('R2', 'y')`))).toBe(1);
		expect(rowsOf(await warehouse.ask('select region_id from region'))).toEqual([{ region_id: 'R2' }]);
	});
});

describe('the lock-down', () => {
	const path = '/etc/hostname';
	it.each([
		[`select * from read_csv('${path}')`],
		[`select * from read_text('${path}')`],
		[`select * from glob('/etc/*')`],
		[`copy region to '${path}.csv'`],
		[`attach '${path}.duckdb' as other`],
		[`export database '${path}'`],
		['install httpfs'],
		['load httpfs'],
		['set enable_external_access = true'],
		[`set memory_limit = '90GB'`],
		['reset lock_configuration'],
	])('refuses %s', async (sql) => {
		for (const place of [':memory:', freshWarehousePath()]) {
			const warehouse = await opened(place);
			await expect(warehouse.ask(sql)).rejects.toThrow(QueryError);
			await expect(warehouse.write((writer) => writer.run(sql))).rejects.toThrow();
		}
	});

	it('leaves a scratch warehouse able to read files', async () => {
		const scratch = await openScratch();
		onTestFinished(() => scratch.close());
		const file = freshWarehousePath().replace('.duckdb', '.csv');
		writeFileSync(file, 'a,b\n1,2\n');
		expect(rowsOf(await scratch.ask(`select a::integer as a from read_csv('${file}')`))).toEqual([{ a: 1 }]);
		expect(
			rowsOf(await scratch.ask('select * from results_visible_to($places::varchar[])', { places: [] })),
		).toEqual([]);
	});
});

describe('the shape', () => {
	it('has only plain types in every table, view and macro', async () => {
		const warehouse = await opened();
		const views = await warehouse.ask(`
			select table_name as source from duckdb_tables() where table_name <> 'watermark'
			union all select view_name from duckdb_views() where not internal
			union all select function_name || '(' || array_to_string(list_transform(parameters, lambda p: 'null'), ', ') || ')'
			from duckdb_functions() where function_type = 'table_macro' and not internal`);
		const sources = views.columns[0] as string[];
		expect(sources).toContain('results_visible_to(null)');
		expect(sources.length).toBeGreaterThan(40);
		const allowed = ['INTEGER', 'SMALLINT', 'DOUBLE', 'VARCHAR', 'BOOLEAN', 'DATE', 'VARCHAR[]', 'DOUBLE[]'];
		for (const source of sources) {
			const columns = await warehouse.ask(
				`select column_name, column_type from (describe select * from ${source})`,
			);
			for (const type of columns.columns[1] as string[]) expect(allowed, source).toContain(type);
		}
	});

	it('lets no step of a query take the place of a table inside a macro', async () => {
		const warehouse = await opened();
		await warehouse.write(async (writer) => {
			await writer.run(`insert into region values ('R1', 'x')`);
			await writer.run(`insert into municipality values ('M1', 'R1', 'x')`);
			await writer.run(
				`insert into school (school_id, municipality_id, region_id) values ('S1', 'M1', 'R1')`,
			);
			await writer.run(
				`insert into pupil_row (row_number, school_id, score) values (1, 'S1', 5), (2, 'S2', 6)`,
			);
			await writer.run(
				`insert into campaign (campaign_id, municipality_id, state) values ('C1', 'M1', 'open')`,
			);
			await writer.run(`insert into response (response_key, campaign_id, school_id) values (1, 'C1', 'S1')`);
			await writer.run('insert into instrument_scale (scale_key) values (1)');
			await writer.run('insert into scored_scale (response_key, scale_key) values (1, 1)');
		});
		const foreign = `
			with school as (select 'S2' as school_id, 'M1' as municipality_id, 'R1' as region_id),
				pupil_row as (select 'S1' as school_id), pupil_result as (select 'S1' as school_id),
				campaign as (select 'C1' as campaign_id, 'released' as state),
				released_campaign as (select 'C1' as campaign_id),
				scale_score as (select 'C1' as campaign_id, 'S1' as school_id)`;
		const places = { places: ['municipality/M1'] };
		const results = await warehouse.ask(
			`${foreign} select row_number from results_visible_to($places::varchar[])`,
			places,
		);
		expect(rowsOf(results)).toEqual([{ row_number: 1 }]);
		const scores = await warehouse.ask(
			`${foreign} select * from scores_visible_to($places::varchar[])`,
			places,
		);
		expect(rowsOf(scores)).toEqual([]);
	});

	it('begins with the grain as a sentence in every view', async () => {
		const { viewFiles } = await import('#data/warehouse/sql-files.ts');
		for (const file of viewFiles) expect(readFileSync(file, 'utf8')).toMatch(/^-- \S.*[.:,]/);
	});
});

describe('the file', () => {
	it('keeps what was written', async () => {
		const path = freshWarehousePath();
		const first = await openWarehouse({ path });
		await first.write((writer) => writer.run(`insert into region values ('R1', 'x')`));
		await first.close();
		expect(rowsOf(await (await opened(path)).ask('select * from region'))).toEqual([
			{ region_id: 'R1', name: 'x' },
		]);
	});

	it('is refused to a second opening in this process and in another one', async () => {
		const path = freshWarehousePath();
		await opened(path);
		await expect(openWarehouse({ path })).rejects.toMatchObject({ code: 'in-use' });
		const script = fileURLToPath(new URL('open-warehouse.ts', import.meta.url));
		const child = spawn(process.execPath, [script, path], { stdio: ['ignore', 'pipe', 'inherit'] });
		let output = '';
		child.stdout.on('data', (chunk) => {
			output += chunk;
		});
		await once(child, 'close');
		expect(output.trim()).toBe(`in-use ${path} is in use by process ${process.pid}`);
	});

	it.each([
		['no database at all', () => Buffer.from('not a database'.repeat(1_000))],
		['empty', () => Buffer.alloc(0)],
		['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
		['spoilt inside', (bytes: Buffer) => spoil(bytes)],
	])('begins anew when it is %s', async (_, damage) => {
		const path = freshWarehousePath();
		const first = await openWarehouse({ path });
		await first.write((writer) =>
			writer.run(`insert into region select 'R' || range, md5(range::varchar) from range(50000)`),
		);
		await first.checkpoint();
		await first.close();
		writeFileSync(path, damage(readFileSync(path)));
		const healed = await opened(path);
		expect(rowsOf(await healed.ask('select count(*)::integer as n from region'))).toEqual([{ n: 0 }]);
	});

	it('begins anew when it has another shape', async () => {
		const path = freshWarehousePath();
		const first = await openWarehouse({ path });
		await first.write(async (writer) => {
			await writer.run(`insert into region values ('R1', 'x')`);
			await writer.run(`update warehouse_shape set hash = 'old'`);
		});
		await first.close();
		const healed = await opened(path);
		expect(rowsOf(await healed.ask('select * from region'))).toEqual([]);
	});

	it('of made benchmark data is never thrown away for its shape', async () => {
		const path = freshWarehousePath();
		const first = await openWarehouse({ path });
		await first.write((writer) => writer.run(`update warehouse_shape set hash = 'old', generated = true`));
		await first.close();
		await expect(openWarehouse({ path })).rejects.toMatchObject({ code: 'generated-outdated' });
		expect(existsSync(path)).toBe(true);
	});

	it('survives a wrong setting', async () => {
		const path = freshWarehousePath();
		const first = await openWarehouse({ path });
		await first.write((writer) => writer.run(`insert into region values ('R1', 'x')`));
		await first.close();
		await expect(openWarehouse({ path, memory: 'much' })).rejects.toMatchObject({ code: 'not-openable' });
		expect(rowsOf(await (await opened(path)).ask('select region_id from region'))).toEqual([
			{ region_id: 'R1' },
		]);
	});
});

function spoil(bytes: Buffer): Buffer {
	for (let index = 20_000; index < bytes.length; index += 997) bytes[index] = bytes[index]! ^ 0xff;
	return bytes;
}
