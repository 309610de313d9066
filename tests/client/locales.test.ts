import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const client = join(import.meta.dirname, '../../client');
const areas = readdirSync(join(client, 'locales/ru')).map((file) => file.replace('.json', ''));
const plural = /_(?:zero|one|two|few|many|other)$/;

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, above = ''): Map<string, string> {
	const found = new Map<string, string>();
	for (const [key, value] of Object.entries(texts)) {
		const path = above ? `${above}.${key}` : key;
		if (typeof value === 'string') found.set(path, value);
		else for (const [inner, text] of flatten(value, path)) found.set(inner, text);
	}
	return found;
}

const read = (language: string, area: string) =>
	flatten(JSON.parse(readFileSync(join(client, 'locales', language, `${area}.json`), 'utf8')));
/** A key ends in a plural form only where its other forms stand beside it. */
function withoutPlural(given: Iterable<string>): string[] {
	const keys = new Set(given);
	const baseOf = (key: string) => {
		const base = key.replace(plural, '');
		return keys.has(`${base}_one`) && keys.has(`${base}_other`) ? base : key;
	};
	return [...new Set([...keys].map(baseOf))].sort();
}
const variables = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).sort();

interface Use {
	file: string;
	area: string;
	key: string;
	/** the key goes on with a value, as in t(`role.${role}`) */
	isPrefix: boolean;
}

/** Every t('…') and t(`…${}`) of the sources, with the area of its file's useTranslation. */
function listUses(): Use[] {
	const uses: Use[] = [];
	for (const entry of readdirSync(client, { recursive: true, withFileTypes: true })) {
		if (!entry.isFile() || !/\.tsx?$/.test(entry.name)) continue;
		const file = join(entry.parentPath, entry.name);
		const source = readFileSync(file, 'utf8');
		const own = [...source.matchAll(/useTranslation\(\[?\s*'([\w-]+)'/g)].map((match) => match[1]!);
		const typed = [...source.matchAll(/TFunction<'([\w-]+)'/g)].map((match) => match[1]!);
		const areasOfFile = [...new Set([...own, ...typed])];
		const calls = source.matchAll(/\bt\(\s*([\s\S]*?)(?:,\s*\{|\)|,\s*\n)/g);
		for (const [, argument] of calls) {
			for (const [, quoted, template] of argument!
				.replace(/[!=]==\s*'[^']*'/g, '')
				.matchAll(/'([\w:.-]+)'|`([^`]*)`/g)) {
				const text = quoted ?? template!;
				const [area, rest] = /^[\w-]+:[\w.$]/.test(text)
					? (text.split(':') as [string, string])
					: [null, text];
				const key = rest.split('${')[0]!;
				for (const candidate of area ? [area] : areasOfFile)
					uses.push({ file: entry.name, area: candidate, key, isPrefix: rest.includes('${') });
			}
		}
	}
	return uses;
}

const uses = listUses();

describe('interface texts', () => {
	it('finds the calls it judges', () => {
		expect(uses.length).toBeGreaterThan(80);
	});

	it.each(areas)('%s has the same keys in both languages', (area) => {
		expect(withoutPlural(read('en', area).keys())).toEqual(withoutPlural(read('ru', area).keys()));
	});

	it.each(areas)('%s names the same values in both languages, and no text is empty', (area) => {
		const english = read('en', area);
		for (const [key, text] of read('ru', area)) {
			expect(text.trim(), key).not.toBe('');
			const base = key.replace(plural, '');
			const other = english.get(key) ?? english.get(`${base}_other`) ?? '';
			expect(other.trim(), `en: ${key}`).not.toBe('');
			expect(variables(other), key).toEqual(variables(text));
		}
	});

	it.each(areas)('%s has all four Russian plurals where it has one', (area) => {
		const keys = read('ru', area);
		for (const key of keys.keys()) {
			if (!plural.test(key)) continue;
			const base = key.replace(plural, '');
			if (!keys.has(`${base}_one`)) continue;
			for (const form of ['one', 'few', 'many', 'other'])
				expect([...keys.keys()]).toContain(`${base}_${form}`);
		}
	});

	it('has a text for every key that the sources ask for', () => {
		const missing = uses.filter(({ area, key, isPrefix, file }) => {
			const sameCall = uses.filter((use) => use.file === file && use.key === key);
			return (
				!sameCall.some((use) => {
					if (!areas.includes(use.area)) return false;
					const keys = withoutPlural(read('ru', use.area).keys());
					return isPrefix ? keys.some((each) => each.startsWith(key)) : keys.includes(key);
				}) && area !== ''
			);
		});
		expect(missing.map(({ file, area, key }) => `${file}: ${area}:${key}`)).toEqual([]);
	});

	it.each(areas)('%s keeps no text that nothing asks for', (area) => {
		const sources = readdirSync(client, { recursive: true, withFileTypes: true })
			.filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
			.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
			.join('\n');
		const unused = withoutPlural(read('ru', area).keys()).filter((key) => {
			const isNamed = [`'${key}'`, `'${area}:${key}'`, `"${key}"`].some((text) => sources.includes(text));
			return (
				!isNamed &&
				!uses.some((use) => use.isPrefix && use.area === area && use.key !== '' && key.startsWith(use.key))
			);
		});
		expect(unused).toEqual([]);
	});
});
