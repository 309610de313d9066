import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** True when a data folder holds records already. */
export const hasRecords = (folder: string): boolean => existsSync(join(folder, 'records.sqlite'));
