import type { ComputeContext, Computed, Finding, InputRow, Row, Summarise } from '../module.ts';
import { findSeveral } from '../several-pictures.ts';

/** A school in a procedure, from `rows.sql`: lists of own and of all papers by point, and what each point means. */
interface Distribution {
	school_id: string;
	school_name: string;
	municipality_id: string;
	procedure_id: string;
	procedure_title: string;
	year: number;
	/** by point from 0 to the maximum */
	marks: (number | null)[];
	borders: boolean[];
	scores: number[];
	score_counts: number[];
	school_n: number;
	all_scores: number[];
	all_counts: number[];
	all_n: number;
}

/** Turns counts into shares point by point; without other schools there is no reference and the row says so. */
export function compute(rows: InputRow[], { presets }: ComputeContext): Computed {
	const found = (rows as unknown as Distribution[]).map((of) => ({
		of,
		codes: codesOf(of, Number(presets.minimum_n)),
	}));
	const notes = ['too-few-respondents', 'no-reference'].flatMap((code) => {
		const count = found.filter(({ of, codes }) => of.marks.length > 0 && codes.includes(code)).length;
		return count > 0 ? [{ code, count }] : [];
	});
	return { rows: found.flatMap(({ of, codes }) => pointRows(of, codes)), notes };
}

function codesOf({ school_n, all_n }: Distribution, minimum: number): string[] {
	return [
		...(school_n < minimum ? ['too-few-respondents'] : []),
		...(all_n === school_n ? ['no-reference'] : []),
	];
}

function pointRows(of: Distribution, codes: readonly string[]): Row[] {
	const { school_id, school_name, municipality_id, procedure_id, procedure_title, year, school_n } = of;
	const reference_n = of.all_n - school_n;
	const note = codes.length > 0 ? codes.join(',') : null;
	const own = countsByPoint(of.scores, of.score_counts, of.marks.length);
	const all = countsByPoint(of.all_scores, of.all_counts, of.marks.length);
	return of.marks.map((mark, score) => ({
		school_id,
		school_name,
		municipality_id,
		procedure_id,
		procedure_title,
		year,
		score,
		n: own[score]!,
		mark,
		is_cutoff: of.borders[score]!,
		school_n,
		reference_n,
		share: school_n > 0 ? own[score]! / school_n : null,
		reference_share: reference_n > 0 ? (all[score]! - own[score]!) / reference_n : null,
		note,
	}));
}

/** Points that stand twice, as halves do, are counted together. */
function countsByPoint(scores: readonly number[], counts: readonly number[], points: number): number[] {
	const found = new Array<number>(points).fill(0);
	for (const [place, score] of scores.entries()) if (score < points) found[score]! += counts[place]!;
	return found;
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
