import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import chromium from '@sparticuz/chromium';

const debianPath = '/usr/bin/chromium';

function runs(path: string): boolean {
	return spawnSync(path, ['--version', '--no-sandbox', '--headless']).status === 0;
}

/** How it is started: without a sandbox, a window and errands of its own. */
export const browserArguments = [
	'--no-sandbox',
	'--headless',
	'--disable-gpu',
	'--disable-background-networking',
	'--disable-component-update',
	'--disable-sync',
];

/**
 * Path of a Chromium that runs here: the one that comes from npm, or Debian's where the machine lacks its libraries.
 * @throws with the remedy when there is none: browser tests are never skipped in silence
 */
export async function chromiumPath(): Promise<string> {
	const packaged = await chromium.executablePath();
	if (runs(packaged)) return packaged;
	if (existsSync(debianPath) && runs(debianPath)) return debianPath;
	throw new Error(
		'No Chromium runs on this machine. Remedy on Debian: apt-get update && apt-get install -y chromium',
	);
}
