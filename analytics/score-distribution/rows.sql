-- One row per school of the viewer, procedure and primary score from 0 to the maximum: own papers and those of all schools.
-- A school without rows of pupils shows the distribution of an imported table. Scores above the maximum are left out; half points count with the whole point below.
with
own_school as (
	select school_id, name, municipality_id
	from schools_visible_to($places)
	where ($school::varchar is null or school_id = $school::varchar)
		and ($municipality::varchar is null or municipality_id = $municipality::varchar)
),
scale as (
	select procedure_id, title, year, max_score, cutoff_3, cutoff_4, cutoff_5
	from procedures_visible_to($places)
	where ($year::integer is null or year = $year::integer)
		and ($kind::varchar is null or kind = $kind::varchar)
		and ($subject::varchar is null or subject = $subject::varchar)
		and ($grade::integer is null or grade = $grade::integer)
		and ($procedure::varchar is null or procedure_id = $procedure::varchar)
),
own as (
	select school_id, procedure_id, floor(score)::integer as score, count(*) as n
	from results_visible_to($places)
	where score is not null and not above_max
		and school_id in (select school_id from own_school)
		and procedure_id in (select procedure_id from scale)
	group by all
	union all by name
	select school_id, procedure_id, (generate_subscripts(counts, 1) - 1)::integer as score, unnest(counts) as n
	from sums_visible_to($places)
	where form = 'scores'
		and school_id in (select school_id from own_school)
		and procedure_id in (select procedure_id from scale)
),
own_total as (
	select school_id, procedure_id, sum(n) as n from own group by school_id, procedure_id
),
everyone as (
	select procedure_id, floor(score)::integer as score, sum(n) as n
	from reference_score_counts()
	where procedure_id in (select procedure_id from scale)
	group by all
),
everyone_total as (
	select procedure_id, sum(n) as n from everyone group by procedure_id
),
grid as (
	select procedure_id, unnest(range(0, floor(max_score)::bigint + 1))::integer as score
	from scale
)
select
	own_total.school_id::varchar as school_id,
	own_school.name::varchar as school_name,
	own_school.municipality_id::varchar as municipality_id,
	scale.procedure_id::varchar as procedure_id,
	scale.title::varchar as procedure_title,
	scale.year::integer as year,
	grid.score::integer as score,
	coalesce(own.n, 0)::integer as n,
	(coalesce(everyone.n, 0) - coalesce(own.n, 0))::integer as reference_count,
	derived_mark(grid.score, cutoff_3, cutoff_4, cutoff_5)::integer as mark,
	coalesce(grid.score in (ceil(cutoff_3), ceil(cutoff_4), ceil(cutoff_5)), false)::boolean as is_cutoff,
	own_total.n::integer as school_n,
	(everyone_total.n - own_total.n)::integer as reference_n,
from own_total
inner join own_school using (school_id)
inner join scale using (procedure_id)
inner join grid using (procedure_id)
inner join everyone_total using (procedure_id)
left join own using (school_id, procedure_id, score)
left join everyone using (procedure_id, score)
order by own_total.school_id, scale.year, scale.procedure_id, grid.score
