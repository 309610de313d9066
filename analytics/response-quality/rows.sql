-- One row per instrument, sign and group of teachers: how many responses there are, can be judged, and carry the sign.
with own_school as (
	select school_id, name from schools_visible_to($places::varchar[])
),
own_flags as (
	select flags.*
	from response_flags_visible_to($places::varchar[], $quality_limits::varchar) as flags
	where flags.campaign_id = $campaign::varchar
		and ($instrument::varchar is null or flags.instrument = $instrument::varchar)
		and ($municipality::varchar is null or flags.municipality_id = $municipality::varchar)
		and ($school::varchar is null or flags.school_id = $school::varchar)
),
-- The instrument asked for, or else the first of the campaign: pictures of two never lie over one another.
shown as (
	select instrument
	from own_flags
	join campaign_instruments_visible_to($places::varchar[]) as listed using (campaign_id, instrument, version)
	group by all
	order by min(listed.position), instrument
	limit 1
),
grouped as (
	select own_flags.*, case $by::varchar when 'school' then own_flags.school_id else own_flags.municipality_id end as group_key
	from own_flags
	join shown using (instrument)
),
per_school as (
	select instrument, group_key, school_id, count(*) as n_school
	from grouped
	group by all
),
spread as (
	select instrument, group_key, count(*) as school_count, max(n_school) / sum(n_school) as largest_school_share
	from per_school
	group by all
),
long as (
	select
		campaign_id,
		instrument,
		group_key,
		unnest(range(1, 6)) as position,
		unnest(['any', 'fast', 'one_answer', 'inconsistent', 'incomplete']) as sign,
		unnest([is_flagged, is_fast, is_one_answer, is_inconsistent, is_incomplete]) as carries,
		unnest([
			coalesce(is_fast, is_one_answer, is_inconsistent, is_incomplete) is not null, is_fast is not null,
			is_one_answer is not null, is_inconsistent is not null, is_incomplete is not null
		]) as is_judged
	from grouped
),
counted as (
	select
		campaign_id,
		instrument,
		group_key,
		position,
		sign,
		count(*) as n_responses,
		count(*) filter (is_judged) as n,
		count(*) filter (is_judged and carries) as n_flagged
	from long
	group by all
)
select
	counted.campaign_id::varchar as campaign_id,
	counted.instrument::varchar as instrument,
	(
		select any_value(case when $language::varchar = 'en' then title_en else title_ru end)
		from instrument
		where instrument.instrument = counted.instrument
	)::varchar as instrument_title,
	counted.sign::varchar as sign,
	counted.group_key::varchar as group_key,
	coalesce(own_school.name, municipality.name)::varchar as group_label,
	counted.n_responses::integer as n_responses,
	counted.n::integer as n,
	counted.n_flagged::integer as n_flagged,
	case when $by::varchar <> 'school' and $school::varchar is null then spread.school_count end::integer as school_count,
	case when $by::varchar <> 'school' and $school::varchar is null then spread.largest_school_share end::double
		as largest_school_share
from counted
join spread using (instrument, group_key)
left join own_school on $by::varchar = 'school' and own_school.school_id = counted.group_key
left join municipality on $by::varchar <> 'school' and municipality.municipality_id = counted.group_key
order by group_label, counted.group_key, counted.position
