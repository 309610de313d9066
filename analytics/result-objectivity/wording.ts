import type { LocalText } from '../module.ts';

/** A number with at most one decimal, as each language writes it. */
export function amount(value: number): LocalText {
	return local(value.toFixed(Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 1));
}

/** A share 0..1 as a percentage. */
export function share(value: number): LocalText {
	const text = (100 * value).toFixed(0);
	return { ru: `${text} %`, en: `${text} %` };
}

/** A p-value with its sign: `= 0.012`, `< 0.001`. */
export function probability(p: number): LocalText {
	if (p < 0.001) return local('< 0.001');
	return local(`= ${p.toFixed(p < 0.1 ? 3 : 2)}`);
}

function local(text: string): LocalText {
	return { ru: text.replace('.', ',').replace('-', '−'), en: text.replace('-', '−') };
}
