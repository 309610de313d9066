import { readdirSync, readFileSync } from 'node:fs';
import type { Request, RequestHandler } from 'express';
import { createInstance, type TFunction } from 'i18next';
import { z } from 'zod';

export type Language = 'ru' | 'en';
export const languages: Language[] = ['ru', 'en'];

const home = new URL('./locales/', import.meta.url);

/** Files are `ru.json` (the server's own words) and `<namespace>.ru.json`. */
function readLocales(): Record<Language, Record<string, object>> {
	const resources: Record<Language, Record<string, object>> = { ru: {}, en: {} };
	for (const file of readdirSync(home)) {
		const [, namespace = 'server', language] = /^(?:([\w-]+)\.)?(ru|en)\.json$/.exec(file) ?? [];
		if (language)
			resources[language as Language][namespace] = JSON.parse(readFileSync(new URL(file, home), 'utf8'));
	}
	return resources;
}

const resources = readLocales();
const i18n = createInstance();
await i18n.init({
	resources,
	lng: 'ru',
	fallbackLng: false,
	defaultNS: 'server',
	ns: Object.keys(resources.ru),
	interpolation: { escapeValue: false },
	returnNull: false,
	initAsync: false,
});

const translators: Record<Language, TFunction> = { ru: i18n.getFixedT('ru'), en: i18n.getFixedT('en') };

/** The text of a key (`problem.internal.title`, `import:row-refused`) in one language; without a text the key itself. */
export function translate(language: Language, key: string, values: Record<string, unknown> = {}): string {
	return translators[language](key, values);
}

export const hasText = (key: string): boolean => i18n.exists(key, { lng: 'ru' });

/** What zod says of a wrong value, in either language. */
export const schemaWords = { ru: z.locales.ru().localeError, en: z.locales.en().localeError };

// Browsers send a handful of different headers, at every request.
const acceptedBefore = new Map<string, Language>();
const MOST_KEPT = 1_000;

function findAccepted(request: Request): Language {
	const header = request.get('accept-language') ?? '';
	const known = acceptedBefore.get(header);
	if (known) return known;
	const found = request.acceptsLanguages(languages) === 'en' ? 'en' : 'ru';
	if (acceptedBefore.size >= MOST_KEPT) acceptedBefore.clear();
	acceptedBefore.set(header, found);
	return found;
}

/** Finds the language of a request: `?lang=`, else `Accept-Language`, else Russian. */
export const findLanguage: RequestHandler = (request, response, next) => {
	const asked = request.query.lang;
	response.locals.language = asked === 'ru' || asked === 'en' ? asked : findAccepted(request);
	response.vary('Accept-Language');
	next();
};
