import { createHash } from 'node:crypto';

/** SHA-256 (hex) of a survey and its key, the same for any order of properties and any white space. */
export function fingerprintInstrument(survey: unknown, key: unknown): string {
	return createHash('sha256').update(writeCanonical({ key, survey })).digest('hex');
}

function writeCanonical(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(writeCanonical).join(',')}]`;
	if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
	const entries = Object.entries(value)
		.filter(([, entry]) => entry !== undefined)
		.sort(([left], [right]) => (left < right ? -1 : 1));
	return `{${entries.map(([name, entry]) => `${JSON.stringify(name)}:${writeCanonical(entry)}`).join(',')}}`;
}
