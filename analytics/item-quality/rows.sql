-- One row per item of the scale asked for, or of the whole instrument, with how many people chose each of its options and how
-- they did on the other items; the first carries every pattern of points with the number of people who gave it.
with answered as (
	select response_key, campaign_id, instrument, version, item, position, value, points, max_points, school_id
	from measured_answers_visible_to(
		$places::varchar[], $campaign::varchar, $instrument::varchar, $competency::varchar, $quality::varchar,
		$quality_limits::varchar
	)
),
listed as (
	select
		campaign_id, instrument, version, item, any_value(max_points) as max_points,
		row_number() over (order by any_value(position), item) - 1 as place
	from answered
	group by campaign_id, instrument, version, item
),
pattern as (
	select response_key, string_agg(coalesce(points::varchar, ''), ',' order by position, item) as points, sum(points) as total
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
titled as (
	select
		listed.*, field.kind as field_kind, field.choices,
		item_words(worded.title_ru, worded.title_en, listed.item, $language::varchar) as item_title
	from listed
	left join items_visible_to($places::varchar[]) as worded using (instrument, version, item)
	left join fields_visible_to($places::varchar[]) as field using (instrument, version, item)
),
offered as (
	select
		item, option_place, (choice->>'$.value') as option,
		(choice->>(case when $language::varchar = 'en' then '$.title.en' else '$.title.ru' end)) as option_title
	from (
		select
			item, unnest(range(1, 1 + len(choices::json[]))) as option_place, unnest(choices::json[]) as choice
		from titled
		where field_kind = 'choice'
	)
),
chosen as (
	select
		answered.item, answered.value as option, count(*) as n, avg(answered.points) as points,
		avg(pattern.total - answered.points) as rest
	from answered
	join pattern using (response_key)
	where answered.value is not null
	group by answered.item, answered.value
),
options as (
	select
		item,
		list(option_title order by option_place) as option_titles,
		list(coalesce(chosen.n, 0) order by option_place) as option_counts,
		-- a list holds no empty cell: an option that nobody chose has −1
		list(coalesce(chosen.points, -1) order by option_place) as option_points,
		list(coalesce(chosen.rest, -1) order by option_place) as option_rests
	from offered
	left join chosen using (item, option)
	group by item
)
select
	titled.campaign_id::varchar as campaign_id,
	titled.instrument::varchar as instrument,
	(case when $language::varchar = 'en' then described.title_en else described.title_ru end)::varchar as instrument_title,
	described.channel::varchar as channel,
	titled.item::varchar as item,
	titled.item_title::varchar as item_title,
	titled.max_points::double as max_points,
	options.option_titles::varchar[] as option_titles,
	options.option_counts::integer[] as option_counts,
	options.option_points::double[] as option_points,
	options.option_rests::double[] as option_rests,
	(select count(*) from pattern)::integer as n,
	spread.school_count::integer as school_count,
	spread.largest_school_share::double as largest_school_share,
	case when titled.place = 0 then (
		select string_agg(points || '*' || n, ';' order by points) from counted
	) end::varchar as answers
from titled
cross join spread
join instrument as described using (instrument, version)
left join options using (item)
order by titled.place
