import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../../shared/data/', import.meta.url));

/** Path of a file among the real data sets that stand beside the project, or undefined where they are not at hand. */
export function sharedData(name: string): string | undefined {
	const path = `${folder}${name}`;
	return existsSync(path) ? path : undefined;
}
