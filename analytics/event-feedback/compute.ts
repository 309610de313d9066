import type { Compute, Row, Summarise } from '../module.ts';

/** Turns counts into shares of those who answered the question; several answers of one list may be chosen together. */
export const compute: Compute = (rows) => ({
	rows: rows.map((input): Row => {
		const row = input as Row;
		const total = Number(row.n_total);
		return {
			...row,
			answer_title: row.answer_title ?? row.answer ?? null,
			share: row.n !== null && total > 0 ? Number(row.n) / total : null,
			share_coded: null,
			note: null,
		};
	}),
	notes: [],
});

/** Gives the medians of the marks in words: each mark by itself, no total. */
export const summarise: Summarise = (rows, { language }) => {
	const subtitle = {
		ru: 'Медиана и доли по пяти ступеням. Оценивается мероприятие, а не участники и не ведущий',
		en: 'Median and shares over five steps. The event is rated, neither the participants nor the speaker',
	};
	const words = rows.filter(({ kind }) => kind === 'text').length;
	const summary = {
		ru: `Строк: ${rows.length}, высказываний: ${words}.`,
		en: `Rows: ${rows.length}, texts: ${words}.`,
	};
	if (rows.length === 0)
		return {
			title: { ru: 'Выпущенных отзывов пока нет', en: 'No released feedback yet' },
			subtitle,
			summary,
		};
	const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
	const medians = new Map(
		rows.flatMap(({ kind, question, median }) =>
			kind === 'rating' && typeof median === 'number' ? [[String(question), format.format(median)]] : [],
		),
	);
	if (medians.size === 0)
		return {
			title: { ru: 'Отзывов слишком мало, чтобы их показать', en: 'Too few responses to show' },
			subtitle,
			summary,
		};
	const list = [...medians].map(([question, median]) => `${question.toLowerCase()} ${median}`).join(', ');
	return {
		title: { ru: `Медианы: ${list}`, en: `Medians: ${list}` },
		subtitle,
		summary,
	};
};
