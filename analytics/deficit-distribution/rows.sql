-- One row per instrument, scale and band of 20 percentage points: how many teachers' results fall into it.
with own_school as (
	select * from schools_visible_to($places::varchar[])
),
scored as (
	select
		score.campaign_id,
		score.instrument,
		score.channel,
		score.scale,
		score.kind,
		case when $language::varchar = 'en' then scale.title_en else scale.title_ru end as scale_title,
		scale.position,
		least(4, floor(score.percent / 20)) as band
	from scores_visible_to($places::varchar[]) as score
	join own_school using (school_id)
	join instrument_scale as scale
		on scale.instrument = score.instrument and scale.version = score.version and scale.scale = score.scale
	where score.answered_enough
		-- wishes, marks given to events and instruments with levels of their own tell no deficit
		and scale.cut_low is not null
		and score.campaign_id = $campaign::varchar
		and ($channel::varchar is null or score.channel = $channel::varchar)
		and ($competency::varchar is null or score.scale = $competency::varchar)
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
scale_total as (
	select campaign_id, instrument, channel, scale, kind, scale_title, position, count(*) as n_total
	from scored
	group by all
),
band as (
	select unnest(range(5)) as band
),
counted as (
	select instrument, scale, band, count(*) as n
	from scored
	group by all
)
select
	scale_total.campaign_id::varchar as campaign_id,
	scale_total.instrument::varchar as instrument,
	scale_total.channel::varchar as channel,
	scale_total.scale::varchar as scale,
	scale_total.kind::varchar as kind,
	scale_total.scale_title::varchar as scale_title,
	band.band::integer as band,
	(band.band * 20)::double as band_from,
	(band.band * 20 + 20)::double as band_to,
	coalesce(counted.n, 0)::integer as n,
	scale_total.n_total::integer as n_total
from scale_total
cross join band
left join counted
	on counted.instrument = scale_total.instrument and counted.scale = scale_total.scale and counted.band = band.band
order by scale_total.instrument, scale_total.position, scale_total.scale, band.band
