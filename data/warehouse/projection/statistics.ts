import { EASY_FROM_PERCENT } from '../easy-items.ts';
import { REFERENCE_PUPILS, REFERENCE_SHARE } from '../reference-floor.ts';
import type { Writer } from '../warehouse.ts';

const OF_PROCEDURES = 'list_contains($procedures::varchar[], procedure_id)';

/** Counts the sufficient statistics of these procedures anew, from their pupil rows. */
export async function refreshStatistics(writer: Writer, procedures: readonly string[]): Promise<void> {
	if (procedures.length === 0) return;
	for (const table of ['procedure_score', 'procedure_item', 'school_moment', 'school_pattern'])
		await writer.run(`delete from ${table} where ${OF_PROCEDURES}`, { procedures });
	await writer.run(FORGET_LINKED, { procedures });
	for (const sql of [COUNT_SCORES, COUNT_ITEMS, COUNT_SCHOOLS, COUNT_LINKED])
		await writer.run(sql, { procedures });
	// Patterns stand on the items of the whole procedure, counted just before.
	await writer.run(COUNT_PATTERNS, {
		procedures,
		easy_from: EASY_FROM_PERCENT,
		least_pupils: REFERENCE_PUPILS,
		least_share: REFERENCE_SHARE,
	});
}

const COUNT_SCORES = `
	insert into procedure_score by name
	select procedure_id, score, count(*)::integer as n
	from pupil_row where ${OF_PROCEDURES} and score is not null and not above_max
	group by all order by all`;

const COUNT_ITEMS = `
	insert into procedure_item by name
	with cells as (
		select
			procedure_id, unnest(items) as points, unnest(item_ids) as item, unnest(item_maxima) as max_points,
			listed.school_id is not null as is_listed
		from pupil_row
		join procedure using (procedure_id)
		left join reference_listed_schools() as listed
			on listed.school_id = pupil_row.school_id and listed.year = procedure.year
		where ${OF_PROCEDURES} and score is not null and not above_max and len(items) = len(item_ids)
	)
	select procedure_id, item, count(points)::integer as n, coalesce(sum(points), 0)::double as points,
		any_value(max_points) as max_points,
		count(points) filter (is_listed)::integer as listed_n,
		coalesce(sum(points) filter (is_listed), 0)::double as listed_points
	from cells group by procedure_id, item order by all`;

const COUNT_SCHOOLS = `
	insert into school_moment by name
	with pupil as (
		select
			procedure_id, school_id, score, mark, fail, above_max, counted, items,
			case when journal_mark between 2 and 5 then journal_mark end as journal_mark,
			score is not null and not above_max as is_valid
		from pupil_row where ${OF_PROCEDURES}
	),
	moment as (
		select
			procedure_id,
			school_id,
			count(*) filter (score is null)::integer as absent,
			count(*) filter (above_max)::integer as above_max,
			count(*) filter (score is not null and fail is null)::integer as unscaled,
			count(*) filter (is_valid)::integer as n,
			avg(score) filter (is_valid) as mean,
			count(*) filter (is_valid) * var_pop(score) filter (is_valid) as m2,
			count(*) filter (is_valid and fail is not null)::integer as n_scaled,
			count(*) filter (is_valid and fail)::integer as n_fail,
			count(*) filter (counted)::integer as literal_n,
			avg(score) filter (counted) as literal_mean,
			count(*) filter (counted) * var_pop(score) filter (counted) as literal_m2,
			count(*) filter (is_valid and mark > journal_mark)::integer as raised,
			count(*) filter (is_valid and mark = journal_mark)::integer as confirmed,
			count(*) filter (is_valid and mark < journal_mark)::integer as lowered,
			count(*) filter (is_valid and journal_mark - mark >= 2)::integer as gap2,
			count(*) filter (is_valid and len(items) > 0)::integer as with_items
		from pupil group by procedure_id, school_id
	),
	bin as (
		select procedure_id, school_id, floor(score)::integer as score, count(*)::integer as n
		from pupil where is_valid group by all
	),
	histogram as (
		select procedure_id, school_id, list(score order by score) as scores, list(n order by score) as score_counts
		from bin group by procedure_id, school_id
	),
	-- average ranks: the place of the first of the equal ones, and half of the others
	ranked as (
		select
			procedure_id,
			school_id,
			rank() over (partition by procedure_id, school_id order by score)
				+ (count(*) over (partition by procedure_id, school_id, score) - 1) / 2.0 as score_rank,
			rank() over (partition by procedure_id, school_id order by journal_mark)
				+ (count(*) over (partition by procedure_id, school_id, journal_mark) - 1) / 2.0 as journal_rank
		from pupil where counted and journal_mark is not null
	),
	correlated as (
		select
			procedure_id,
			school_id,
			count(*)::integer as pairs,
			case
				when min(score_rank) < max(score_rank) and min(journal_rank) < max(journal_rank)
				then corr(score_rank, journal_rank)
			end as rank_correlation
		from ranked group by procedure_id, school_id
	)
	select moment.*, scores, score_counts, coalesce(pairs, 0) as pairs, rank_correlation
	from moment
	left join histogram using (procedure_id, school_id)
	left join correlated using (procedure_id, school_id)
	order by procedure_id, school_id`;

const COUNT_PATTERNS = `
	insert into school_pattern by name
	select * from item_patterns(null, $easy_from, $least_pupils, $least_share)
	where ${OF_PROCEDURES}
	order by procedure_id, school_id`;

const FORGET_LINKED = `
	delete from linked_pupils
	where ${OF_PROCEDURES} or list_contains($procedures::varchar[], later_procedure_id)`;

// A code that stands twice in a procedure links nobody. Rounded, so that the order of threads does not show.
const COUNT_LINKED = `
	insert into linked_pupils by name
	with pair as (
		select earlier.procedure_id, later.procedure_id as later_procedure_id
		from procedure as earlier
		join procedure as later on later.subject = earlier.subject and later.year = earlier.year + 1
		where list_contains($procedures::varchar[], earlier.procedure_id)
			or list_contains($procedures::varchar[], later.procedure_id)
	),
	coded as (
		select procedure_id, school_id, pupil, score
		from pupil_row
		where pupil is not null and score is not null and not above_max
			and procedure_id in (select procedure_id from pair union select later_procedure_id from pair)
		qualify count(*) over (partition by procedure_id, school_id, pupil) = 1
	)
	select
		earlier.school_id,
		pair.procedure_id,
		pair.later_procedure_id,
		count(*)::integer as n,
		round(avg(earlier.score), 9) as mean,
		round(avg(later.score), 9) as later_mean,
		round(coalesce(var_samp(earlier.score), 0), 9) as variance,
		round(coalesce(var_samp(later.score), 0), 9) as later_variance,
		round(coalesce(covar_samp(earlier.score, later.score), 0), 9) as covariance
	from pair
	join coded as earlier on earlier.procedure_id = pair.procedure_id
	join coded as later
		on later.procedure_id = pair.later_procedure_id and later.school_id = earlier.school_id
		and later.pupil = earlier.pupil
	group by all
	order by all`;
