import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made = new Set<string>();

/** A folder that goes at the end of the run, also when the run is cut short. */
export function freshFolder(): string {
	if (made.size === 0) process.once('exit', removeFolders);
	const folder = mkdtempSync(join(tmpdir(), 'opora-bench-'));
	made.add(folder);
	return folder;
}

/** A copy of a folder that no server has open. */
export function copyFolder(source: string): string {
	const folder = freshFolder();
	cpSync(source, folder, { recursive: true });
	return folder;
}

function removeFolders(): void {
	for (const folder of made) rmSync(folder, { recursive: true, force: true });
}
