import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What is planted against a rule: where, and what it imports. */
const forbidden: [name: string, folder: string, specifier: string][] = [
	['surveys must not know data', 'surveys', '#data/records/store.ts'],
	['data must not know analytics', 'data', '#analytics/module.ts'],
	['records must not know the warehouse', 'data/records', '#data/warehouse/warehouse.ts'],
	['an area of records must not know another', 'data/records/results', '../registry/schools.ts'],
	['analytics must not know records', 'analytics', '#data/records/store.ts'],
	['a module must not know another', 'analytics/planted', '../deficit-map/compute.ts'],
	['the server must not know the client', 'server', '#client/api.ts'],
	['the contract knows zod alone', 'server/contract', '../app.ts'],
	['the client must not know analytics', 'client', '#analytics/module.ts'],
	['the client knows the contract alone', 'client', '#server/app.ts'],
	['pages must not know pages', 'client/results', '../diagnostics/SurveyPage.tsx'],
	['nothing imports tests', 'server', '#tests/support/records.ts'],
	['DuckDB stays in the warehouse', 'analytics', '@duckdb/node-api'],
	['SQLite stays in the records', 'server', 'node:sqlite'],
	['Vega stays in the chart', 'client/dashboard', 'vega-lite'],
	['Arrow stays at its two borders', 'client/dashboard', 'apache-arrow'],
	['property tests have a seed', 'tests/analytics', 'fast-check'],
];
const pathOf = (index: number) => `${forbidden[index]?.[1]}/planted-${index}.ts`;
const permitted = 'analytics/planted/permitted.ts';
const cycle = ['analytics/planted/one.ts', 'analytics/planted/other.ts'] as const;
const floating = 'server/planted-floating.ts';

describe('the rule of direction refuses what is planted', () => {
	const planted: Record<string, string> = {
		...Object.fromEntries(
			forbidden.map(([, , specifier], index) => [
				pathOf(index),
				`import { x } from '${specifier}';\nexport const y = x;\n`,
			]),
		),
		[permitted]:
			"import { simes } from '../statistics/simes.ts';\nimport type { Row } from '../module.ts';\nexport const y: (row: Row) => number | null = () => simes([0.5]);\n",
		[cycle[0]]: "import { b } from './other.ts';\nexport const a = () => b;\n",
		[cycle[1]]: "import { a } from './one.ts';\nexport const b = () => a;\n",
		[floating]: 'async function work(): Promise<void> {}\nexport function start(): void {\n\twork();\n}\n',
	};
	/** rules that the linter found broken, per planted file */
	let found: Map<string, string[]>;

	// All at once: the linter reads the whole project whenever it is asked about one file.
	beforeAll(() => {
		for (const [path, text] of Object.entries(planted)) {
			mkdirSync(dirname(join(root, path)), { recursive: true });
			writeFileSync(join(root, path), text);
		}
		found = lint(Object.keys(planted));
	}, 120_000);
	afterAll(() => {
		for (const path of Object.keys(planted)) rmSync(join(root, path), { force: true });
		rmSync(join(root, 'analytics/planted'), { recursive: true, force: true });
	});

	test.each(forbidden.map(([name], index) => [name, pathOf(index)]))('%s', (_name, path) => {
		expect(found.get(path)).toContain('lint/style/noRestrictedImports');
	});

	test('a permitted import is let through, so the rule is read and not merely on', () => {
		expect(found.get(permitted) ?? []).not.toContain('lint/style/noRestrictedImports');
	});

	test('a cycle of two files', () => {
		for (const path of cycle) expect(found.get(path)).toContain('lint/suspicious/noImportCycles');
	});

	test('a promise left floating', () => {
		expect(found.get(floating)).toContain('lint/nursery/noFloatingPromises');
	});
});

function lint(paths: readonly string[]): Map<string, string[]> {
	const { stdout, stderr } = spawnSync(
		process.execPath,
		[
			join(root, 'node_modules/@biomejs/biome/bin/biome'),
			'lint',
			'--vcs-enabled=false',
			'--reporter=json',
			'--max-diagnostics=none',
			...paths,
		],
		{ cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 },
	);
	if (!stdout.startsWith('{')) throw new Error(`the linter said: ${stderr}`);
	const { diagnostics } = JSON.parse(stdout) as {
		diagnostics: { category: string; location: { path: string } }[];
	};
	const found = new Map<string, string[]>();
	for (const { category, location } of diagnostics)
		found.set(location.path, [...(found.get(location.path) ?? []), category]);
	return found;
}

describe('every folder of its kind is whole', () => {
	const foldersOf = (path: string) =>
		readdirSync(join(root, path), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map((entry) => entry.name);

	// `scale`: what the command line says of a file of answers; no question of the catalogue.
	const modules = foldersOf('analytics').filter((name) => name !== 'statistics' && name !== 'scale');
	test.each(modules)('module %s has its five files', (name) => {
		for (const file of ['definition.ts', 'rows.sql', 'compute.ts', 'chart.vl.json', 'README.md'])
			expect(existsSync(join(root, 'analytics', name, file)), file).toBe(true);
	});

	const instruments = foldersOf('surveys').filter((name) =>
		existsSync(join(root, 'surveys', name, 'survey.json')),
	);
	test.each(instruments)('instrument %s has its three files', (name) => {
		for (const file of ['survey.json', 'key.json', 'README.md'])
			expect(existsSync(join(root, 'surveys', name, file)), file).toBe(true);
	});

	test('there are modules and instruments to look at', () => {
		expect(modules.length).toBeGreaterThanOrEqual(6);
		expect(instruments.length).toBeGreaterThanOrEqual(2);
	});
});

describe('documents are kept true', () => {
	const text = (path: string) => readFileSync(join(root, path), 'utf8');

	test('METHODOLOGY.md links each module and each instrument', () => {
		const methodology = text('METHODOLOGY.md');
		for (const folder of ['analytics', 'surveys'])
			for (const entry of readdirSync(join(root, folder), { withFileTypes: true }))
				if (entry.isDirectory() && existsSync(join(root, folder, entry.name, 'README.md')))
					expect(methodology).toContain(`(${folder}/${entry.name}/README.md)`);
	});

	test('README.md lists each setting of the server', () => {
		const settings = text('server/config.ts').match(/\b[A-Z][A-Z_]{2,}\b(?=\s*:)/g) ?? [];
		expect(settings.length).toBeGreaterThan(10);
		const readme = text('README.md');
		for (const setting of settings) expect(readme).toContain(`\`${setting}\``);
	});

	test('every decision is dated', () => {
		const decisions = readdirSync(join(root, 'docs/decisions')).filter((name) => name.endsWith('.md'));
		expect(decisions.length).toBeGreaterThan(5);
		for (const name of decisions) expect(text(`docs/decisions/${name}`)).toMatch(/\d{4}-\d{2}-\d{2}/);
	});
});
