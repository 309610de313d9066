-- One row per filter and value that can be chosen within the places, with a name where the value is a code.
with procedures as (
	select procedure_id, kind, year, grade, subject, title from procedures_visible_to($places::varchar[])
), schools as (
	select school_id, name, kind, locality from schools_visible_to($places::varchar[])
), participants as (
	select distinct subject, seniority_band, category from participants_visible_to($places::varchar[])
), found as (
	select distinct 'year' as filter, year::varchar as value, null::varchar as label, -year as position from procedures
	union all select distinct 'kind', kind, null, 0 from procedures
	union all select distinct 'grade', grade::varchar, null, grade from procedures
	union all select distinct 'subject', subject, null, 0 from (
		select subject from procedures union select subject from participants
	) as subjects
	union all select 'procedure', procedure_id, title, -year from procedures
	union all
	select 'campaign', campaign_id, title, -epoch(opens_on::timestamp)::integer
	from campaigns_visible_to($places::varchar[])
	where state in ('released', 'archived')
		and (
			$reads::varchar is null
			or campaign_id in (
				select campaign_id
				from campaign_instruments_visible_to($places::varchar[])
				where case $reads::varchar
					when 'needs' then channel = 'needs_survey'
					when 'feedback' then channel = 'feedback'
					when 'levels' then (instrument, version) in (select (instrument, version) from instrument_level)
					else true
				end
			)
		)
	union all
	select 'instrument', instrument, any_value(case when $language::varchar = 'en' then title_en else title_ru end), 0
	from instrument
	where (instrument, version) in (
		select (instrument, version)
		from campaign_instruments_visible_to($places::varchar[])
	)
	group by instrument
	union all select 'school', school_id, name, 0 from schools
	union all select 'municipality', municipality_id, name, 0 from municipalities_visible_to($places::varchar[])
	union all select distinct 'school_kind', kind, null, 0 from schools
	union all select distinct 'locality', locality, null, 0 from schools
	union all select distinct 'seniority_band', seniority_band, null, 0 from participants
	union all select distinct 'category', category, null, 0 from participants
)
select
	filter::varchar as filter,
	value::varchar as value,
	label::varchar as label,
	position::integer as position
from found
where value is not null
order by filter, position, label, value
