-- One row per school of the viewer and procedure: how many own papers and papers of all schools have each whole point, and what
-- the points from 0 to the maximum mean. A school without rows of pupils shows the distribution of an imported table.
-- Scores above the maximum are left out; half points count with the whole point below.
with
own_school as (
	select school_id, name, municipality_id
	from schools_visible_to($places)
	where ($school::varchar is null or school_id = $school::varchar)
		and ($municipality::varchar is null or municipality_id = $municipality::varchar)
),
scale as (
	select
		procedure_id, title, year,
		list_transform(
			range(0, floor(max_score)::bigint + 1),
			lambda score: derived_mark(score, cutoff_3, cutoff_4, cutoff_5)
		) as marks,
		list_transform(
			range(0, floor(max_score)::bigint + 1),
			lambda score: coalesce(score in (ceil(cutoff_3), ceil(cutoff_4), ceil(cutoff_5)), false)
		) as borders,
	from reference_procedures()
	where ($year::integer is null or year = $year::integer)
		and ($kind::varchar is null or kind = $kind::varchar)
		and ($subject::varchar is null or subject = $subject::varchar)
		and ($grade::integer is null or grade = $grade::integer)
		and ($procedure::varchar is null or procedure_id = $procedure::varchar)
),
own as (
	select school_id, procedure_id, scores, score_counts
	from reference_school_results()
	where n > 0
		and school_id in (select school_id from own_school)
	union all
	select school_id, procedure_id, range(len(counts)) as scores, counts as score_counts
	from reference_sums()
	where form = 'scores'
		and school_id in (select school_id from own_school)
),
everyone as (
	select procedure_id, list(floor(score)::integer) as scores, list(n) as score_counts, sum(n) as n
	from reference_score_counts()
	where procedure_id in (select procedure_id from scale)
	group by procedure_id
)
select
	own.school_id::varchar as school_id,
	own_school.name::varchar as school_name,
	own_school.municipality_id::varchar as municipality_id,
	scale.procedure_id::varchar as procedure_id,
	scale.title::varchar as procedure_title,
	scale.year::integer as year,
	coalesce(scale.marks, [])::integer[] as marks,
	coalesce(scale.borders, [])::boolean[] as borders,
	own.scores::integer[] as scores,
	own.score_counts::integer[] as score_counts,
	list_sum(own.score_counts)::integer as school_n,
	everyone.scores::integer[] as all_scores,
	everyone.score_counts::integer[] as all_counts,
	everyone.n::integer as all_n,
from own
inner join own_school using (school_id)
inner join scale using (procedure_id)
inner join everyone using (procedure_id)
order by own.school_id, scale.year, scale.procedure_id
