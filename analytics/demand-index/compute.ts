import { attributeLabel } from '../labels.ts';
import type { Compute, Row, Summarise } from '../module.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';

const kindTexts: Record<string, { ru: string; en: string }> = {
	professional_theme: { ru: 'Чему учиться', en: 'What to learn' },
	information_theme: { ru: 'Какие материалы нужны', en: 'Which materials are needed' },
};
const everybody = { ru: 'Все ответившие', en: 'Everybody who answered' };

/** Adds the demand index, that is the share choosing the theme (N13), with its Wilson interval. */
export const compute: Compute = (rows, { presets, filters, language }) => ({
	rows: rows.map((input): Row => {
		const row = input as Row;
		const n = Number(row.n);
		const nChosen = Number(row.n_chosen);
		const interval = wilsonInterval(nChosen, n, { confidence: Number(presets.confidence) });
		return {
			...row,
			kind_title: kindTexts[String(row.kind)]?.[language] ?? String(row.kind),
			group_label:
				filters.by === 'all'
					? everybody[language]
					: attributeLabel(String(filters.by), String(row.group_label ?? ''), language),
			demand: n > 0 ? nChosen / n : null,
			demand_coded: null,
			demand_lo: interval?.lo ?? null,
			demand_hi: interval?.hi ?? null,
			note: null,
		};
	}),
	notes: [],
});

/** Names the visible theme with the highest lower bound of demand, and those that cannot be told apart from it. */
export const summarise: Summarise = (rows) => {
	const subtitle = {
		ru: 'Доля выбравших тему среди ответивших на вопрос, 95-процентный интервал. Запросы, а не дефициты',
		en: 'Share choosing the theme among those who answered, 95 % interval. Wishes, not deficits',
	};
	const hidden = rows.filter((row) => row.demand === null).length;
	if (rows.length === 0)
		return {
			title: { ru: 'Выпущенных запросов пока нет', en: 'No released needs yet' },
			subtitle,
			summary: {
				ru: 'Спрос появится, когда результаты анкеты запросов будут выпущены.',
				en: 'The demand appears when the results of a survey of needs are released.',
			},
		};
	const sure = rows
		.filter((row) => typeof row.demand_lo === 'number')
		.toSorted((a, b) => Number(b.demand_lo) - Number(a.demand_lo));
	const first = sure[0];
	if (!first)
		return {
			title: {
				ru: hidden > 0 ? 'Группы слишком малы, чтобы показать спрос' : 'Выраженного спроса не видно',
				en: hidden > 0 ? 'Groups are too small to show demand' : 'No pronounced demand is visible',
			},
			subtitle,
			summary: {
				ru: `Строк: ${rows.length}, скрыто: ${hidden}.`,
				en: `Rows: ${rows.length}, hidden: ${hidden}.`,
			},
		};
	const close = sure.filter(
		(row) =>
			row !== first &&
			row.kind === first.kind &&
			row.group_key === first.group_key &&
			Number(row.demand_hi) >= Number(first.demand_lo),
	).length;
	const percent = (value: unknown) => Math.round(Number(value) * 100);
	const interval = `[${percent(first.demand_lo)}–${percent(first.demand_hi)}]`;
	return {
		title: {
			ru: `${first.theme}: нужно ${percent(first.demand)} % ${interval} — ${first.group_label}`,
			en: `${first.theme}: wanted by ${percent(first.demand)} % ${interval} — ${first.group_label}`,
		},
		subtitle,
		summary: {
			ru: `Строк: ${rows.length}, скрыто: ${hidden}. Увереннее всего спрос виден здесь: ${first.theme}, n = ${first.n}. Неотличимых от неё тем того же списка: ${close}.`,
			en: `Rows: ${rows.length}, hidden: ${hidden}. The surest demand: ${first.theme}, n = ${first.n}. Themes of the same list that cannot be told apart from it: ${close}.`,
		},
	};
};
