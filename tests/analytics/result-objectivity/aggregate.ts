import type { SchoolProcedure } from '#analytics/result-objectivity/school-procedure.ts';
import { normedGuttmanErrors } from '#analytics/statistics/guttman.ts';
import { spearman } from '#analytics/statistics/spearman.ts';
import type { SimulatedProcedure } from '#data/simulation/assessment.ts';
import type { SimulatedPupil, Simulation } from './simulate.ts';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const mean = (values: readonly number[]): number | null =>
	values.length ? sum(values) / values.length : null;

function variance(values: readonly number[]): number | null {
	if (values.length < 2) return null;
	const centre = mean(values)!;
	return sum(values.map((value) => (value - centre) ** 2)) / (values.length - 1);
}

/** The rows that `rows.sql` must give for simulated pupils, counted a second time without a database. */
export function aggregate({ procedures, pupils }: Simulation): SchoolProcedure[] {
	const everyone = Map.groupBy(pupils, ({ procedure }) => procedure);
	const known = new Map(
		procedures.map((one) => [one.id, { one, percents: itemPercents(one, everyone.get(one.id) ?? []) }]),
	);
	const groups = Map.groupBy(pupils, ({ school, procedure }) => `${school}\n${procedure}`);
	return [...groups.values()].map((group) => {
		const { one, percents } = known.get(group[0]!.procedure)!;
		return rowOf(one, group, percents);
	});
}

function itemPercents(procedure: SimulatedProcedure, everyone: readonly SimulatedPupil[]): number[] {
	return procedure.items.map(
		({ max }, index) => (100 * mean(everyone.map(({ items }) => items[index]!))!) / max,
	);
}

function rowOf(
	procedure: SimulatedProcedure,
	group: readonly SimulatedPupil[],
	itemPercent: number[],
): SchoolProcedure {
	const scores = group.map(({ score }) => score);
	const isEasy = itemPercent.map((percent) => percent >= 60);
	const order = itemPercent.map((_, index) => index).sort((a, b) => itemPercent[b]! - itemPercent[a]!);
	const errors = group
		.map(({ items }) =>
			normedGuttmanErrors(order.map((index) => (items[index] === procedure.items[index]!.max ? 1 : 0))),
		)
		.filter((value) => value !== null);
	const marked = group.map(({ score, journal_mark }) => ({ mark: markOf(score, procedure), journal_mark }));
	const percents = group.map(({ items }) => {
		const shares = items.map((points, index) => (100 * points) / procedure.items[index]!.max);
		return {
			easy: mean(shares.filter((_, index) => isEasy[index]))!,
			hard: mean(shares.filter((_, index) => !isEasy[index]))!,
		};
	});
	const contrasts = percents.map(({ easy, hard }) => hard - easy);
	const counts = Map.groupBy(scores, (score) => score);
	const distinct = [...counts.keys()].sort((a, b) => a - b);
	const journal = group.map(({ journal_mark }) => journal_mark);
	return {
		school_id: group[0]!.school,
		school_name: group[0]!.school,
		municipality_id: group[0]!.municipality,
		region_id: 'files',
		is_shown: true,
		advanced_subjects: null,
		procedure_id: procedure.id,
		procedure_title: procedure.id,
		kind: procedure.kind,
		year: procedure.year,
		grade: procedure.grade,
		subject: procedure.subject,
		max_score: procedure.max_score,
		cutoff_3: procedure.cutoffs['3'],
		cutoff_4: procedure.cutoffs['4'],
		cutoff_5: procedure.cutoffs['5'],
		absent: 0,
		above_max: 0,
		n: group.length,
		mean: mean(scores),
		variance: variance(scores),
		scores: distinct,
		score_counts: distinct.map((score) => counts.get(score)!.length),
		literal_n: group.length,
		literal_mean: mean(scores),
		literal_sd: variance(scores) === null ? null : Math.sqrt(variance(scores)!),
		raised: marked.filter(({ mark, journal_mark }) => mark > journal_mark).length,
		confirmed: marked.filter(({ mark, journal_mark }) => mark === journal_mark).length,
		lowered: marked.filter(({ mark, journal_mark }) => mark < journal_mark).length,
		gap2: marked.filter(({ mark, journal_mark }) => journal_mark - mark >= 2).length,
		pairs: group.length,
		rank_correlation: spearman(journal, scores),
		contrast_n: group.length,
		contrast_mean: mean(contrasts),
		contrast_variance: variance(contrasts),
		easy_percent: mean(percents.map(({ easy }) => easy)),
		hard_percent: mean(percents.map(({ hard }) => hard)),
		guttman_n: errors.length,
		guttman_mean: mean(errors),
		guttman_variance: variance(errors),
	};
}

function markOf(score: number, { cutoffs }: SimulatedProcedure): number {
	if (score >= cutoffs['5']) return 5;
	if (score >= cutoffs['4']) return 4;
	return score >= cutoffs['3'] ? 3 : 2;
}
