import { readFileSync } from 'node:fs';
import { compile } from 'vega-lite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { modules } from '#analytics/catalogue.ts';
import { filterNames } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import { rowsOf } from '#data/warehouse/columns.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';

/** Aggregates of everything imported that name no school, and dictionaries: open to every viewer. */
const openRelations = new Set([
	'instrument',
	'instrument_scale',
	'instrument_level',
	'competency',
	'competency_group',
	'municipality',
	'released_scale_summary',
]);
const openMacros =
	/^(?:\w+_visible_to|chosen_campaign|scale_errors|left_out_responses|released_scale_summary_of|reference_\w+|unnest|range|generate_series)$/;

const textOf = (module: string, file: string) =>
	readFileSync(new URL(`../../analytics/${module}/${file}`, import.meta.url), 'utf8');

let warehouse: Warehouse;
beforeAll(async () => {
	warehouse = await openWarehouse({ path: ':memory:' });
});
afterAll(() => warehouse.close());

interface Found {
	tables: Set<string>;
	functions: Set<string>;
	steps: Set<string>;
}

function walk(node: unknown, found: Found): void {
	if (Array.isArray(node)) {
		for (const child of node) walk(child, found);
		return;
	}
	if (node === null || typeof node !== 'object') return;
	const record = node as Record<string, unknown>;
	if (record.type === 'BASE_TABLE') found.tables.add(String(record.table_name));
	if (record.type === 'TABLE_FUNCTION')
		found.functions.add(String((record.function as Record<string, unknown>).function_name));
	if (record.cte_map) {
		const { map } = record.cte_map as { map: { key: string }[] };
		for (const { key } of map) found.steps.add(key);
	}
	for (const child of Object.values(record)) walk(child, found);
}

async function relationsOf(sql: string): Promise<Found> {
	const columns = await warehouse.ask(`select json_serialize_sql('${sql.replaceAll("'", "''")}') as tree`);
	const tree = JSON.parse(String(rowsOf(columns)[0]?.tree));
	expect(tree.error, String(tree.error_message ?? '')).toBe(false);
	const found: Found = { tables: new Set(), functions: new Set(), steps: new Set() };
	walk(tree, found);
	return found;
}

test('the judge of relations tells tables, steps and macros apart', async () => {
	const found = await relationsOf(
		'with step as (select 1) select * from step, school, schools_visible_to($places)',
	);
	expect([...found.tables].filter((name) => !found.steps.has(name))).toEqual(['school']);
	expect([...found.functions]).toEqual(['schools_visible_to']);
});

describe.each(modules.map((entry) => [entry.definition.id, entry] as const))('%s', (id, entry) => {
	const { definition } = entry;

	test('reads only through relations that know who asks', async () => {
		const { tables, functions, steps } = await relationsOf(textOf(id, 'rows.sql'));
		const strangers = [...tables].filter((name) => !steps.has(name) && !openRelations.has(name));
		expect(strangers).toEqual([]);
		expect([...functions].filter((name) => !openMacros.test(name))).toEqual([]);
	});

	test('names no step like a table: it would stand in that table’s place inside the macros', async () => {
		const { steps } = await relationsOf(textOf(id, 'rows.sql'));
		const tables = await warehouse.ask(
			'select table_name from duckdb_tables() union select view_name from duckdb_views()',
		);
		expect([...steps].filter((step) => (tables.columns[0] as string[]).includes(step))).toEqual([]);
	});

	test('opens with its grain and takes every filter that it declares', () => {
		const sql = textOf(id, 'rows.sql');
		expect(sql.startsWith('-- One row per')).toBe(true);
		for (const filter of definition.filters) {
			expect(filterNames).toContain(filter);
			// `runModule` takes these of the rows of all schools.
			const isTakenLater = definition.isOfAllSchools && ['school', 'municipality'].includes(filter);
			if (isTakenLater) expect(sql).toContain('as is_shown');
			else expect(sql, filter).toMatch(new RegExp(`\\$${filter}\\b`));
		}
		expect(sql).not.toMatch(/select \*\s+from(?![\s\S]*select)/);
	});

	test('answers an empty warehouse with an empty table and a finding in both languages', async () => {
		for (const role of definition.audience)
			for (const language of ['ru', 'en'] as const) {
				const result = await runModule(entry, {
					warehouse,
					viewer: { role, places: ['region/R1'], codes: [] },
					filters: {},
					language,
				});
				expect(Object.keys(result.columns)).toEqual(Object.keys(definition.row));
				expect(result.finding.title.ru).toMatch(/[а-яё]/i);
				expect(result.finding.title.en).toMatch(/[a-z]/i);
				expect(JSON.stringify(result)).not.toMatch(/NaN|undefined|Infinity/);
			}
	});

	test('refuses a role that is not its audience and a filter that it does not know', async () => {
		const viewer = { role: 'admin' as const, places: [], codes: [] };
		await expect(runModule(entry, { warehouse, viewer, filters: {}, language: 'ru' })).rejects.toThrow(
			'not-for-role',
		);
		const strange = filterNames.find((name) => !(definition.filters as readonly string[]).includes(name));
		const own = { role: definition.audience[0] as never, places: [], codes: [] };
		await expect(
			runModule(entry, { warehouse, viewer: own, filters: { [strange as string]: 'x' }, language: 'ru' }),
		).rejects.toThrow('unknown-filter');
	});

	test('its picture compiles with no warning, leaves its input unchanged and uses fields of the contract', () => {
		const text = textOf(id, 'chart.vl.json');
		const specification = JSON.parse(text);
		const warnings: unknown[] = [];
		const keep = (...message: unknown[]) => {
			warnings.push(message);
			return logger;
		};
		const logger = {
			level: () => logger,
			warn: keep,
			error: keep,
			info: () => logger,
			debug: () => logger,
		};
		compile(specification, { logger: logger as never });
		expect(warnings).toEqual([]);
		expect(JSON.stringify(specification)).toBe(JSON.stringify(JSON.parse(text)));
		expect(specification.data).toEqual({ name: 'rows' });
		const made = new Set([...text.matchAll(/"as":\s*"(\w+)"/g)].map((match) => match[1]));
		const used = [
			...[...text.matchAll(/"field":\s*"(\w+)"/g)].map((match) => match[1] as string),
			...[...text.matchAll(/datum\.(\w+)/g)].map((match) => match[1] as string),
		];
		expect(used.length).toBeGreaterThan(0);
		for (const field of used)
			if (!made.has(field)) expect(Object.keys(definition.row), field).toContain(field);
	});

	test('its card has its headings and the presets of its definition', () => {
		const card = textOf(id, 'README.md');
		for (const heading of [
			'Вопрос',
			'Данные',
			'Формула',
			'Как читать',
			'Ограничения',
			'Источники',
			'In English',
		])
			expect(card, heading).toMatch(new RegExp(`^## .*${heading}`, 'm'));
		for (const [name, value] of Object.entries(definition.presets))
			expect(card, name).toMatch(
				new RegExp(`\`${name}\`\\s*\\|\\s*${String(value).replace('.', '[.,]')}\\b`),
			);
	});

	test('its labels are there in both languages', () => {
		for (const [name, field] of Object.entries(definition.row)) {
			expect(field.label.ru, name).not.toBe('');
			expect(field.label.en, name).not.toMatch(/[а-яё]/i);
		}
	});
});
