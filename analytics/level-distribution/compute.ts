import type { Compute, Row, Summarise } from '../module.ts';

/** Turns counts into shares of those with a result in the area. */
export const compute: Compute = (rows) => ({
	rows: rows.map((input): Row => {
		const row = input as Row;
		const total = Number(row.n_total);
		return { ...row, share: total > 0 ? Number(row.n) / total : null, share_coded: null, note: null };
	}),
	notes: [],
});

/** Names, for the area where it is largest, the step at which most teachers stand; steps are no deficits. */
export const summarise: Summarise = (rows) => {
	const subtitle = {
		ru: 'Доля педагогов на каждой ступени по областям. Ступени самооценки, а не дефициты',
		en: 'Share of teachers at each step by area. Steps of a self-assessment, not deficits',
	};
	const hidden = rows.filter(({ share }) => share === null).length;
	const total = Math.max(0, ...rows.map(({ n_total }) => Number(n_total ?? 0)));
	const summary = {
		ru: `Педагогов: ${total}. Скрыто ячеек: ${hidden} из ${rows.length}.`,
		en: `Teachers: ${total}. Hidden cells: ${hidden} of ${rows.length}.`,
	};
	if (rows.length === 0)
		return {
			title: { ru: 'Выпущенных результатов пока нет', en: 'No released results yet' },
			subtitle,
			summary,
		};
	const most = rows
		.filter(({ share, share_coded }) => typeof share === 'number' && share_coded === null)
		.toSorted((a, b) => Number(b.share) - Number(a.share))[0];
	if (!most)
		return {
			title: { ru: 'Распределение показать нельзя', en: 'The distribution cannot be shown' },
			subtitle,
			summary,
		};
	const percent = Math.round(Number(most.share) * 100);
	return {
		title: {
			ru: `${most.scale_title}: чаще всего «${most.level_title}» — ${percent} %, n = ${most.n_total}`,
			en: `${most.scale_title}: most often “${most.level_title}” — ${percent} %, n = ${most.n_total}`,
		},
		subtitle,
		summary,
	};
};
