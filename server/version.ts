import { readFileSync } from 'node:fs';

const description = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** Version of the program, as `package.json` says. */
export const VERSION: string = description.version;
