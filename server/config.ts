import { resolve } from 'node:path';
import { z } from 'zod';
import type { ModulePresets } from '#analytics/module.ts';

const port = z.coerce.number().int().min(0).max(65535);
const memory = z.string().regex(/^\d+(\.\d+)?\s?([KMGT]i?B)$/i);
const webAddress = z.url({ protocol: /^https?$/ });

/**
 * Every setting that the environment may carry; an empty value counts as not set.
 * `PORT=0` takes any free port (tests).
 */
export const settings = z.object({
	PORT: port.default(3000),
	HOST: z.string().min(1).default('127.0.0.1'),
	OPORA_DATA: z.string().min(1).default('./var'),
	DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
	PUBLIC_URL: webAddress.optional(),
	OPORA_SECRET_FILE: z.string().min(1).optional(),
	/** proxies in front: how many, or which addresses */
	TRUST_PROXY: z.union([z.coerce.number().int().min(0).max(10), z.string()]).optional(),
	TZ: z
		.string()
		.refine(isTimeZone, { params: { expected: 'Europe/Moscow' } })
		.optional(),
	/** `smtp://user:password@host:587`, or `smtps://` */
	SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
	/** the sender of reminders, such as `Методслужба <metod@example.org>` */
	SMTP_FROM: z.string().min(3).max(300).optional(),
	/** rule of low results: either of its conditions makes a school low, or both together */
	LOW_RESULTS_COMBINE: z.enum(['any', 'all']).default('any'),
	OBJECTIVITY_Q_METHOD: z.enum(['hochberg', 'yekutieli']).default('hochberg'),
	METRICS_TOKEN: z.string().min(16).optional(),
	LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
	DUCKDB_MEMORY: memory.default('1GB'),
	DUCKDB_THREADS: z.coerce.number().int().min(1).max(64).default(2),
});

/** Settings of the contract that this version does not use yet; setting one is answered with a warning at the start. */
export const unusedSettings = [
	'OIDC_ISSUER',
	'OIDC_CLIENT_ID',
	'OIDC_CLIENT_SECRET',
	'OPORA_KEY_FILE',
	'BACKUP_DIR',
] as const;

export type Settings = z.infer<typeof settings>;

export interface Config extends Settings {
	/** absolute path of the data folder */
	folder: string;
	/** settings that were given and have no effect */
	ignored: string[];
	/** presets of modules that differ here from their definitions */
	modulePresets: ModulePresets;
}

/** A setting that cannot be used; the message names it and its value's fault. */
export class ConfigError extends Error {}

/**
 * Reads the settings.
 * @throws {ConfigError} naming every wrong one
 */
export function readConfig(environment: Record<string, string | undefined>, from = process.cwd()): Config {
	const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
	const parsed = settings.safeParse(given);
	if (!parsed.success) {
		const faults = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
		throw new ConfigError(`wrong setting\n${faults.join('\n')}`);
	}
	return {
		...parsed.data,
		folder: resolve(from, parsed.data.OPORA_DATA),
		modulePresets: {
			'low-results': { combine: parsed.data.LOW_RESULTS_COMBINE },
			'result-objectivity': { q_method: parsed.data.OBJECTIVITY_Q_METHOD },
		},
		ignored: unusedSettings.filter((name) => given[name] !== undefined),
	};
}

function isTimeZone(name: string): boolean {
	try {
		new Intl.DateTimeFormat('en', { timeZone: name });
		return true;
	} catch {
		return false;
	}
}
