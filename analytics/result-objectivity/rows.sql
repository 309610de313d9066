-- One row per school and procedure of the viewer's regions: counts, moments and contrasts that the signs are made of.
-- A school outside the viewer's places (`is_shown` false) is there to compare with and to count in; `compute` drops it.
with
own as (
	select school_id, name, region_id
	from schools_visible_to($places)
),
listed as (
	select year, school_id, municipality_id, region_id, russian_4, mathematics_4, russian_5, mathematics_5, markers
	from federal_list_visible_to($places)
	where $year::integer is null or year between $year::integer - 4 and $year::integer
),
scale as (
	select
		procedure_id, kind, year, grade, subject, title, max_score, cutoff_3, cutoff_4, cutoff_5, item_ids, item_maxima,
	from reference_procedures()
	where ($year::integer is null or year between $year::integer - 4 and $year::integer)
		and ($kind::varchar is null or kind = $kind::varchar)
		and ($subject::varchar is null or subject = $subject::varchar)
		and ($grade::integer is null or grade = $grade::integer)
		and ($procedure::varchar is null or procedure_id = $procedure::varchar)
),
pupil as (
	select
		procedure_id, region_id, municipality_id, school_id, advanced_subjects, score, mark, items, above_max, counted,
		case when journal_mark between 2 and 5 then journal_mark end as journal_mark,
		score is not null and not above_max as is_valid,
	from results_for_reference()
	where region_id in (select region_id from own)
		and procedure_id in (select procedure_id from scale)
),
pupil_moment as (
	select
		school_id,
		procedure_id,
		any_value(region_id) as region_id,
		any_value(municipality_id) as municipality_id,
		any_value(advanced_subjects) as advanced_subjects,
		count(*) filter (score is null) as absent,
		count(*) filter (above_max) as above_max,
		count(*) filter (is_valid) as n,
		avg(score) filter (is_valid) as mean,
		var_samp(score) filter (is_valid) as variance,
		count(*) filter (counted) as literal_n,
		avg(score) filter (counted) as literal_mean,
		stddev_samp(score) filter (counted) as literal_sd,
		count(*) filter (is_valid and mark > journal_mark) as raised,
		count(*) filter (is_valid and mark = journal_mark) as confirmed,
		count(*) filter (is_valid and mark < journal_mark) as lowered,
		count(*) filter (is_valid and journal_mark - mark >= 2) as gap2,
	from pupil
	group by school_id, procedure_id
),
-- schools without rows of pupils: what their imported tables of scores and of the journal carry
summed as (
	select school_id, procedure_id, region_id, municipality_id, advanced_subjects, form, counts
	from reference_sums()
	where form in ('scores', 'journal')
		and region_id in (select region_id from own)
		and procedure_id in (select procedure_id from scale)
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
moment as (
	select *, false as is_summed from pupil_moment
	union all by name
	select *, n as literal_n, mean as literal_mean, sqrt(greatest(variance, 0)) as literal_sd, true as is_summed
	from summed_moment
),
bin as (
	select school_id, procedure_id, floor(score)::integer as score, count(*)::integer as n
	from pupil
	where is_valid
	group by all
	union all by name
	select school_id, procedure_id, score, n from summed_bin where n > 0
),
histogram as (
	select school_id, procedure_id, list(score order by score) as scores, list(n order by score) as score_counts
	from bin
	group by school_id, procedure_id
),
-- average ranks: the place of the first of the equal ones, and half of the others
ranked as (
	select
		school_id,
		procedure_id,
		rank() over (partition by school_id, procedure_id order by score)
			+ (count(*) over (partition by school_id, procedure_id, score) - 1) / 2.0 as score_rank,
		rank() over (partition by school_id, procedure_id order by journal_mark)
			+ (count(*) over (partition by school_id, procedure_id, journal_mark) - 1) / 2.0 as journal_rank,
	from pupil
	where counted and journal_mark is not null
),
correlated as (
	select
		school_id,
		procedure_id,
		count(*) as pairs,
		case
			when min(score_rank) < max(score_rank) and min(journal_rank) < max(journal_rank)
			then corr(score_rank, journal_rank)
		end as rank_correlation,
	from ranked
	group by school_id, procedure_id
),
scale_item as (
	select
		procedure_id,
		unnest(item_ids) as item,
		unnest(item_maxima) as item_max,
		generate_subscripts(item_ids, 1) as position,
	from scale
),
-- percent of its points that an item brought in the reference (a given one, else over everything imported)
item_percent as (
	select
		scale_item.procedure_id,
		position,
		item_max,
		coalesce(
			json_extract(
				try_cast($reference::varchar as json), '$."' || procedure_id || '".items."' || item || '"'
			)::double,
			100.0 * points / (max(n) over (partition by procedure_id) * item_max)
		) as percent,
	from scale_item
	left join reference_item_totals() as total using (procedure_id, item)
	where item_max > 0
),
item_set as (
	select
		procedure_id,
		position,
		item_max,
		percent >= $easy_from::double as is_easy,
		row_number() over (partition by procedure_id order by percent desc, position) as place,
	from item_percent
	where percent is not null
),
item_weight as (
	select
		procedure_id,
		list(item_max order by position) as maxima,
		list(place::double order by position) as places,
		list(case when is_easy then 1.0 / item_max else 0.0 end order by position) as easy_weights,
		list(case when is_easy then 0.0 else 1.0 / item_max end order by position) as hard_weights,
		count(*) filter (is_easy) as easy_items,
		count(*) filter (not is_easy) as hard_items,
	from item_set
	group by procedure_id
),
pupil_items as (
	select
		school_id, procedure_id, places, easy_weights, hard_weights, easy_items, hard_items, maxima,
		list_transform(items, lambda x, i: greatest(0.0, least(coalesce(x, 0.0), maxima[i]))) as points,
	from pupil
	inner join item_weight using (procedure_id)
	where is_valid and len(items) = len(maxima) and easy_items > 0 and hard_items > 0
),
pupil_percent as (
	select
		school_id,
		procedure_id,
		100.0 * list_dot_product(points, easy_weights) / easy_items as easy,
		100.0 * list_dot_product(points, hard_weights) / hard_items as hard,
		list_transform(points, lambda x, i: case when x >= maxima[i] then 1.0 else 0.0 end) as solved,
		places,
	from pupil_items
),
-- places of solved items, easy to hard, beyond those of a perfect order are Guttman errors; normed by their largest number
pupil_pattern as (
	select
		school_id,
		procedure_id,
		easy,
		hard,
		case
			when list_sum(solved) between 1 and len(solved) - 1
			then (list_dot_product(solved, places) - list_sum(solved) * (list_sum(solved) + 1) / 2)
				/ (list_sum(solved) * (len(solved) - list_sum(solved)))
		end as guttman,
	from pupil_percent
),
contrast as (
	select
		school_id,
		procedure_id,
		count(*) as contrast_n,
		avg(hard - easy) as contrast_mean,
		var_samp(hard - easy) as contrast_variance,
		avg(easy) as easy_percent,
		avg(hard) as hard_percent,
		count(guttman) as guttman_n,
		avg(guttman) as guttman_mean,
		var_samp(guttman) as guttman_variance,
	from pupil_pattern
	group by school_id, procedure_id
)
select
	moment.school_id::varchar as school_id,
	own.name::varchar as school_name,
	moment.municipality_id::varchar as municipality_id,
	moment.region_id::varchar as region_id,
	(
		own.school_id is not null
		and ($school::varchar is null or moment.school_id = $school::varchar)
		and ($municipality::varchar is null or moment.municipality_id = $municipality::varchar)
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
	histogram.scores::integer[] as scores,
	histogram.score_counts::integer[] as score_counts,
	moment.literal_n::integer as literal_n,
	moment.literal_mean::double as literal_mean,
	moment.literal_sd::double as literal_sd,
	moment.raised::integer as raised,
	moment.confirmed::integer as confirmed,
	moment.lowered::integer as lowered,
	moment.gap2::integer as gap2,
	coalesce(correlated.pairs, 0)::integer as pairs,
	correlated.rank_correlation::double as rank_correlation,
	coalesce(contrast.contrast_n, 0)::integer as contrast_n,
	contrast.contrast_mean::double as contrast_mean,
	contrast.contrast_variance::double as contrast_variance,
	contrast.easy_percent::double as easy_percent,
	contrast.hard_percent::double as hard_percent,
	coalesce(contrast.guttman_n, 0)::integer as guttman_n,
	contrast.guttman_mean::double as guttman_mean,
	contrast.guttman_variance::double as guttman_variance,
	moment.is_summed::boolean as is_summed,
	listed.markers::integer as list_markers,
	[listed.russian_4, listed.mathematics_4, listed.russian_5, listed.mathematics_5]::integer[] as list_marks,
from moment
inner join scale using (procedure_id)
left join own using (school_id)
left join histogram using (school_id, procedure_id)
left join correlated using (school_id, procedure_id)
left join contrast using (school_id, procedure_id)
left join listed on listed.school_id = moment.school_id and listed.year = scale.year
union all by name
-- a school that a list names in a year without results of its own: the list speaks alone
select
	listed.school_id::varchar as school_id,
	own.name::varchar as school_name,
	listed.municipality_id::varchar as municipality_id,
	listed.region_id::varchar as region_id,
	(
		$kind::varchar is null and $subject::varchar is null and $grade::integer is null and $procedure::varchar is null
		and ($school::varchar is null or listed.school_id = $school::varchar)
		and ($municipality::varchar is null or listed.municipality_id = $municipality::varchar)
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
from listed
inner join own using (school_id)
where (listed.school_id, listed.year) not in (
	select (moment.school_id, scale.year) from moment inner join scale using (procedure_id)
)
order by school_id, year, procedure_id
