import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findFolderHolder, lockFolder } from '#data/records/lock.ts';

const folders: string[] = [];
afterAll(() => {
	for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function freshFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'opora-lock-'));
	folders.push(folder);
	return folder;
}

describe('a locked folder', () => {
	it('is refused with the process id of its server, and free after its release', () => {
		const folder = freshFolder();
		expect(findFolderHolder(folder)).toBeUndefined();
		const lock = lockFolder(folder);
		expect(findFolderHolder(folder)).toBe(process.pid);
		expect(() => lockFolder(folder)).toThrow(
			expect.objectContaining({ code: 'folder-in-use', params: { pid: process.pid } }),
		);
		lock.release();
		expect(findFolderHolder(folder)).toBeUndefined();
		lockFolder(folder).release();
	});

	it('is refused while another process has it, and taken over when that process was killed', async () => {
		const folder = freshFolder();
		const file = new URL('../../../data/records/lock.ts', import.meta.url).href;
		const program = `const { lockFolder } = await import(${JSON.stringify(file)});
			lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
		const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
			stdio: ['ignore', 'pipe', 'inherit'],
		});
		await once(child.stdout, 'data');
		expect(() => lockFolder(folder)).toThrow(
			expect.objectContaining({ code: 'folder-in-use', params: { pid: child.pid } }),
		);
		const gone = once(child, 'exit');
		child.kill('SIGKILL');
		await gone;
		expect(findFolderHolder(folder)).toBeUndefined();
		lockFolder(folder).release();
	});

	it('is not held by an unreadable lock, nor by an earlier process of the same number', () => {
		const folder = freshFolder();
		writeFileSync(join(folder, 'server.lock'), '');
		lockFolder(folder).release();
		writeFileSync(join(folder, 'server.lock'), JSON.stringify({ pid: process.pid, started: '1' }));
		lockFolder(folder).release();
		writeFileSync(join(folder, 'server.lock'), JSON.stringify({ pid: process.ppid, started: '1' }));
		lockFolder(folder).release();
	});
});
