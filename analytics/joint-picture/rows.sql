-- One row per school and year of the viewer's regions: its context, and its result against the pupils of the region.
-- A school outside the viewer's places (`is_shown` false) is there for the line of expectation only; `compute` drops it.
with
own as (
	select school_id, name, region_id
	from schools_visible_to($places)
),
scale as (
	select procedure_id, year
	from reference_procedures()
	where $year::integer is null or year = $year::integer
),
counted as (
	select result.school_id, result.procedure_id, result.region_id, scale.year, result.n, result.mean, result.m2
	from reference_school_results() as result
	inner join scale using (procedure_id)
	where result.n > 0 and result.region_id in (select region_id from own)
),
centred as (
	select *, sum(n * mean) over whole / sum(n) over whole as region_mean, sum(n) over whole as region_n
	from counted
	window whole as (partition by region_id, procedure_id)
),
spread as (
	select
		*,
		sqrt(sum(m2 + n * (mean - region_mean) ** 2) over (partition by region_id, procedure_id) / nullif(region_n - 1, 0))
			as region_sd
	from centred
),
measured as (
	select
		school_id,
		year,
		sum(n) as n,
		sum(n * (mean - region_mean) / region_sd) filter (region_sd > 0) / sum(n) filter (region_sd > 0) as result
	from spread
	group by school_id, year
),
took_part as (
	select school_id, year from measured
	union
	select summed.school_id, scale.year
	from reference_sums() as summed
	inner join scale using (procedure_id)
	where summed.region_id in (select region_id from own)
),
-- the newest social passport of the year or of the few before it
effective as (
	select took_part.school_id, took_part.year, max(passport.year) as context_year
	from took_part
	inner join reference_school_context() as passport
		on passport.school_id = took_part.school_id
		and passport.year between took_part.year - $context_years::integer and took_part.year
	group by took_part.school_id, took_part.year
),
passport as (
	select effective.year as result_year, context.*
	from effective
	inner join reference_school_context() as context
		on context.school_id = effective.school_id and context.year = effective.context_year
)
select
	took_part.school_id::varchar as school_id,
	own.name::varchar as school_name,
	school.municipality_id::varchar as municipality_id,
	school.region_id::varchar as region_id,
	(own.school_id is not null)::boolean as is_shown,
	took_part.year::integer as year,
	school.kind::varchar as kind,
	school.locality::varchar as locality,
	school.pupils::integer as pupils,
	coalesce(measured.n, 0)::integer as n,
	measured.result::double as result,
	passport.higher_education::double as higher_education,
	passport.incomplete_families::double as incomplete_families,
	passport.large_or_low_income::double as large_or_low_income,
	passport.on_registers::double as on_registers,
	passport.other_language::double as other_language,
	passport.special_needs::double as special_needs,
	passport.vacancies::double as vacancies,
	passport.decision::varchar as decision
from took_part
inner join reference_schools() as school using (school_id)
left join measured using (school_id, year)
left join own using (school_id)
left join passport on passport.school_id = took_part.school_id and passport.result_year = took_part.year
order by took_part.school_id, took_part.year
