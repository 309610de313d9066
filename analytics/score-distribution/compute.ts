import type { ComputeContext, Computed, Finding, InputRow, Row, Summarise } from '../module.ts';
import { findSeveral } from '../several-pictures.ts';

interface ScoreRow {
	n: number;
	reference_count: number;
	school_n: number;
	reference_n: number;
	[name: string]: string | number | boolean | null;
}

/** Turns counts into shares; without other schools there is no reference and the row says so. */
export function compute(rows: InputRow[], { presets }: ComputeContext): Computed {
	const found = (rows as unknown as ScoreRow[]).map(({ reference_count, ...row }): Row => {
		const codes: string[] = [];
		if (row.school_n < Number(presets.minimum_n)) codes.push('too-few-respondents');
		if (row.reference_n === 0) codes.push('no-reference');
		return {
			...row,
			share: row.school_n > 0 ? row.n / row.school_n : null,
			reference_share: row.reference_n > 0 ? reference_count / row.reference_n : null,
			note: codes.length > 0 ? codes.join(',') : null,
		};
	});
	const notes = ['too-few-respondents', 'no-reference'].flatMap((code) => {
		const concerned = found.filter((row) =>
			String(row.note ?? '')
				.split(',')
				.includes(code),
		);
		const count = new Set(concerned.map((row) => `${row.school_id}\n${row.procedure_id}`)).size;
		return count > 0 ? [{ code, count }] : [];
	});
	return { rows: found, notes };
}

/** The finding in words, from the rows that the reader sees. */
export const summarise: Summarise = (rows) => {
	const first = rows[0];
	if (!first) return emptyFinding;
	const several = findSeveral(
		rows,
		{ ru: 'Распределения баллов', en: 'Distributions of scores' },
		{
			ru: 'Столбцы — школа, контур — другие школы, вертикальные линии — границы отметок.',
			en: 'Columns are the school, the outline the other schools, vertical lines the borders of marks.',
		},
	);
	if (several) return several;
	const { at, below } = besideBorders(rows);
	return {
		title: {
			ru: `На границах отметок — ${at} из ${first.school_n} работ, на балл ниже — ${below}`,
			en: `At the borders of marks: ${at} of ${first.school_n} papers; one point below: ${below}`,
		},
		subtitle: {
			ru: `${first.school_name}, ${first.procedure_title}; работ: ${first.school_n}, в других школах: ${first.reference_n}`,
			en: `${first.school_name}, ${first.procedure_title}; papers: ${first.school_n}, in other schools: ${first.reference_n}`,
		},
		summary: {
			ru: `Столбцы — школа, контур — другие школы, вертикальные линии — границы отметок. Скопление на границе при провале перед ней — повод перепроверить работы, а не доказательство.`,
			en: 'Columns are the school, the outline the other schools, vertical lines the borders of marks. A heap at a border with a gap before it is a reason to re-mark papers, not a proof.',
		},
	};
};

function besideBorders(rows: readonly Row[]): { at: number; below: number } {
	let at = 0;
	let below = 0;
	for (const [index, row] of rows.entries()) {
		if (row.is_cutoff !== true) continue;
		at += Number(row.n);
		below += Number(rows[index - 1]?.n ?? 0);
	}
	return { at, below };
}

const emptyFinding: Finding = {
	title: { ru: 'Результатов оценочных процедур нет', en: 'There are no assessment results' },
	subtitle: { ru: 'Загрузите результаты или измените отбор', en: 'Import results or change the selection' },
	summary: {
		ru: 'По выбранным условиям результатов нет. Загрузите результаты процедуры или снимите условия отбора.',
		en: 'There are no results under these conditions. Import results of a procedure or drop a condition.',
	},
};
