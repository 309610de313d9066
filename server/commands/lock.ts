import { existsSync } from 'node:fs';
import { type FolderLock, lockFolder } from '#data/records/lock.ts';
import { Refusal } from './command.ts';

/**
 * Takes an existing data folder for a command that must be alone with it.
 * @throws {RecordsError} `folder-in-use` with the process id of a running server
 */
export function lockForCommand(folder: string): FolderLock {
	if (!existsSync(folder)) throw new Refusal(`OPORA_DATA: ${folder} ?`);
	return lockFolder(folder);
}
