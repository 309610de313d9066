import { isDoubtfulLevel } from '../doubtful.ts';
import type { LocalText } from '../module.ts';

export const standings = ['low', 'normal', 'high'] as const;
export type Standing = (typeof standings)[number];
export const trusts = ['objective', 'doubtful', 'unknown'] as const;
export type Trust = (typeof trusts)[number];

export const standingTexts: Record<Standing, LocalText> = {
	low: { ru: 'низкие', en: 'low' },
	normal: { ru: 'обычные', en: 'usual' },
	high: { ru: 'выше ожидаемых', en: 'above expectation' },
};

export const trustTexts: Record<Trust, LocalText> = {
	objective: { ru: 'можно верить', en: 'can be trusted' },
	doubtful: { ru: 'есть признаки необъективности', en: 'signs of non-objectivity' },
	unknown: { ru: 'мало данных', en: 'too little data' },
};

/** What to do next by results and objectivity (domain §5.3; the column «too little data» is for level X). */
export const actionTexts: Record<Standing, Record<Trust, LocalText>> = {
	low: {
		objective: { ru: 'поддержка в первую очередь', en: 'support comes first here' },
		doubtful: {
			ru: 'сначала объективность оценивания, затем содержание',
			en: 'objectivity of marking first, then the content',
		},
		unknown: {
			ru: 'поговорить со школой и накопить данные: проверить результат пока нечем',
			en: 'talk with the school and gather data: nothing to check the result by yet',
		},
	},
	normal: {
		objective: { ru: 'обычная работа', en: 'usual work' },
		doubtful: {
			ru: 'уровень неизвестен: не брать для сравнения и в наставники',
			en: 'level unknown: not for comparison, nor as a mentor school',
		},
		unknown: { ru: 'обычная работа, накопить данные', en: 'usual work; gather data' },
	},
	high: {
		objective: {
			ru: 'возможная опорная школа: изучить опыт',
			en: 'may be a mentor school: study its practice',
		},
		doubtful: { ru: 'проверить, прежде чем хвалить', en: 'check before praising' },
		unknown: { ru: 'накопить данные, прежде чем хвалить', en: 'gather data before praising' },
	},
};

/** What levels 0, 1, 2, 3 and X of `result-objectivity` say of the results; a school that it does not know is X. */
export function trustOf(level: unknown): Trust {
	if (level === '0' || level === '1') return 'objective';
	return isDoubtfulLevel(level) ? 'doubtful' : 'unknown';
}
