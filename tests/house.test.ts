import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const planted: string[] = [];

/** Plants a file under the root, lints it and says what the linter found. */
function lintPlanted(files: Record<string, string>): string {
	for (const [path, text] of Object.entries(files)) {
		const full = join(root, path);
		mkdirSync(dirname(full), { recursive: true });
		writeFileSync(full, text);
		planted.push(full);
	}
	const { stdout, stderr } = spawnSync(
		process.execPath,
		[
			join(root, 'node_modules/@biomejs/biome/bin/biome'),
			'lint',
			'--vcs-enabled=false',
			...Object.keys(files),
		],
		{ cwd: root, encoding: 'utf8' },
	);
	return stdout + stderr;
}

afterEach(() => {
	for (const path of planted.splice(0)) {
		rmSync(path, { force: true });
		const folder = dirname(path);
		if (folder.includes('planted') && existsSync(folder) && readdirSync(folder).length === 0)
			rmSync(folder, { recursive: true });
	}
});

describe('the rule of direction refuses what is planted', () => {
	const forbidden: [string, string, string][] = [
		['surveys must not know data', 'surveys/planted/a.ts', '#data/records/store.ts'],
		['data must not know analytics', 'data/planted/a.ts', '#analytics/module.ts'],
		['records must not know the warehouse', 'data/records/planted/a.ts', '#data/warehouse/warehouse.ts'],
		['an area of records must not know another', 'data/records/results/planted.ts', '../registry/schools.ts'],
		['analytics must not know records', 'analytics/planted.ts', '#data/records/store.ts'],
		['a module must not know another', 'analytics/planted/a.ts', '../deficit-map/compute.ts'],
		['the server must not know the client', 'server/planted.ts', '#client/api.ts'],
		['the contract knows zod alone', 'server/contract/planted.ts', '../app.ts'],
		['the client must not know analytics', 'client/planted.ts', '#analytics/module.ts'],
		['the client knows the contract alone', 'client/planted.ts', '#server/app.ts'],
		['pages must not know pages', 'client/results/planted.ts', '../diagnostics/SurveyPage.tsx'],
		['nothing imports tests', 'server/planted.ts', '#tests/support/records.ts'],
		['DuckDB stays in the warehouse', 'analytics/planted.ts', '@duckdb/node-api'],
		['SQLite stays in the records', 'server/planted.ts', 'node:sqlite'],
		['Vega stays in the chart', 'client/dashboard/planted.ts', 'vega-lite'],
		['Arrow stays at its two borders', 'client/dashboard/planted.ts', 'apache-arrow'],
	];
	test.each(forbidden)('%s', (_name, path, specifier) => {
		const found = lintPlanted({ [path]: `import { x } from '${specifier}';\nexport const y = x;\n` });
		expect(found).toContain('noRestrictedImports');
	});

	test('a permitted import is let through, so the rule is read and not merely on', () => {
		const found = lintPlanted({
			'analytics/planted/a.ts':
				"import { simes } from '../statistics/simes.ts';\nimport type { Row } from '../module.ts';\nexport const y: (row: Row) => number | null = () => simes([0.5]);\n",
		});
		expect(found).not.toContain('noRestrictedImports');
	});

	test('a cycle of two files', () => {
		const found = lintPlanted({
			'analytics/planted/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
			'analytics/planted/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
		});
		expect(found).toContain('noImportCycles');
	});

	test('a promise left floating', () => {
		const found = lintPlanted({
			'server/planted.ts':
				'async function work(): Promise<void> {}\nexport function start(): void {\n\twork();\n}\n',
		});
		expect(found).toContain('noFloatingPromises');
	});
});

describe('every folder of its kind is whole', () => {
	const foldersOf = (path: string) =>
		readdirSync(join(root, path), { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map((entry) => entry.name);

	const modules = foldersOf('analytics').filter((name) => name !== 'statistics');
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
