import type { Cell, Compute, Row, Summarise } from '../module.ts';

const everybody = { ru: 'Все ответившие', en: 'Everybody who answered' };

const numberOrNull = (value: unknown): number | null =>
	typeof value === 'number' && Number.isFinite(value) ? value : null;

/** Sets the results without flagged responses beside those of all: means, shares of high deficit, and their change. */
export const compute: Compute = (rows, { language }) => ({
	rows: rows.map((input): Row => {
		const { n_high, n_high_kept, ...row } = input as Record<string, Cell>;
		const n = Number(row.n);
		const nKept = n - Number(row.n_flagged);
		const mean_all = numberOrNull(row.mean_all);
		const mean_kept = numberOrNull(row.mean_kept);
		const share = (part: unknown, whole: number) =>
			whole > 0 && part !== null ? Number(part) / whole : null;
		return {
			...row,
			group_label: row.group_label ?? everybody[language],
			n_kept: nKept,
			mean_all,
			mean_kept,
			mean_change: mean_all === null || mean_kept === null ? null : mean_kept - mean_all,
			high_all: share(n_high, n),
			high_all_coded: null,
			high_kept: share(n_high_kept, nKept),
			high_kept_coded: null,
			note: nKept === 0 ? 'too-few-respondents' : null,
		};
	}),
	notes: [],
});

/** Says by how much the mean of a scale would move at most, and whether that is worth a thought. */
export const summarise: Summarise = (rows, { presets, language }) => {
	const subtitle = {
		ru: 'Средний процент по шкалам: все ответы и без ответов с признаками невнимательного заполнения',
		en: 'Mean percent by scale: all responses, and without those with signs of inattentive answering',
	};
	const hidden = rows.filter(({ mean_change }) => mean_change === null).length;
	const summary = {
		ru: `Строк: ${rows.length}, без сравнения: ${hidden}.`,
		en: `Rows: ${rows.length}, without a comparison: ${hidden}.`,
	};
	if (rows.length === 0)
		return {
			title: { ru: 'Выпущенных результатов пока нет', en: 'No released results yet' },
			subtitle,
			summary,
		};
	const compared = rows.filter(({ mean_change }) => typeof mean_change === 'number');
	const most = compared.toSorted(
		(a, b) => Math.abs(Number(b.mean_change)) - Math.abs(Number(a.mean_change)),
	)[0];
	if (!most)
		return {
			title: {
				ru: 'Сравнение показать нельзя: отмеченных ответов слишком мало',
				en: 'The comparison cannot be shown: too few responses are flagged',
			},
			subtitle,
			summary,
		};
	if (compared.every(({ n_flagged }) => n_flagged === 0))
		return {
			title: {
				ru: 'Ответов с признаками нет: сравнивать нечего',
				en: 'No flagged responses: nothing to compare',
			},
			subtitle,
			summary,
		};
	const format = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
	const size = new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(
		Math.abs(Number(most.mean_change)),
	);
	const change = format.format(Number(most.mean_change));
	const isNoticeable = Math.abs(Number(most.mean_change)) >= Number(presets.noticeable_change);
	return {
		title: isNoticeable
			? {
					ru: `Без отмеченных ответов заметнее всего изменится «${most.scale_title}»: ${change} п. п.`,
					en: `Without the flagged responses “${most.scale_title}” changes most: ${change} pp`,
				}
			: {
					ru: `Выводы устойчивы: без отмеченных ответов среднее меняется не больше чем на ${size} п. п.`,
					en: `Conclusions hold: without the flagged responses no mean changes by more than ${size} pp`,
				},
		subtitle,
		summary,
	};
};
