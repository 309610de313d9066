import { z } from 'zod';

/** A text in both languages of the interface; neither may be empty. */
export const textSchema = z.strictObject({ ru: z.string().min(1), en: z.string().min(1) });
export type Text = z.infer<typeof textSchema>;

/**
 * Reads a SurveyJS localisable value (`'text'` or `{ default, ru, en, … }`) as a text in both languages.
 * A missing language falls back to the default, then to any other; `fallback` stands for no text at all.
 */
export function readText(value: unknown, fallback: string): Text {
	if (typeof value === 'string' && value !== '') return { ru: value, en: value };
	if (typeof value !== 'object' || value === null) return { ru: fallback, en: fallback };
	const texts = value as Record<string, string | undefined>;
	const any = texts.default ?? texts.ru ?? texts.en ?? Object.values(texts)[0] ?? fallback;
	return { ru: texts.ru ?? texts.default ?? any, en: texts.en ?? texts.default ?? any };
}
