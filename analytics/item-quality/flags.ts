import type { LocalText } from '../module.ts';

/** Words for what is worth a look in an item; they blame nobody and say what to do. */
export const flagTexts = {
	constant: { ru: 'все ответили одинаково', en: 'everybody answered alike' },
	hard: { ru: 'баллы почти никто не получает', en: 'hardly anybody gains points' },
	easy: { ru: 'почти все получают наибольший балл', en: 'almost everybody gains all points' },
	reversed: {
		ru: 'связан с остальными обратно: проверьте ключ',
		en: 'goes against the others: check the key',
	},
	loose: {
		ru: 'слабо связан с остальными: проверьте формулировку',
		en: 'hardly goes with the others: check the wording',
	},
	surprising: {
		ru: 'ответы менее предсказуемы, чем ждёт модель: возможно, пункт понимают по-разному',
		en: 'answers are less predictable than the model expects: people may read it differently',
	},
	redundant: {
		ru: 'почти повторяет другие пункты',
		en: 'says almost the same as other items',
	},
	idle_option: {
		ru: 'есть вариант, который почти не выбирают',
		en: 'has an option that hardly anybody chooses',
	},
	attractive_option: {
		ru: 'сильные участники чаще выбирают не тот вариант, который ценится выше: проверьте ключ',
		en: 'strong participants tend to choose another option than the one worth most: check the key',
	},
} as const satisfies Record<string, LocalText>;

export type Flag = keyof typeof flagTexts;

/** What the flags go by; null where it could not be estimated. */
export interface Judged {
	facility: number | null;
	item_rest: number | null;
	infit: number | null;
	outfit: number | null;
	options: Option[];
}

export interface Option {
	title: string;
	n: number;
	/** mean points on the item, and on the other items, of those who chose it */
	points: number;
	rest: number;
}

type Limits = Record<
	'low_facility' | 'high_facility' | 'low_item_rest' | 'low_fit' | 'high_fit' | 'rare_option',
	number
>;

/** An option chosen by fewer has no mean worth comparing. */
const FEW = 10;

/** The flags of one item, the heaviest first. */
export function flagsOf(judged: Judged, limits: Limits): Flag[] {
	const { facility, item_rest, infit, outfit, options } = judged;
	if (facility === null) return ['constant'];
	const flags: Flag[] = [];
	if (item_rest !== null && item_rest < 0) flags.push('reversed');
	if (hasAttraction(options)) flags.push('attractive_option');
	if (facility < limits.low_facility) flags.push('hard');
	if (facility > limits.high_facility) flags.push('easy');
	if (item_rest !== null && item_rest >= 0 && item_rest < limits.low_item_rest) flags.push('loose');
	const fits = [infit, outfit].filter((fit) => fit !== null);
	if (fits.some((fit) => fit > limits.high_fit)) flags.push('surprising');
	else if (fits.length > 0 && fits.every((fit) => fit < limits.low_fit)) flags.push('redundant');
	const chosen = options.reduce((sum, { n }) => sum + n, 0);
	if (chosen > 0 && options.some(({ n }) => n / chosen < limits.rare_option)) flags.push('idle_option');
	return flags;
}

/** True when those who chose an option worth less did better on the other items than those who chose the one worth most. */
function hasAttraction(options: readonly Option[]): boolean {
	const known = options.filter(({ n }) => n >= FEW);
	const best = known.reduce<Option | null>(
		(most, option) => (most === null || option.points > most.points ? option : most),
		null,
	);
	return best !== null && known.some(({ points, rest }) => points < best.points && rest > best.rest);
}
