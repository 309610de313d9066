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

interface ItemRow {
	school_id: string;
	procedure_id: string;
	n: number | null;
	percent: number | null;
	region_percent: number | null;
	others_percent: number | null;
	is_of_pupils: boolean;
	[name: string]: string | number | boolean | null;
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
	const found = (rows as unknown as ItemRow[]).map((row) => outputRow(row, presets, language));
	const notes = ['too-few-respondents', 'from-aggregate', 'no-reference', 'n-unknown'].flatMap((code) => {
		const concerned = found.filter(({ note }) =>
			String(note ?? '')
				.split(',')
				.includes(code),
		);
		const count = new Set(concerned.map((row) => `${row.school_id}\n${row.procedure_id}`)).size;
		return count > 0 ? [{ code, count }] : [];
	});
	return { rows: found, notes };
}

function outputRow(
	{ others_percent, is_of_pupils, ...row }: ItemRow,
	presets: ComputeContext['presets'],
	language: Language,
): Row {
	const isRegional = row.region_percent !== null;
	const reference = row.region_percent ?? others_percent;
	const codes: string[] = [];
	if (row.n === null) codes.push('n-unknown');
	else if (row.n < Number(presets.minimum_n)) codes.push('too-few-respondents');
	if (!is_of_pupils) codes.push('from-aggregate');
	if (reference === null) codes.push('no-reference');
	return {
		...row,
		reference_percent: reference,
		difference: reference === null || row.percent === null ? null : row.percent - reference,
		difficulty:
			reference === null ? null : words[reference >= Number(presets.easy_from) ? 'easy' : 'hard'][language],
		reference: reference === null ? null : words[isRegional ? 'region' : 'others'][language],
		source: words[is_of_pupils ? 'pupils' : 'table'][language],
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
