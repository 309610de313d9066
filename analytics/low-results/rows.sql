-- One row per school and procedure of the viewer's regions: how many results count and how many stand below the threshold.
-- A school outside the viewer's places (`is_shown` false) serves the prior only; `compute` drops it.
with
own as (
	select school_id, name, region_id
	from schools_visible_to($places)
),
scale as (
	select procedure_id, kind, year, grade, subject, title, max_score
	from reference_procedures()
	where ($year::integer is null or year between $year::integer - 1 and $year::integer)
		and ($kind::varchar is null or kind = $kind::varchar)
		and ($subject::varchar is null or subject = $subject::varchar)
		and ($grade::integer is null or grade = $grade::integer)
),
counted as (
	select school_id, procedure_id, region_id, municipality_id, n_scaled as n, n_fail as fail, unscaled, above_max,
	from reference_school_results()
	where region_id in (select region_id from own)
		and procedure_id in (select procedure_id from scale)
	union all by name
	-- a school without rows of pupils: its table of marks, or else of scores
	select
		school_id,
		procedure_id,
		any_value(region_id) as region_id,
		any_value(municipality_id) as municipality_id,
		arg_min(n, form) as n,
		arg_min(fail, form) as fail,
		0 as unscaled,
		0 as above_max,
		true as is_summed,
	from reference_sums()
	where fail is not null
		and region_id in (select region_id from own)
		and procedure_id in (select procedure_id from scale)
	group by school_id, procedure_id
)
select
	counted.school_id::varchar as school_id,
	own.name::varchar as school_name,
	counted.municipality_id::varchar as municipality_id,
	counted.region_id::varchar as region_id,
	(
		own.school_id is not null
		and ($year::integer is null or scale.year = $year::integer)
	)::boolean as is_shown,
	scale.procedure_id::varchar as procedure_id,
	scale.title::varchar as procedure_title,
	scale.kind::varchar as kind,
	scale.year::integer as year,
	scale.grade::integer as grade,
	scale.subject::varchar as subject,
	scale.max_score::double as max_score,
	counted.n::integer as n,
	counted.fail::integer as fail,
	counted.unscaled::integer as unscaled,
	counted.above_max::integer as above_max,
	coalesce(counted.is_summed, false)::boolean as is_summed,
from counted
inner join scale using (procedure_id)
left join own using (school_id)
order by counted.school_id, scale.year, scale.procedure_id
