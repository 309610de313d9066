import i18next, { type BackendModule } from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';

export type Language = 'ru' | 'en';
export interface LocalText {
	ru: string;
	en: string;
}

const key = 'opora-language';
const files = import.meta.glob<Record<string, unknown>>('./locales/*/*.json', { import: 'default' });

/** Loads one area of one language when a page first asks for it. */
const lazyFiles: BackendModule = {
	type: 'backend',
	init() {},
	read(language, area, done) {
		const load = files[`./locales/${language}/${area}.json`];
		if (!load) return done(new Error(`no texts for ${language}/${area}`), null);
		load().then(
			(texts) => done(null, texts),
			(error: Error) => done(error, null),
		);
	},
};

function preferred(): Language {
	const stored = localStorage.getItem(key);
	if (stored === 'ru' || stored === 'en') return stored;
	return navigator.languages.some((code) => code.startsWith('ru')) || !navigator.language.startsWith('en')
		? 'ru'
		: 'en';
}

/** Resolves when the common texts are there, so that the first screen is never half-translated. */
export async function startTexts(): Promise<void> {
	await i18next
		.use(lazyFiles)
		.use(initReactI18next)
		.init({
			lng: preferred(),
			supportedLngs: ['ru', 'en'],
			fallbackLng: false,
			ns: ['common'],
			defaultNS: 'common',
			keySeparator: '.',
			interpolation: { escapeValue: false },
			react: { useSuspense: true },
		});
	document.documentElement.lang = currentLanguage();
}

export function currentLanguage(): Language {
	return i18next.language === 'en' ? 'en' : 'ru';
}

/** Switches texts at once and keeps the choice on this device. */
export async function chooseLanguage(language: Language): Promise<void> {
	localStorage.setItem(key, language);
	await i18next.changeLanguage(language);
	document.documentElement.lang = language;
}

/** Re-renders its component when the language changes. */
export function useLanguage(): Language {
	const { i18n } = useTranslation();
	return i18n.language === 'en' ? 'en' : 'ru';
}

/** The text of a pair in the language on screen. */
export function useLocalText(): (text: LocalText) => string {
	const language = useLanguage();
	return (text) => text[language] || text.ru;
}
