import type { InputRow } from '../module.ts';

/** What `rows.sql` says of one school in one procedure. Scores above the maximum are counted in `above_max` and in `literal_…` only. */
export interface SchoolProcedure {
	school_id: string;
	/** null for a school outside the viewer's places */
	school_name: string | null;
	municipality_id: string;
	region_id: string;
	/** the numbers come from an imported table of sums, not from rows of pupils */
	is_summed?: boolean | null;
	/** markers of the school in a list of the authority, where one is known for the year */
	list_markers?: number | null;
	/** 1 where that list marks Russian 4, mathematics 4, Russian 5, mathematics 5 */
	list_marks?: (number | null)[] | null;
	/** procedures of the year whose papers a commission marked again, their titles, papers, and those whose mark stood */
	remark_procedures?: string[] | null;
	remark_titles?: string[] | null;
	remark_counts?: number[] | null;
	remark_unchanged?: number[] | null;
	/** candidates for medals of the year, of class I and of class II; those whom the exam judged; those who missed its scores */
	medal_candidates?: number[] | null;
	medal_judged?: number[] | null;
	medal_missed?: number[] | null;
	/** of those who missed, in both classes: below the score in Russian */
	medal_missed_russian?: number | null;
	/** procedures of the next year in which pupils of this one stand under the same code: how many, means [now, then] and
	 * [variance now, variance then, covariance] of their scores */
	linked_procedures?: string[] | null;
	linked_counts?: number[] | null;
	linked_means?: number[][] | null;
	linked_variances?: number[][] | null;
	/** false: the school serves as reference only and must not leave `compute` */
	is_shown: boolean;
	/** null when unknown */
	advanced_subjects: string[] | null;
	procedure_id: string;
	procedure_title: string;
	kind: string;
	year: number;
	grade: number | null;
	subject: string;
	max_score: number;
	cutoff_3: number | null;
	cutoff_4: number | null;
	cutoff_5: number | null;
	absent: number;
	above_max: number;
	n: number;
	mean: number | null;
	/** sample variance; null below two results */
	variance: number | null;
	/** distinct scores (whole points, rounded down) and how many pupils have each */
	scores: number[];
	score_counts: number[];
	/** rows counted by the official signs, scores above the maximum included */
	literal_n: number;
	literal_mean: number | null;
	literal_sd: number | null;
	/** marks of the procedure above, equal to and below the journal mark; two or more below */
	raised: number;
	confirmed: number;
	lowered: number;
	/** null where a table of groups does not say how far marks are below */
	gap2: number | null;
	/** pairs of journal mark and score, and their rank correlation (null when undefined) */
	pairs: number;
	rank_correlation: number | null;
	/** pupils with item scores: mean percent on easy and on hard items, and the contrast hard − easy */
	contrast_n: number;
	contrast_mean: number | null;
	contrast_variance: number | null;
	easy_percent: number | null;
	hard_percent: number | null;
	/** from a table of item completion: participants, and mean differences to the others on easy and on hard items */
	completion_n?: number | null;
	completion_easy?: number | null;
	completion_hard?: number | null;
	/** pupils who solved some items and not all, and their normed Guttman errors */
	guttman_n: number;
	guttman_mean: number | null;
	guttman_variance: number | null;
}

/** Reads the rows of the query; a list that the query left empty becomes an empty list. */
export function schoolProcedures(rows: InputRow[]): SchoolProcedure[] {
	return rows.map((row) => {
		const read = row as unknown as SchoolProcedure;
		// Most have them, and a copy of so many cells is dear.
		return read.scores && read.score_counts ? read : { ...read, scores: [], score_counts: [] };
	});
}

/** A school and year known from a list of the authority alone, without any results. */
export function isListOnly(row: SchoolProcedure): boolean {
	return row.procedure_id === '';
}

/** Pupils by score, index = score 0..M. */
export function countsOf(row: SchoolProcedure): Float64Array {
	const counts = new Float64Array(Math.floor(row.max_score) + 1);
	for (const [index, score] of row.scores.entries()) {
		if (score >= 0 && score < counts.length) counts[score]! += row.score_counts[index]!;
	}
	return counts;
}

export function cutoffsOf(row: SchoolProcedure): number[] {
	return [row.cutoff_3, row.cutoff_4, row.cutoff_5].filter((cutoff) => cutoff !== null).map(Math.ceil);
}

/** Rows that share a reference: one procedure in one region. */
export function procedureKey(row: SchoolProcedure): string {
	return `${row.region_id}\n${row.procedure_id}`;
}

export function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const name = key(item);
		const group = groups.get(name);
		if (group) group.push(item);
		else groups.set(name, [item]);
	}
	return groups;
}
