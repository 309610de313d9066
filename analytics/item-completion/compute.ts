import type {
	ComputeContext,
	Computed,
	Finding,
	InputRow,
	Language,
	LocalText,
	Row,
	Summarise,
} from '../module.ts';
import { findSeveral } from '../several-pictures.ts';
import { itemProfile } from '../statistics/item-profile.ts';

/** A school in a procedure, from `rows.sql`; its lists go along with `positions`. */
interface Completion {
	school_id: string;
	school_name: string;
	municipality_id: string;
	procedure_id: string;
	procedure_title: string;
	year: number;
	positions: number[];
	items: string[];
	max_points: (number | null)[];
	counts: (number | null)[];
	percents: (number | null)[];
	municipality_percents: (number | null)[];
	region_percents: (number | null)[];
	country_percents: (number | null)[];
	others_percents: (number | null)[];
	is_of_pupils: boolean;
}

const words = {
	region: { ru: 'регион по таблице', en: 'region of the table' },
	others: { ru: 'другие школы', en: 'the other schools' },
	pupils: { ru: 'строки учеников', en: 'rows of pupils' },
	table: { ru: 'сводная таблица', en: 'table of sums' },
	easy: { ru: 'простое', en: 'easy' },
	hard: { ru: 'сложное', en: 'hard' },
} satisfies Record<string, LocalText>;

/** Differences to the region of the table, or to the other schools where the table names no region. */
export function compute(rows: InputRow[], { presets, language }: ComputeContext): Computed {
	const found = (rows as unknown as Completion[]).map((of) => itemRows(of, presets, language));
	const notes = ['too-few-respondents', 'from-aggregate', 'no-reference', 'n-unknown'].flatMap((code) => {
		const isConcerned = ({ note }: Row): boolean =>
			String(note ?? '')
				.split(',')
				.includes(code);
		const count = found.filter((ofSchool) => ofSchool.some(isConcerned)).length;
		return count > 0 ? [{ code, count }] : [];
	});
	return { rows: found.flat(), notes };
}

function itemRows(of: Completion, presets: ComputeContext['presets'], language: Language): Row[] {
	const places = of.positions.map((_, place) => place);
	return places
		.sort((a, b) => of.positions[a]! - of.positions[b]!)
		.map((place) => outputRow(of, place, presets, language));
}

function outputRow(
	of: Completion,
	place: number,
	presets: ComputeContext['presets'],
	language: Language,
): Row {
	const n = of.counts[place]!;
	const percent = of.percents[place]!;
	const region_percent = of.region_percents[place]!;
	const reference = region_percent ?? of.others_percents[place]!;
	const codes: string[] = [];
	if (n === null) codes.push('n-unknown');
	else if (n < Number(presets.minimum_n)) codes.push('too-few-respondents');
	if (!of.is_of_pupils) codes.push('from-aggregate');
	if (reference === null) codes.push('no-reference');
	return {
		school_id: of.school_id,
		school_name: of.school_name,
		municipality_id: of.municipality_id,
		procedure_id: of.procedure_id,
		procedure_title: of.procedure_title,
		year: of.year,
		item: of.items[place]!,
		position: of.positions[place]!,
		max_points: of.max_points[place]!,
		n,
		percent,
		municipality_percent: of.municipality_percents[place]!,
		region_percent,
		country_percent: of.country_percents[place]!,
		reference_percent: reference,
		difference: reference === null || percent === null ? null : percent - reference,
		difficulty:
			reference === null ? null : words[reference >= Number(presets.easy_from) ? 'easy' : 'hard'][language],
		reference: reference === null ? null : words[region_percent !== null ? 'region' : 'others'][language],
		source: words[of.is_of_pupils ? 'pupils' : 'table'][language],
		note: codes.length > 0 ? codes.join(',') : null,
	};
}

/** The finding in words, from the rows that the reader sees. */
export const summarise: Summarise = (rows) => {
	const first = rows[0];
	if (!first) return emptyFinding;
	const several = findSeveral(rows, { ru: 'Выполнение заданий', en: 'Item completion' }, summary);
	if (several) return several;
	const compared = rows.filter((row) => row.percent !== null && row.reference_percent !== null);
	const profile = itemProfile(
		compared.map(({ percent }) => Number(percent)),
		compared.map(({ reference_percent }) => Number(reference_percent)),
	);
	const n = first.n === null ? { ru: 'неизвестно', en: 'unknown' } : { ru: `${first.n}`, en: `${first.n}` };
	return {
		title: profile
			? {
					ru: `Простые задания: ${points(profile.easy, 'ru')} п. п. к сравнению, сложные: ${points(profile.hard, 'ru')}`,
					en: `Easy items: ${points(profile.easy, 'en')} pp beside the reference, hard ones: ${points(profile.hard, 'en')}`,
				}
			: {
					ru: `Выполнение заданий: ${rows.length}`,
					en: `Item completion: ${rows.length} items`,
				},
		subtitle: {
			ru: `${first.school_name}, ${first.procedure_title}; участников: ${n.ru}`,
			en: `${first.school_name}, ${first.procedure_title}; participants: ${n.en}`,
		},
		summary,
	};
};

/** A difference with its sign, one decimal, as the language writes it. */
function points(value: number, language: Language): string {
	const rounded = Math.round(10 * value) / 10;
	const text = Math.abs(rounded).toFixed(1);
	const sign = rounded > 0 ? '+' : rounded < 0 ? '−' : '';
	return `${sign}${language === 'ru' ? text.replace('.', ',') : text}`;
}

const summary: LocalText = {
	ru: 'Закрашенная точка — школа, кольцо — регион или другие школы. Простые задания хуже, а сложные лучше, чем у других, — повод посмотреть работы, а не доказательство.',
	en: 'The filled dot is the school, the ring the region or the other schools. Easy items worse and hard ones better than elsewhere is a reason to look at papers, not a proof.',
};

const emptyFinding: Finding = {
	title: { ru: 'Сведений о выполнении заданий нет', en: 'Nothing is known of the completion of items' },
	subtitle: {
		ru: 'Загрузите результаты с баллами за задания или таблицу выполнения',
		en: 'Import results with points of items, or a table of completion',
	},
	summary: {
		ru: 'По выбранным условиям нет ни строк учеников с баллами за задания, ни таблиц выполнения. Загрузите их или снимите условия отбора.',
		en: 'Under these conditions there are neither rows of pupils with points of items nor tables of completion. Import them or drop a condition.',
	},
};
