-- One row per indicator: numerator and denominator now and, where the same was measured before, the previous ones.
with own_school as (
	select *
	from schools_visible_to($places::varchar[])
	where $municipality::varchar is null or municipality_id = $municipality::varchar
),
released as (
	select campaign_id, row_number() over (order by released_at desc, campaign_id) as age
	from campaigns_visible_to($places::varchar[])
	where state in ('released', 'archived')
		-- a diagnostic: neither wishes nor feedback, nor steps of an instrument's own, measure a deficit
		and campaign_id in (
			select campaign_id
			from campaign_instruments_visible_to($places::varchar[])
			where channel not in ('needs_survey', 'feedback', 'questionnaire')
				and (instrument, version) not in (select (instrument, version) from instrument_level)
		)
),
staff as (
	select
		sum(teachers) as teachers,
		sum(teachers) filter (category in ('first', 'highest', 'teacher_methodist', 'teacher_mentor')) as with_category
	from staff_visible_to($places::varchar[])
	where school_id in (select school_id from own_school)
),
diagnosed as (
	select released.age, count(distinct score.participant_code) as people
	from released
	join scores_visible_to($places::varchar[]) as score using (campaign_id)
	where score.school_id in (select school_id from own_school)
	group by all
),
-- A person counts as having a high deficit when one group of competencies at least is below the lower cut.
levels as (
	select
		released.age,
		score.instrument,
		score.version,
		score.participant_code,
		bool_or(score.percent < scale.cut_medium) as has_high
	from released
	join scores_visible_to($places::varchar[]) as score using (campaign_id)
	join instrument_scale as scale
		on scale.instrument = score.instrument and scale.version = score.version and scale.scale = score.scale
	where score.kind = 'group' and score.answered_enough
		and score.school_id in (select school_id from own_school)
	group by all
),
high as (
	select age, instrument, version, count(*) filter (has_high) as people, count(*) as total
	from levels
	group by all
),
latest_high as (
	select
		now.instrument,
		now.version,
		now.people,
		now.total,
		before.people as previous_people,
		before.total as previous_total
	from high as now
	left join high as before
		on before.age = now.age + 1 and before.instrument = now.instrument and before.version = now.version
	where now.age = 1
),
procedure_share as (
	select
		result.year,
		result.school_id,
		result.procedure_id,
		count(*) filter (result.fail) / count(*)::double as share
	from results_visible_to($places::varchar[]) as result
	where result.fail is not null and not result.above_max
		and result.school_id in (select school_id from own_school)
	group by all
	union all
	-- a school without rows of pupils: its table of marks, or else of scores
	select procedure.year, total.school_id, procedure_id, arg_min(total.fail / total.n, total.form) as share
	from sums_visible_to($places::varchar[]) as total
	inner join procedures_visible_to($places::varchar[]) as procedure using (procedure_id)
	where total.fail is not null and total.n > 0
		and total.school_id in (select school_id from own_school)
	group by all
),
low as (
	select year, school_id
	from procedure_share
	group by year, school_id
	having count(*) filter (share >= $low_share::double) >= $low_procedures::integer
),
low_year as (
	select max(year) as year from procedure_share
),
low_now as (
	select school_id from low where year = (select year from low_year)
),
low_before as (
	select school_id from low where year = (select year from low_year) - 1
),
planned as (
	select distinct school_id
	from plans_visible_to($places::varchar[])
	where state in ('agreed', 'active', 'completed')
),
measure as (
	select
		count(*) filter (state = 'done' and done_on <= due_on) as in_time,
		count(*) as due
	from measures_visible_to($places::varchar[])
	where (due_on <= $today::date or state = 'done') and state <> 'cancelled'
		and school_id in (select school_id from own_school)
),
-- Method H6: who took part in a ВПР of the year has a result in it, or stands in the list of that year.
marked as (
	select year, school_id, markers
	from federal_list_visible_to($places::varchar[])
	where school_id in (select school_id from own_school)
),
vpr as (
	select procedure_id, year from procedures_visible_to($places::varchar[]) where kind = 'vpr'
),
took_part as (
	select distinct vpr.year, result.school_id
	from results_visible_to($places::varchar[]) as result
	join vpr using (procedure_id)
	where result.score is not null
	union
	select vpr.year, total.school_id from sums_visible_to($places::varchar[]) as total join vpr using (procedure_id)
	union
	select vpr.year, completion.school_id
	from item_completion_visible_to($places::varchar[]) as completion
	join vpr using (procedure_id)
	union
	select year, school_id from marked
),
marked_year as (
	select
		took_part.year,
		count(*) filter (markers > 0) as schools,
		count(*) as total
	from took_part
	left join marked using (year, school_id)
	where took_part.school_id in (select school_id from own_school)
		and took_part.year in (select year from marked)
	group by took_part.year
),
last_marked as (
	select
		max(year) as year,
		to_json(list({'year': year, 'numerator': schools, 'denominator': total} order by year)) as history
	from marked_year
	where year > (select max(year) from marked_year) - 3
),
listed as (
	select 1 as position, 'N1' as indicator, '' as detail,
		(select people from diagnosed where age = 1) as numerator, staff.teachers as denominator,
		(select people from diagnosed where age = 2) as previous_numerator,
		case when (select people from diagnosed where age = 2) is not null then staff.teachers end as previous_denominator
	from staff
	union all
	select 2, 'N2', case when $language::varchar = 'en' then instrument.title_en else instrument.title_ru end, people, total, previous_people, previous_total
	from latest_high
	join instrument using (instrument, version)
	union all
	select 3, 'I2', '', staff.with_category, staff.teachers, null, null from staff
	union all
	select 4, 'A', '', (select count(*) from low_now),
		(select count(distinct school_id) from procedure_share where year = (select year from low_year)),
		(select count(*) from low_before),
		(select count(distinct school_id) from procedure_share where year = (select year from low_year) - 1)
	union all
	select 5, 'H1', '', (select count(*) from low_now where school_id in (select school_id from planned)),
		(select count(*) from low_now), null, null
	union all
	select 6, 'H2', '', in_time, due, null, null from measure
	union all
	select 7, 'N20', last_marked.year::varchar, now.schools, now.total, before.schools, before.total
	from last_marked
	join marked_year as now using (year)
	left join marked_year as before on before.year = last_marked.year - 1
)
select
	listed.indicator::varchar as indicator,
	listed.detail::varchar as detail,
	coalesce(listed.numerator, 0)::integer as numerator,
	coalesce(listed.denominator, 0)::integer as denominator,
	listed.previous_numerator::integer as previous_numerator,
	listed.previous_denominator::integer as previous_denominator,
	(case when listed.indicator = 'N20' then (select history from last_marked) end)::varchar as history
from listed
order by listed.position, listed.detail
