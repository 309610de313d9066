-- One row per school of the places and year with results or a risk profile: what its support plans in force have done,
-- the same in every year, and its index of the risk of failure.
with
own as (
	select school_id, name, municipality_id, region_id
	from schools_visible_to($places)
	where ($school::varchar is null or school_id = $school::varchar)
		and ($municipality::varchar is null or municipality_id = $municipality::varchar)
),
took_part as (
	select result.school_id, scale.year
	from reference_school_results() as result
	inner join reference_procedures() as scale using (procedure_id)
	where result.school_id in (select school_id from own)
	union
	select total.school_id, scale.year
	from reference_sums() as total
	inner join reference_procedures() as scale using (procedure_id)
	where total.school_id in (select school_id from own)
	union
	select school_id, year
	from risk_ratings_visible_to($places)
	where factor = $risk_factor::varchar and school_id in (select school_id from own)
),
planned as (
	select
		school_id,
		bool_or(state in ('agreed', 'active')) as has_plan,
		bool_or(state = 'draft') as has_draft,
		bool_or(state = 'completed') as had_plan,
	from plans_visible_to($places)
	group by school_id
),
-- Of the plans that stand now: what the order of today's work can count on. Due as in the indicator of execution.
measure_done as (
	select
		school_id,
		count(*) as measures,
		count(*) filter (state = 'done' and done_on <= due_on) as in_time,
		count(*) filter (due_on <= $today::date or state = 'done') as due,
	from measures_visible_to($places)
	where state <> 'cancelled'
		and plan_id in (select plan_id from plans_visible_to($places) where state in ('agreed', 'active'))
	group by school_id
),
-- what the municipality made of the factor and of its norm for the share below; no row where both stand as shipped
own_norm as (
	select
		municipality_id,
		bool_or(is_on) as is_on,
		any_value(good) filter (input = $risk_input::varchar) as good,
		any_value(bad) filter (input = $risk_input::varchar) as bad
	from risk_norms_visible_to($places)
	where factor = $risk_factor::varchar
	group by municipality_id
),
failure_risk as (
	select school_id, year, risk_index
	from risk_ratings_visible_to($places)
	where factor = $risk_factor::varchar
)
select
	own.school_id::varchar as school_id,
	own.name::varchar as school_name,
	own.municipality_id::varchar as municipality_id,
	own.region_id::varchar as region_id,
	took_part.year::integer as year,
	coalesce(planned.has_plan, false)::boolean as has_plan,
	coalesce(planned.has_draft, false)::boolean as has_draft,
	coalesce(planned.had_plan, false)::boolean as had_plan,
	coalesce(measure_done.measures, 0)::integer as measures,
	coalesce(measure_done.in_time, 0)::integer as measures_in_time,
	coalesce(measure_done.due, 0)::integer as measures_due,
	failure_risk.risk_index::double as failure_risk,
	coalesce(own_norm.is_on, true)::boolean as is_factor_on,
	own_norm.good::double as own_good,
	own_norm.bad::double as own_bad
from took_part
inner join own using (school_id)
left join planned using (school_id)
left join measure_done using (school_id)
left join failure_risk using (school_id, year)
left join own_norm on own_norm.municipality_id = own.municipality_id
where $year::integer is null or took_part.year = $year::integer
order by own.school_id, took_part.year
