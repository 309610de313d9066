-- One row per area and step of an instrument with steps of its own: how many teachers stand at the step.
with own_school as (
	select school_id, kind, locality from schools_visible_to($places::varchar[])
),
stepped as (
	select
		score.campaign_id,
		score.instrument,
		score.version,
		score.channel,
		score.scale,
		score.kind,
		case when $language::varchar = 'en' then scale.title_en else scale.title_ru end as scale_title,
		scale.position,
		step.level
	from scores_visible_to($places::varchar[]) as score
	join own_school using (school_id)
	join instrument_scale as scale
		on scale.instrument = score.instrument and scale.version = score.version and scale.scale = score.scale
	-- half-open from below; the highest step holds its upper end
	join instrument_level as step
		on step.instrument = score.instrument and step.version = score.version
		and score.percent >= step.from_percent and (score.percent < step.to_percent or step.to_percent = 100)
	where score.answered_enough
		and score.campaign_id = $campaign::varchar
		and ($school::varchar is null or score.school_id = $school::varchar)
		and ($municipality::varchar is null or score.municipality_id = $municipality::varchar)
		and ($subject::varchar is null or score.subject = $subject::varchar)
		and ($seniority_band::varchar is null or score.seniority_band = $seniority_band::varchar)
		and ($category::varchar is null or score.category = $category::varchar)
		and ($school_kind::varchar is null or own_school.kind = $school_kind::varchar)
		and ($locality::varchar is null or own_school.locality = $locality::varchar)
		and score.response_key not in (
			select response_key from left_out_responses($quality::varchar, $quality_limits::varchar)
		)
),
area as (
	select campaign_id, instrument, version, channel, scale, kind, scale_title, position, count(*) as n_total
	from stepped
	group by all
),
counted as (
	select instrument, version, scale, level, count(*) as n
	from stepped
	group by all
)
select
	area.campaign_id::varchar as campaign_id,
	area.instrument::varchar as instrument,
	area.channel::varchar as channel,
	area.scale::varchar as scale,
	area.kind::varchar as kind,
	area.scale_title::varchar as scale_title,
	step.level::varchar as level,
	step.position::integer as level_number,
	case when $language::varchar = 'en' then step.title_en else step.title_ru end::varchar as level_title,
	coalesce(counted.n, 0)::integer as n,
	area.n_total::integer as n_total
from area
join instrument_level as step using (instrument, version)
left join counted
	on counted.instrument = area.instrument and counted.version = area.version and counted.scale = area.scale
	and counted.level = step.level
order by area.instrument, area.position, area.scale, step.position
