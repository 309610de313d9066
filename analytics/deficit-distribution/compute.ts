import type { Compute, Row, Summarise } from '../module.ts';

/** Turns counts into shares of the scale's total. */
export const compute: Compute = (rows) => ({
	rows: rows.map((input): Row => {
		const row = input as Row;
		const total = Number(row.n_total);
		return { ...row, share: total > 0 ? Number(row.n) / total : null, note: null };
	}),
	notes: [],
});

/** Says how many teachers stand behind the columns. */
export const summarise: Summarise = (rows) => {
	const total = Math.max(0, ...rows.map((row) => (typeof row.n_total === 'number' ? row.n_total : 0)));
	const hidden = rows.filter((row) => row.n === null).length;
	return {
		title:
			total > 0
				? { ru: `Распределение результатов, n = ${total}`, en: `Distribution of results, n = ${total}` }
				: { ru: 'Распределение показать нельзя', en: 'The distribution cannot be shown' },
		subtitle: {
			ru: 'Процент от максимума, отрезки по 20 пунктов',
			en: 'Percent of the maximum, bands of 20 points',
		},
		summary: {
			ru: `Педагогов: ${total}. Скрыто отрезков: ${hidden}.`,
			en: `Teachers: ${total}. Hidden bands: ${hidden}.`,
		},
	};
};
