-- One row per instrument, scale and group of teachers: mean percent and high deficit with all responses and without flagged ones.
with own_school as (
	select school_id from schools_visible_to($places::varchar[])
),
flagged as (
	select response_key from left_out_responses('unflagged', $quality_limits::varchar)
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
		scale.position,
		case when scale.cut_medium is not null then score.percent < scale.cut_medium end as is_high,
		case when $language::varchar = 'en' then scale.title_en else scale.title_ru end as scale_title,
		score.response_key in (select response_key from flagged) as is_flagged,
		case $by::varchar when 'municipality' then score.municipality_id else 'all' end as group_key
	from scores_visible_to($places::varchar[]) as score
	join own_school using (school_id)
	join instrument_scale as scale
		on scale.instrument = score.instrument and scale.version = score.version and scale.scale = score.scale
	where score.answered_enough
		and score.campaign_id = $campaign::varchar
		and ($instrument::varchar is null or score.instrument = $instrument::varchar)
		and ($competency::varchar is null or score.scale = $competency::varchar)
		and ($municipality::varchar is null or score.municipality_id = $municipality::varchar)
		and ($school::varchar is null or score.school_id = $school::varchar)
),
-- The instrument asked for, or else the first of the campaign: pictures of two never lie over one another.
shown as (
	select instrument
	from scored
	join campaign_instruments_visible_to($places::varchar[]) as listed using (campaign_id, instrument)
	group by all
	order by min(listed.position), instrument
	limit 1
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
		count(*) filter (is_flagged) as n_flagged,
		avg(percent) as mean_all,
		avg(percent) filter (not is_flagged) as mean_kept,
		count(*) filter (is_high) as n_high,
		count(*) filter (is_high and not is_flagged) as n_high_kept,
		bool_or(is_high is not null) as has_levels
	from scored
	join shown using (instrument)
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
	municipality.name::varchar as group_label,
	counted.n::integer as n,
	counted.n_flagged::integer as n_flagged,
	counted.mean_all::double as mean_all,
	counted.mean_kept::double as mean_kept,
	case when counted.has_levels then counted.n_high end::integer as n_high,
	case when counted.has_levels then counted.n_high_kept end::integer as n_high_kept,
	case when $school::varchar is null then spread.school_count end::integer as school_count,
	case when $school::varchar is null then spread.largest_school_share end::double as largest_school_share
from counted
join spread using (instrument, scale, group_key)
left join municipality on $by::varchar = 'municipality' and municipality.municipality_id = counted.group_key
order by counted.position, counted.scale, group_label, counted.group_key
