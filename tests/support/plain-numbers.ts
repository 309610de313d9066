import { expect } from 'vitest';

/** Every number in a value is a number: NaN and infinity are never among them, however deep. */
export function expectPlainNumbers(value: unknown, where = ''): void {
	if (typeof value === 'number') expect(Number.isFinite(value), `${where}: ${value}`).toBe(true);
	else if (value && typeof value === 'object')
		for (const [name, part] of Object.entries(value)) expectPlainNumbers(part, `${where}.${name}`);
}
