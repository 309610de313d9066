-- One row per instrument, scale and group of teachers: how many were invited, diagnosed, and stand at each deficit level.
with own_school as (
	select * from schools_visible_to($places::varchar[])
),
invited as (
	select
		participant.participant_code,
		case $by::varchar
			when 'school' then participant.school_id
			when 'municipality' then participant.municipality_id
			when 'subject' then coalesce(participant.subject, '')
			when 'seniority_band' then coalesce(participant.seniority_band, '')
			when 'category' then coalesce(participant.category, '')
			when 'school_kind' then coalesce(own_school.kind, '')
			when 'locality' then coalesce(own_school.locality, '')
		end as group_key
	from participants_visible_to($places::varchar[]) as participant
	join own_school using (school_id)
	where participant.campaign_id = $campaign::varchar
		and ($school::varchar is null or participant.school_id = $school::varchar)
		and ($municipality::varchar is null or participant.municipality_id = $municipality::varchar)
		and ($subject::varchar is null or participant.subject = $subject::varchar)
		and ($seniority_band::varchar is null or participant.seniority_band = $seniority_band::varchar)
		and ($category::varchar is null or participant.category = $category::varchar)
		and ($school_kind::varchar is null or own_school.kind = $school_kind::varchar)
		and ($locality::varchar is null or own_school.locality = $locality::varchar)
),
group_size as (
	select group_key, count(*) as n_invited
	from invited
	group by all
),
scored as (
	select
		score.campaign_id,
		score.instrument,
		score.channel,
		score.scale,
		score.kind,
		score.school_id,
		score.percent,
		invited.group_key,
		scale.cut_low,
		scale.cut_medium,
		case when $language::varchar = 'en' then scale.title_en else scale.title_ru end as scale_title,
		scale.position
	from scores_visible_to($places::varchar[]) as score
	join invited using (participant_code)
	join instrument_scale as scale
		on scale.instrument = score.instrument and scale.version = score.version and scale.scale = score.scale
	where score.answered_enough
		-- wishes, marks given to events and instruments with levels of their own tell no deficit
		and scale.cut_low is not null
		and score.campaign_id = $campaign::varchar
		and ($channel::varchar is null or score.channel = $channel::varchar)
		and ($competency::varchar is null or score.scale = $competency::varchar)
		and score.response_key not in (
			select response_key from left_out_responses($quality::varchar, $quality_limits::varchar)
		)
),
per_school as (
	select instrument, scale, group_key, school_id, count(*) as n_school
	from scored
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
		scale_title,
		position,
		group_key,
		count(*) as n,
		count(*) filter (where percent < cut_medium) as n_high,
		count(*) filter (where percent >= cut_medium and percent < cut_low) as n_medium,
		count(*) filter (where percent >= cut_low) as n_low,
		avg(percent) as mean_percent
	from scored
	group by all
)
select
	counted.campaign_id::varchar as campaign_id,
	counted.instrument::varchar as instrument,
	counted.channel::varchar as channel,
	counted.scale::varchar as scale,
	counted.kind::varchar as kind,
	counted.scale_title::varchar as scale_title,
	counted.group_key::varchar as group_key,
	case $by::varchar
		when 'school' then own_school.name
		when 'municipality' then municipality.name
		else counted.group_key
	end::varchar as group_label,
	counted.n::integer as n,
	group_size.n_invited::integer as n_invited,
	counted.n_high::integer as n_high,
	counted.n_medium::integer as n_medium,
	counted.n_low::integer as n_low,
	counted.mean_percent::double as mean_percent,
	case when $by::varchar <> 'school' and $school::varchar is null then spread.school_count end::integer as school_count,
	case when $by::varchar <> 'school' and $school::varchar is null then spread.largest_school_share end::double
		as largest_school_share
from counted
join group_size using (group_key)
join spread using (instrument, scale, group_key)
left join own_school on $by::varchar = 'school' and own_school.school_id = counted.group_key
left join municipality on $by::varchar = 'municipality' and municipality.municipality_id = counted.group_key
order by counted.instrument, counted.position, counted.scale, group_label, counted.group_key
