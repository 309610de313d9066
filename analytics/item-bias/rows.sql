-- One row per group of teachers by the dimension, the largest first, with every pattern of points in it and how many people
-- gave it; titles of the items stand in the first.
with answered as (
	select
		response_key, campaign_id, instrument, version, item, position, points, school_id, subject, seniority_band, category
	from measured_answers_visible_to(
		$places::varchar[], $campaign::varchar, $instrument::varchar, $competency::varchar, $quality::varchar,
		$quality_limits::varchar
	)
),
listed as (
	select
		campaign_id, instrument, version, item, row_number() over (order by any_value(position), item) - 1 as place
	from answered
	group by campaign_id, instrument, version, item
),
titled as (
	select
		listed.*,
		item_words(worded.title_ru, worded.title_en, listed.item, $language::varchar) as item_title
	from listed
	left join items_visible_to($places::varchar[]) as worded using (instrument, version, item)
),
own_school as (
	select school_id, kind, locality from schools_visible_to($places::varchar[])
),
pattern as (
	select
		answered.response_key, any_value(answered.campaign_id) as campaign_id, any_value(answered.instrument) as instrument,
		any_value(answered.version) as version,
		any_value(case $by::varchar
			when 'seniority_band' then answered.seniority_band
			when 'category' then answered.category
			when 'subject' then answered.subject
			when 'school_kind' then own_school.kind
			else own_school.locality
		end) as group_key,
		any_value(answered.school_id) as school_id,
		string_agg(coalesce(answered.points::varchar, ''), ',' order by answered.position, answered.item) as points
	from answered
	join own_school using (school_id)
	group by answered.response_key
),
counted as (
	select campaign_id, instrument, version, group_key, points, count(*) as n
	from pattern
	where group_key is not null
	group by all
),
gathered as (
	select
		campaign_id, instrument, version, group_key, sum(n) as n, string_agg(points || '*' || n, ';' order by points) as answers
	from counted
	group by campaign_id, instrument, version, group_key
),
per_school as (
	select group_key, school_id, count(*) as n_school
	from pattern
	group by all
),
spread as (
	select group_key, count(*) as school_count, max(n_school) / sum(n_school) as largest_school_share
	from per_school
	group by group_key
)
select
	gathered.campaign_id::varchar as campaign_id,
	gathered.instrument::varchar as instrument,
	(case when $language::varchar = 'en' then described.title_en else described.title_ru end)::varchar as instrument_title,
	gathered.group_key::varchar as group_key,
	gathered.n::integer as n,
	spread.school_count::integer as school_count,
	spread.largest_school_share::double as largest_school_share,
	gathered.answers::varchar as answers,
	(select list(item order by place) from titled)::varchar[] as items,
	(select list(item_title order by place) from titled)::varchar[] as item_titles
from gathered
join spread using (group_key)
join instrument as described using (instrument, version)
order by gathered.n desc, gathered.group_key
