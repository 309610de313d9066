import { describe, expect, test } from 'vitest';
import { coercedCodes, fileCodes, noteCodes, refusedFileLabels, rowCodes } from '#data/import/codes.ts';
import en from '#server/locales/import.en.json' with { type: 'json' };
import ru from '#server/locales/import.ru.json' with { type: 'json' };

const texts: Record<string, Record<string, string>> = { ru, en };
const codes: string[] = [...fileCodes, ...rowCodes, ...coercedCodes, ...noteCodes, ...refusedFileLabels];

describe.each(['ru', 'en'])('every word of an import, in %s', (language) => {
	const words = texts[language]!;

	test('the lists are closed: each code has a text, each text a code, no code twice', () => {
		expect(Object.keys(words).toSorted()).toEqual(codes.toSorted());
		expect(Object.values(words).filter((text) => text.trim() === '')).toEqual([]);
	});

	test('a fault of a row names the row, and ends with what to do', () => {
		for (const code of rowCodes) {
			expect(words[code], code).toContain('{{row}}');
			expect(sentences(words[code]!), code).toBeGreaterThanOrEqual(code === 'not-an-integer' ? 1 : 2);
		}
	});

	test('a fault of a file says what to do', () => {
		for (const code of fileCodes) expect(sentences(words[code]!), code).toBeGreaterThanOrEqual(2);
	});
});

test('both languages use the same parameters', () => {
	const parameters = (text: string) =>
		[...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).toSorted();
	for (const code of codes) {
		expect(new Set(parameters(texts.en![code]!)), code).toEqual(new Set(parameters(texts.ru![code]!)));
	}
});

function sentences(text: string): number {
	return text.split(/[.!?](?:\s|$)/).filter((part) => part.trim() !== '').length;
}
