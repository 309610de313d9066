import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from './config.ts';

/**
 * The installation's secret: from the file of `OPORA_SECRET_FILE`, else made once in the data folder, readable by its owner only.
 * @throws {ConfigError} when the named file is missing or too short
 */
export function readSecret(folder: string, file?: string): string {
	const path = file ?? join(folder, 'secret');
	if (!existsSync(path)) {
		if (file) throw new ConfigError(`wrong setting\nOPORA_SECRET_FILE: there is no file ${file}`);
		mkdirSync(folder, { recursive: true });
		// `wx`: of two processes that start together one writes and both read the same.
		try {
			writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
			chmodSync(path, 0o600);
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
	const secret = readFileSync(path, 'utf8').trim();
	if (secret.length < 32)
		throw new ConfigError(`wrong setting\nOPORA_SECRET_FILE: ${path} must hold at least 32 characters`);
	return secret;
}

/** Binds a text to the installation and to one purpose, so that a signature for one never serves another. */
export function sign(secret: string, purpose: string, text: string): string {
	return createHmac('sha256', secret).update(`${purpose}\0${text}`).digest('base64url');
}

/** Compares in constant time. */
export function sameText(left: string, right: string): boolean {
	const a = Buffer.from(left);
	const b = Buffer.from(right);
	return a.length === b.length && timingSafeEqual(a, b);
}
