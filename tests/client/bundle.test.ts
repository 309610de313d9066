import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { measurePaths } from '../bench/script-size.ts';

const root = join(import.meta.dirname, '../..');
// the whole run has just built the client; alone this file builds its own
const built = process.env.OPORA_BUILT_CLIENT;
const folder = built ?? mkdtempSync(join(tmpdir(), 'opora-client-'));

// as the shipped build is made: a test process would bring the development build of React
beforeAll(async () => {
	if (built) return;
	await promisify(execFile)(
		process.execPath,
		[join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', folder, '--emptyOutDir'],
		{ cwd: root, env: { ...process.env, NODE_ENV: 'production' } },
	);
}, 120_000);
afterAll(() => {
	if (!built) rmSync(folder, { recursive: true, force: true });
});

const texts = (kind: RegExp) =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && kind.test(entry.name))
		.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));

describe('the built client', () => {
	it('stays under the floors of script on both paths (G17)', () => {
		for (const { path, gzip, gzip_floor, files } of measurePaths(folder)) {
			expect(files.length, path).toBeGreaterThan(5);
			expect(gzip, path).toBeLessThanOrEqual(gzip_floor);
		}
	});

	it('gives one who answers neither Mantine nor Vega, and a board no SurveyJS', () => {
		const [teacher, board] = measurePaths(folder);
		const sourceOf = (files: string[]) =>
			files.map((file) => readFileSync(join(folder, file), 'utf8')).join('\n');
		expect(sourceOf(teacher!.files)).not.toMatch(/mantine-color-body|vega-lite/);
		expect(sourceOf(teacher!.files)).toContain('sd-root-modern');
		expect(sourceOf(board!.files)).not.toContain('sd-root-modern');
	});

	it('keeps for offline use files that exist: a single missing one would keep none', () => {
		const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8');
		const kept = new Set(
			worker.match(/\/(?:assets\/[\w.-]+|index\.html|manifest\.webmanifest|favicon\.svg)/g),
		);
		expect(kept.size).toBeGreaterThan(30);
		for (const file of kept) expect(existsSync(join(folder, file)), file).toBe(true);
	});

	it('has no inline script, and its page names no other host', () => {
		const page = readFileSync(join(folder, 'index.html'), 'utf8');
		expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
		expect(page).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
		for (const style of texts(/\.css$/)) expect(style).not.toMatch(/url\(["']?(?:https?:)?\/\//);
	});

	it('ships each text beside its compressed copies', () => {
		const names = readdirSync(join(folder, 'assets'));
		const script = names.find((name) => /^SurveyPage-.*\.js$/.test(name));
		expect(names).toContain(`${script}.br`);
		expect(names).toContain(`${script}.gz`);
	});
});
