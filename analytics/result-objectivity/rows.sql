-- One row per school and procedure of the viewer's regions: counts, moments and contrasts that the signs are made of.
-- A school outside the viewer's places (`is_shown` false) is there to compare with and to count in; `compute` drops it.
with
own as (
	select school_id, name, region_id
	from schools_visible_to($places)
),
listed as (
	select year, school_id, municipality_id, region_id, russian_4, mathematics_4, russian_5, mathematics_5, markers
	from reference_federal_list()
	where region_id in (select region_id from own)
		and ($year::integer is null or year between $year::integer - 4 and $year::integer + 3)
),
-- joined at the end, where it selects all that is counted before
scale as (
	select
		procedure_id, kind, year, grade, subject, title, max_score, cutoff_3, cutoff_4, cutoff_5,
	from reference_procedures()
	-- later years too: what an exam says of the cohort afterwards
	where ($year::integer is null or year between $year::integer - 4 and $year::integer + 3)
		and ($kind::varchar is null or kind = $kind::varchar)
		and ($subject::varchar is null or subject = $subject::varchar)
		and ($grade::integer is null or grade = $grade::integer)
		and ($procedure::varchar is null or procedure_id = $procedure::varchar)
),
-- re-markings of the year, standing beside every row of it
remarked as (
	select
		school_id, scale.year,
		list(procedure_id order by procedure_id) as procedures,
		list(scale.title order by procedure_id) as titles,
		list(remarked order by procedure_id) as counts,
		list(unchanged order by procedure_id) as unchanged,
	from remarkings_visible_to($places)
	inner join scale using (procedure_id)
	group by school_id, scale.year
),
-- what the results of the exam say of candidates for medals, standing beside every row of the year: reached, missed or unknown
judged_candidate as (
	select
		school_id, year, medal, coalesce(russian < least, false) as is_russian_missed,
		case
			when russian < least then false
			when russian is null then null
			when other is not null then other >= least
			else basic_mathematics = 5
		end as is_reached,
	from (
		select *, case medal when 1 then $medal_first::double else $medal_second::double end as least,
		from medal_candidates_visible_to($places)
	)
),
medal as (
	select
		school_id, year,
		[count(*) filter (medal = 1), count(*) filter (medal = 2)] as candidates,
		[
			count(is_reached) filter (medal = 1), count(is_reached) filter (medal = 2)
		] as judged,
		[
			count(*) filter (medal = 1 and not is_reached), count(*) filter (medal = 2 and not is_reached)
		] as missed,
		count(*) filter (is_russian_missed) as missed_russian,
	from judged_candidate
	group by school_id, year
),
-- the same pupils a year later, under one code, by the procedure of the earlier year
linked as (
	select
		school_id, procedure_id,
		list(later_procedure_id order by later_procedure_id) as procedures,
		list(n order by later_procedure_id) as counts,
		list([mean, later_mean] order by later_procedure_id) as means,
		list([variance, later_variance, covariance] order by later_procedure_id) as variances,
	from reference_linked_pupils()
	group by school_id, procedure_id
),
pupil_moment as (
	select *, sqrt(literal_m2 / nullif(literal_n - 1, 0)) as literal_sd, m2 / nullif(n - 1, 0) as variance,
	from reference_school_results()
	where region_id in (select region_id from own)
),
-- schools without rows of pupils: what their imported tables of scores and of the journal carry
summed as (
	select school_id, procedure_id, region_id, municipality_id, advanced_subjects, form, counts
	from reference_sums()
	where form in ('scores', 'journal')
		and region_id in (select region_id from own)
),
summed_bin as (
	select school_id, procedure_id, (generate_subscripts(counts, 1) - 1)::integer as score, unnest(counts)::integer as n
	from summed
	where form = 'scores'
),
summed_power as (
	select school_id, procedure_id, sum(n) as n, sum(n * score) as s1, sum(n * score * score) as s2
	from summed_bin
	group by school_id, procedure_id
),
summed_moment as (
	select
		school_id,
		procedure_id,
		any_value(region_id) as region_id,
		any_value(municipality_id) as municipality_id,
		any_value(advanced_subjects) as advanced_subjects,
		0 as absent,
		0 as above_max,
		coalesce(any_value(power.n), 0) as n,
		any_value(case when power.n > 0 then s1 / power.n end) as mean,
		any_value(case when power.n > 1 then (s2 - s1 * s1 / power.n) / (power.n - 1) end) as variance,
		coalesce(max(counts[3]) filter (form = 'journal'), 0) as raised,
		coalesce(max(counts[2]) filter (form = 'journal'), 0) as confirmed,
		coalesce(max(counts[1]) filter (form = 'journal'), 0) as lowered,
	from summed
	left join summed_power as power using (school_id, procedure_id)
	group by school_id, procedure_id
),
summed_histogram as (
	select school_id, procedure_id, list(score order by score) as scores, list(n order by score) as score_counts
	from summed_bin
	where n > 0
	group by school_id, procedure_id
),
moment as (
	select *, false as is_summed from pupil_moment
	union all by name
	select
		*,
		n as literal_n,
		mean as literal_mean,
		sqrt(greatest(variance, 0)) as literal_sd,
		0 as pairs,
		true as is_summed,
	from summed_moment
	left join summed_histogram using (school_id, procedure_id)
),
-- the item profile of a table of completion against the region of that table, else against everything imported
completed as (
	select school_id, procedure_id, n, percents, region_percents
	from reference_item_completion()
	where region_id in (select region_id from own)
),
completed_item as (
	select
		completed.school_id, completed.procedure_id, completed.n,
		completed.percents[item_percent.position] as own_percent,
		coalesce(completed.region_percents[item_percent.position], item_percent.percent) as other_percent,
	from completed
	inner join reference_item_percents(null, $reference_pupils, $reference_share) as item_percent using (procedure_id)
),
completion as (
	select
		school_id, procedure_id,
		any_value(n) as completion_n,
		avg(own_percent - other_percent) filter (other_percent >= $easy_from::double) as completion_easy,
		avg(own_percent - other_percent) filter (other_percent < $easy_from::double) as completion_hard,
	from completed_item
	group by school_id, procedure_id
)
select
	moment.school_id::varchar as school_id,
	own.name::varchar as school_name,
	moment.municipality_id::varchar as municipality_id,
	moment.region_id::varchar as region_id,
	(
		own.school_id is not null
		and ($year::integer is null or scale.year = $year::integer)
	)::boolean as is_shown,
	moment.advanced_subjects::varchar[] as advanced_subjects,
	scale.procedure_id::varchar as procedure_id,
	scale.title::varchar as procedure_title,
	scale.kind::varchar as kind,
	scale.year::integer as year,
	scale.grade::integer as grade,
	scale.subject::varchar as subject,
	scale.max_score::double as max_score,
	scale.cutoff_3::double as cutoff_3,
	scale.cutoff_4::double as cutoff_4,
	scale.cutoff_5::double as cutoff_5,
	moment.absent::integer as absent,
	moment.above_max::integer as above_max,
	moment.n::integer as n,
	moment.mean::double as mean,
	moment.variance::double as variance,
	moment.scores::integer[] as scores,
	moment.score_counts::integer[] as score_counts,
	moment.literal_n::integer as literal_n,
	moment.literal_mean::double as literal_mean,
	moment.literal_sd::double as literal_sd,
	moment.raised::integer as raised,
	moment.confirmed::integer as confirmed,
	moment.lowered::integer as lowered,
	moment.gap2::integer as gap2,
	moment.pairs::integer as pairs,
	moment.rank_correlation::double as rank_correlation,
	coalesce(pattern.contrast_n, 0)::integer as contrast_n,
	pattern.contrast_mean::double as contrast_mean,
	pattern.contrast_variance::double as contrast_variance,
	pattern.easy_percent::double as easy_percent,
	pattern.hard_percent::double as hard_percent,
	coalesce(pattern.guttman_n, 0)::integer as guttman_n,
	pattern.guttman_mean::double as guttman_mean,
	pattern.guttman_variance::double as guttman_variance,
	moment.is_summed::boolean as is_summed,
	completion.completion_n::integer as completion_n,
	completion.completion_easy::double as completion_easy,
	completion.completion_hard::double as completion_hard,
	listed.markers::integer as list_markers,
	[listed.russian_4, listed.mathematics_4, listed.russian_5, listed.mathematics_5]::integer[] as list_marks,
	remarked.procedures::varchar[] as remark_procedures,
	remarked.titles::varchar[] as remark_titles,
	remarked.counts::integer[] as remark_counts,
	remarked.unchanged::integer[] as remark_unchanged,
	medal.candidates::integer[] as medal_candidates,
	medal.judged::integer[] as medal_judged,
	medal.missed::integer[] as medal_missed,
	medal.missed_russian::integer as medal_missed_russian,
	linked.procedures::varchar[] as linked_procedures,
	linked.counts::integer[] as linked_counts,
	linked.means::double[][] as linked_means,
	linked.variances::double[][] as linked_variances,
