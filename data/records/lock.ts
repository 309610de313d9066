import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { RecordsError } from './records-error.ts';

/** The server's hold on a data folder. */
export interface FolderLock {
	release(): void;
}

interface Holder {
	pid: number;
	/** tells a process from a later one that was given the same number; null where the system does not say */
	started: string | null;
}

const held = new Set<string>();

/**
 * Takes a data folder for this process, by the file `server.lock`. Throws RecordsError `folder-in-use` with the `pid`
 * of the process that has it; the lock of a process that is gone is taken over.
 */
export function lockFolder(folder: string): FolderLock {
	mkdirSync(folder, { recursive: true });
	const file = lockFile(folder);
	for (;;) {
		try {
			createWhole(file, JSON.stringify(thisProcess()));
			held.add(file);
			return {
				release() {
					if (held.delete(file)) rmSync(file, { force: true });
				},
			};
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
		const pid = findFolderHolder(folder);
		if (pid !== undefined) throw new RecordsError('folder-in-use', { pid });
		setAside(file);
	}
}

/** The process id of the server that has the folder; undefined when none has. */
export function findFolderHolder(folder: string): number | undefined {
	const file = lockFile(folder);
	const holder = readHolder(file);
	if (!holder) return undefined;
	// In a container the first process has the same number after every restart: only our own word counts then.
	if (holder.pid === process.pid) return held.has(file) ? holder.pid : undefined;
	return isAlive(holder) ? holder.pid : undefined;
}

function lockFile(folder: string): string {
	return join(resolve(folder), 'server.lock');
}

/** Creates a file that nobody can see half-written. Throws EEXIST when there is one. */
function createWhole(file: string, text: string): void {
	const draft = `${file}.${process.pid}.new`;
	writeFileSync(draft, text);
	try {
		linkSync(draft, file);
	} finally {
		rmSync(draft, { force: true });
	}
}

function thisProcess(): Holder {
	return { pid: process.pid, started: startOf(process.pid) };
}

function readHolder(file: string): Holder | undefined {
	try {
		const holder = JSON.parse(readFileSync(file, 'utf8')) as Holder;
		return Number.isInteger(holder.pid) ? holder : undefined;
	} catch {
		return undefined;
	}
}

/** Renames before removing: of two that find the same dead lock, only one can move it. */
function setAside(file: string): void {
	const aside = `${file}.${process.pid}`;
	try {
		renameSync(file, aside);
		const moved = readHolder(aside);
		// Between reading and renaming another process may have taken the folder over: then it is put back.
		if (moved && moved.pid !== process.pid && isAlive(moved)) renameSync(aside, file);
		else rmSync(aside, { force: true });
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
	}
}

function isAlive({ pid, started }: Holder): boolean {
	try {
		process.kill(pid, 0);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
	}
	const now = startOf(pid);
	return started === null || now === null || now === started;
}

/** When a process began, in the system's own ticks (Linux). */
function startOf(pid: number): string | null {
	try {
		const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
		return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
	} catch {
		return null;
	}
}
