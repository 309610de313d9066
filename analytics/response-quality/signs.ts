import type { LocalText } from '../module.ts';

/** Words for the signs of hurried or inattentive answering, in their order. */
export const signTexts = {
	fast: { ru: 'слишком быстро', en: 'too fast' },
	one_answer: { ru: 'один и тот же ответ подряд', en: 'one answer in a row' },
	inconsistent: { ru: 'ответы расходятся между собой', en: 'answers at odds with each other' },
	incomplete: { ru: 'много пропусков', en: 'much left unanswered' },
} as const satisfies Record<string, LocalText>;

export type Sign = keyof typeof signTexts;
export const signs = Object.keys(signTexts) as Sign[];