from moment
inner join scale using (procedure_id)
left join own using (school_id)
left join reference_school_patterns() as pattern using (school_id, procedure_id)
left join completion using (school_id, procedure_id)
left join listed on listed.school_id = moment.school_id and listed.year = scale.year
left join remarked on remarked.school_id = moment.school_id and remarked.year = scale.year
left join medal on medal.school_id = moment.school_id and medal.year = scale.year
left join linked on linked.school_id = moment.school_id and linked.procedure_id = moment.procedure_id
union all by name
-- a school that a list names in a year without results of its own: the list speaks alone
select
	listed.school_id::varchar as school_id,
	own.name::varchar as school_name,
	listed.municipality_id::varchar as municipality_id,
	listed.region_id::varchar as region_id,
	(
		$kind::varchar is null and $subject::varchar is null and $grade::integer is null and $procedure::varchar is null
		and ($year::integer is null or listed.year = $year::integer)
	)::boolean as is_shown,
	''::varchar as procedure_id,
	''::varchar as procedure_title,
	'vpr'::varchar as kind,
	listed.year::integer as year,
	''::varchar as subject,
	0::double as max_score,
	0::integer as absent,
	0::integer as above_max,
	0::integer as n,
	0::integer as literal_n,
	0::integer as raised,
	0::integer as confirmed,
	0::integer as lowered,
	listed.markers::integer as list_markers,
	[listed.russian_4, listed.mathematics_4, listed.russian_5, listed.mathematics_5]::integer[] as list_marks,
	remarked.procedures::varchar[] as remark_procedures,
	remarked.titles::varchar[] as remark_titles,
	remarked.counts::integer[] as remark_counts,
	remarked.unchanged::integer[] as remark_unchanged,
from listed
inner join own using (school_id)
left join remarked on remarked.school_id = listed.school_id and remarked.year = listed.year
where (listed.school_id, listed.year) not in (
	select (moment.school_id, scale.year) from moment inner join scale using (procedure_id)
)
order by school_id, year, procedure_id
