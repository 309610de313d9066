import { readdirSync, readFileSync } from 'node:fs';
import { fingerprintInstrument } from './fingerprint.ts';
import { checkInstrument } from './instrument-check.ts';
import type { SurveyJson } from './item-labels.ts';
import { type Key, keySchema } from './key.ts';

/** An instrument that ships with the program, read and checked. */
export interface ShippedInstrument {
	survey: SurveyJson;
	key: Key;
	/** The card as Markdown: purpose, population, time, source, evidence, reading, limits. */
	card: string;
	sha256: string;
}

const HOME = new URL('./', import.meta.url);
let shipped: readonly ShippedInstrument[] | undefined;

/**
 * Every shipped instrument in order of id; folders are read and checked once per process.
 * @throws Error that names the folder and its faults when one is not in order.
 */
export function listShippedInstruments(): readonly ShippedInstrument[] {
	shipped ??= readdirSync(HOME, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map(({ name }) => name)
		.filter((name) => readdirSync(new URL(`${name}/`, HOME)).includes('survey.json'))
		.sort()
		.map((name) => readInstrument(name));
	return shipped;
}

function readInstrument(name: string): ShippedInstrument {
	const read = (file: string): string => readFileSync(new URL(`${name}/${file}`, HOME), 'utf8');
	const survey = JSON.parse(read('survey.json')) as SurveyJson;
	const key = keySchema.parse(JSON.parse(read('key.json')));
	const faults = checkInstrument(survey, key).map(
		({ code, at, params }) => `${code} at ${at} ${JSON.stringify(params)}`,
	);
	if (key.instrument !== name) faults.push(`its key is of ${key.instrument}`);
	if (faults.length > 0) throw new Error(`the instrument ${name} has faults:\n${faults.join('\n')}`);
	return { survey, key, card: read('README.md'), sha256: fingerprintInstrument(survey, key) };
}
