import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { progressLine } from '#server/commands/progress-line.ts';

const launcher = fileURLToPath(new URL('../../server/launch.ts', import.meta.url));
const here = mkdtempSync(join(tmpdir(), 'opora-stop-'));
afterAll(() => rmSync(here, { recursive: true, force: true }));

describe('a long command', () => {
	it('ends at once and without a word when it is interrupted', async () => {
		const file = join(here, 'answers.csv');
		const line = (row: number): string => Array.from({ length: 60 }, (_, j) => (row * (j + 7)) % 2).join();
		const block = `${Array.from({ length: 500 }, (_, row) => line(row)).join('\n')}\n`;
		writeFileSync(file, `${Array.from({ length: 60 }, (_, j) => `i${j}`).join()}\n${block.repeat(2_000)}`);
		const child = spawn(process.execPath, [launcher, 'analyze', 'scale', '--data', file]);
		const said: string[] = [];
		child.stdout.on('data', (piece) => said.push(String(piece)));
		child.stderr.on('data', (piece) => said.push(String(piece)));
		await new Promise((resolve) => setTimeout(resolve, 2_000));
		const asked = performance.now();
		child.kill('SIGINT');
		const code = await new Promise((resolve) => child.once('exit', resolve));
		expect(code).toBe(130);
		expect(performance.now() - asked).toBeLessThan(2_000);
		expect(said).toEqual([]);
	}, 30_000);

	it('shows its progress on one line of a terminal, in words, and takes it away', () => {
		const written: string[] = [];
		const terminal = { isTTY: true, columns: 31, write: (text: string) => written.push(text) > 0 };
		const show = progressLine(terminal, 'en');
		show({ stage: 'difficulties', share: 0.701 });
		show({ stage: 'difficulties', share: 0.702 });
		show(null);
		expect(written).toEqual(['\r\u001B[KEstimating the difficulty of i', '\r\u001B[K']);
	});

	it('shows none where its output is kept', () => {
		const show = progressLine({ write: () => expect.fail('nothing is to be written') }, 'ru');
		show({ stage: 'reading', share: 0 });
		show(null);
	});
});
