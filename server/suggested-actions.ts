import actions from '#analytics/competency-deficit/actions.json' with { type: 'json' };
import { listCompetencies } from '#surveys/competencies.ts';
import type { LocalText } from './contract/text.ts';

interface Content {
	levels: Record<'low' | 'medium' | 'high', LocalText>;
	competencies: Record<string, { topic: LocalText; practice: LocalText }>;
}
const content: Content = actions;

/**
 * What to do about a competency at a level: high → course, mentor, measuring again; medium → seminar and visiting
 * lessons; low → helping others. A competency without words of its own is called by its title.
 */
export function suggestAction(competency: string, level: 'low' | 'medium' | 'high'): LocalText {
	const title = listCompetencies().find(({ id }) => id === competency)?.title;
	const words = content.competencies[competency] ?? {
		topic: title ?? { ru: competency, en: competency },
		practice: { ru: 'обсудите с методистом первый шаг', en: 'discuss a first step with a methodist' },
	};
	const fill = (language: 'ru' | 'en'): string =>
		content.levels[level][language]
			.replace('{topic}', words.topic[language])
			.replace('{practice}', words.practice[language]);
	return { ru: fill('ru'), en: fill('en') };
}
