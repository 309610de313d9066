import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import { momentsOfCounts } from '#analytics/statistics/mean-variance.ts';

/** A school in one procedure (Russian of grade 6, 38 points) as `rows.sql` would give it, from its scores alone. */
export function schoolRow(
	id: string,
	scores: readonly number[],
	found: Partial<SchoolProcedure> = {},
): SchoolProcedure {
	const counts = new Array<number>(39).fill(0);
	for (const score of scores) counts[score]!++;
	const distinct = [...counts.keys()].filter((score) => counts[score]! > 0);
	const moments = momentsOfCounts(counts);
	const { mean, variance } = moments ?? { mean: null, variance: null };
	return {
		...{ school_id: id, school_name: id, municipality_id: 'M', region_id: 'R', is_shown: true },
		advanced_subjects: [],
		...{ procedure_id: 'p', procedure_title: 'p', kind: 'vpr', year: 2025, grade: 6, subject: 'russian' },
		...{ max_score: 38, cutoff_3: 14, cutoff_4: 24, cutoff_5: 33, absent: 0, above_max: 0 },
		...{ n: scores.length, mean, variance },
		scores: distinct,
		score_counts: distinct.map((score) => counts[score]!),
		literal_n: scores.length,
		literal_mean: mean,
		literal_sd: variance === null ? null : Math.sqrt(variance),
		...{ raised: 0, confirmed: 0, lowered: 0, gap2: 0, pairs: 0, rank_correlation: null },
		...{
			contrast_n: 0,
			contrast_mean: null,
			contrast_variance: null,
			easy_percent: null,
			hard_percent: null,
		},
		...{ guttman_n: 0, guttman_mean: null, guttman_variance: null },
		...found,
	};
}
