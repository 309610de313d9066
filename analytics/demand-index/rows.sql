-- One row per theme of need and group of teachers: how many answered the question that offers it, and how many chose it.
with own_school as (
	select school_id, name, kind, locality from schools_visible_to($places::varchar[])
),
needs as (
	select
		score.campaign_id,
		score.instrument,
		score.channel,
		score.scale,
		score.kind,
		score.school_id,
		score.percent,
		scale.position,
		case when $language::varchar = 'en' then scale.title_en else scale.title_ru end as theme,
		case $by::varchar
			when 'all' then 'all'
			when 'school' then score.school_id
			when 'municipality' then score.municipality_id
			when 'subject' then coalesce(score.subject, '')
			when 'seniority_band' then coalesce(score.seniority_band, '')
			when 'school_kind' then coalesce(own_school.kind, '')
			when 'locality' then coalesce(own_school.locality, '')
		end as group_key
	from scores_visible_to($places::varchar[]) as score
	join own_school using (school_id)
	join instrument_scale as scale
		on scale.instrument = score.instrument and scale.version = score.version and scale.scale = score.scale
	where score.answered_enough
		and score.channel = 'needs_survey'
		and score.campaign_id = $campaign::varchar
		and ($school::varchar is null or score.school_id = $school::varchar)
		and ($municipality::varchar is null or score.municipality_id = $municipality::varchar)
		and ($subject::varchar is null or score.subject = $subject::varchar)
		and ($seniority_band::varchar is null or score.seniority_band = $seniority_band::varchar)
		and ($school_kind::varchar is null or own_school.kind = $school_kind::varchar)
		and ($locality::varchar is null or own_school.locality = $locality::varchar)
		and score.response_key not in (
			select response_key from left_out_responses($quality::varchar, $quality_limits::varchar)
		)
),
per_school as (
	select instrument, scale, group_key, school_id, count(*) as n_school
	from needs
	group by all
),
spread as (
	select instrument, scale, group_key, count(*) as school_count, max(n_school) / sum(n_school) as largest_school_share
	from per_school
	group by all
),
counted as (
	select
		campaign_id,
		instrument,
		channel,
		scale,
		kind,
		theme,
		position,
		group_key,
		count(*) as n,
		count(*) filter (where percent = 100) as n_chosen
	from needs
	group by all
)
select
	counted.campaign_id::varchar as campaign_id,
	counted.instrument::varchar as instrument,
	counted.channel::varchar as channel,
	counted.scale::varchar as scale,
	counted.kind::varchar as kind,
	counted.theme::varchar as theme,
	counted.group_key::varchar as group_key,
	case $by::varchar
		when 'school' then own_school.name
		when 'municipality' then municipality.name
		else counted.group_key
	end::varchar as group_label,
	counted.n::integer as n,
	counted.n_chosen::integer as n_chosen,
	case when $by::varchar <> 'school' and $school::varchar is null then spread.school_count end::integer as school_count,
	case when $by::varchar <> 'school' and $school::varchar is null then spread.largest_school_share end::double
		as largest_school_share
from counted
join spread using (instrument, scale, group_key)
left join own_school on $by::varchar = 'school' and own_school.school_id = counted.group_key
left join municipality on $by::varchar = 'municipality' and municipality.municipality_id = counted.group_key
order by counted.position, group_label, counted.group_key
