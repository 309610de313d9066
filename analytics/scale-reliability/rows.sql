-- One row per scale of the instrument, and first the instrument as a whole, which carries every pattern of points with the
-- number of people who gave it.
with answered as (
	select response_key, campaign_id, instrument, version, item, competency, position, points, max_points, school_id
	from measured_answers_visible_to(
		$places::varchar[], $campaign::varchar, $instrument::varchar, null::varchar, $quality::varchar,
		$quality_limits::varchar
	)
),
listed as (
	select
		campaign_id, instrument, version, item, competency, any_value(max_points) as max_points,
		row_number() over (order by any_value(position), item) - 1 as place
	from answered
	group by campaign_id, instrument, version, item, competency
),
pattern as (
	select response_key, string_agg(coalesce(points::varchar, ''), ',' order by position, item) as points
	from answered
	group by response_key
),
counted as (
	select points, count(*) as n
	from pattern
	group by points
),
per_school as (
	select school_id, count(distinct response_key) as n_school
	from answered
	group by school_id
),
spread as (
	select count(*) as school_count, max(n_school) / sum(n_school) as largest_school_share
	from per_school
),
scored as (
	select scale, percent, count(*) as n
	from scores_visible_to($places::varchar[])
	where answered_enough and response_key in (select response_key from answered)
	group by scale, percent
),
-- Levels of a scale: the cuts of deficit, or those of the instrument's own levels.
cut as (
	select scale.instrument, scale.version, scale.scale, unnest([scale.cut_low, scale.cut_medium]) as cut
	from instrument_scale as scale
	union all
	select scale.instrument, scale.version, scale.scale, level.from_percent
	from instrument_scale as scale
	join instrument_level as level using (instrument, version)
	where level.from_percent > 0
),
cuts_of as (
	select instrument, version, scale, list(distinct cut order by cut) as cuts
	from cut
	where cut is not null
	group by all
),
whole as (
	select
		campaign_id, instrument, version, 'all' as scale, 'whole' as kind, 0 as position, list(place order by place) as places,
		sum(max_points) as max_points, null::double as planned_sem
	from listed
	group by campaign_id, instrument, version
),
part as (
	select
		listed.campaign_id, listed.instrument, listed.version, scale.scale, scale.kind, scale.position,
		list(listed.place order by listed.place) as places, sum(listed.max_points) as max_points,
		any_value(scale.planned_sem) as planned_sem
	from listed
	left join competency using (competency)
	join instrument_scale as scale
		on scale.instrument = listed.instrument and scale.version = listed.version
		and scale.scale in (listed.competency, competency.competency_group)
	where scale.kind in ('competency', 'group', 'area')
	group by all
),
every_scale as (
	select * from whole
	union all
	select * from part
)
select
	every_scale.campaign_id::varchar as campaign_id,
	every_scale.instrument::varchar as instrument,
	(case when $language::varchar = 'en' then described.title_en else described.title_ru end)::varchar as instrument_title,
	every_scale.scale::varchar as scale,
	every_scale.kind::varchar as kind,
	(case when $language::varchar = 'en' then named.title_en else named.title_ru end)::varchar as scale_title,
	every_scale.places::integer[] as places,
	every_scale.max_points::double as max_points,
	every_scale.planned_sem::double as planned_sem,
	cuts_of.cuts::double[] as cuts,
	(select list(percent order by percent) from scored where scored.scale = every_scale.scale)::double[] as percents,
	(select list(n order by percent) from scored where scored.scale = every_scale.scale)::integer[] as percent_counts,
	(select count(*) from pattern)::integer as n,
	spread.school_count::integer as school_count,
	spread.largest_school_share::double as largest_school_share,
	case when every_scale.kind = 'whole' then (
		select list(
			item_words(worded.title_ru, worded.title_en, listed.item, $language::varchar) order by listed.place
		)
		from listed
		left join items_visible_to($places::varchar[]) as worded using (instrument, version, item)
	) end::varchar[] as item_titles,
	case when every_scale.kind = 'whole' then (
		select string_agg(points || '*' || n, ';' order by points) from counted
	) end::varchar as answers
from every_scale
cross join spread
join instrument as described using (instrument, version)
left join instrument_scale as named
	on named.instrument = every_scale.instrument and named.version = every_scale.version and named.scale = every_scale.scale
left join cuts_of
	on cuts_of.instrument = every_scale.instrument and cuts_of.version = every_scale.version
	and cuts_of.scale = every_scale.scale
order by every_scale.position, every_scale.scale
