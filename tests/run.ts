import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeSettings } from '#server/node-settings.ts';

/**
 * `npm test`: lint, types, boundaries, dead code, then unit, golden, api and browser tests; ends with one line of counts.
 * A step that cannot run is a failure with its remedy, never a silent skip.
 */

interface Counts {
	passed: number;
	failed: number;
	skipped: number;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (path: string) => join(root, 'node_modules', path);
const reports = mkdtempSync(join(tmpdir(), 'opora-tests-'));

function run(
	title: string,
	script: string,
	parameters: string[],
	env: NodeJS.ProcessEnv = {},
): Promise<number> {
	process.stdout.write(`\n── ${title}\n`);
	return new Promise((resolve) => {
		const child = spawn(process.execPath, [script, ...parameters], {
			cwd: root,
			stdio: ['ignore', 'inherit', 'inherit'],
			env: { ...nodeSettings(undefined).environment, ...process.env, ...env },
		});
		child.on('exit', (code) => resolve(code ?? 1));
	});
}

async function check(title: string, script: string, parameters: string[]): Promise<Counts> {
	const code = await run(title, script, parameters);
	return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

let isClientBuilt = false;

async function buildClient(): Promise<Counts> {
	const counts = await check('client build', bin('vite/bin/vite.js'), ['build', '--logLevel', 'warn']);
	isClientBuilt = counts.failed === 0;
	return counts;
}

function readJson(path: string): unknown {
	return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}

async function vitest(): Promise<Counts> {
	const path = join(reports, 'vitest.json');
	const code = await run(
		'unit, golden, property, api',
		bin('vitest/vitest.mjs'),
		['run', '--reporter=default', '--reporter=json', `--outputFile.json=${path}`],
		isClientBuilt ? { OPORA_BUILT_CLIENT: join(root, 'dist/client') } : {},
	);
	const report = readJson(path) as
		| { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number }
		| undefined;
	if (!report) return { passed: 0, failed: 1, skipped: 0 };
	return {
		passed: report.numPassedTests,
		failed: Math.max(report.numFailedTests, code === 0 ? 0 : 1),
		skipped: report.numPendingTests + report.numTodoTests,
	};
}

async function playwright(): Promise<Counts> {
	const path = join(reports, 'playwright.json');
	const code = await run('browser', bin('@playwright/test/cli.js'), ['test', '--reporter=list,json'], {
		PLAYWRIGHT_JSON_OUTPUT_NAME: path,
		OPORA_DEMO_TEMPLATE: reports,
	});
	const report = readJson(path) as
		| { stats: { expected: number; unexpected: number; flaky: number; skipped: number } }
		| undefined;
	if (!report) return { passed: 0, failed: 1, skipped: 0 };
	const { expected, unexpected, flaky, skipped } = report.stats;
	return { passed: expected + flaky, failed: Math.max(unexpected, code === 0 ? 0 : 1), skipped };
}

const steps: (() => Promise<Counts>)[] = [
	() =>
		check('format, lint, boundaries', bin('@biomejs/biome/bin/biome'), ['ci', '--max-diagnostics=40', '.']),
	() => check('types', bin('typescript/bin/tsc'), ['-p', '.']),
	() => check('dead code and dependencies', bin('knip/bin/knip.js'), []),
	buildClient,
	vitest,
	playwright,
];

const total: Counts = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
	const counts = await step();
	total.passed += counts.passed;
	total.failed += counts.failed;
	total.skipped += counts.skipped;
}
rmSync(reports, { recursive: true, force: true });
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed === 0 ? 0 : 1);
