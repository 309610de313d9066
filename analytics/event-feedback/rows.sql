-- One row per question and answer of a feedback, and per text written under a question that enough people wrote to.
with own_answer as (
	select answer.*
	from answers_visible_to($places::varchar[]) as answer
	where answer.campaign_id = $campaign::varchar
		and ($municipality::varchar is null or answer.municipality_id = $municipality::varchar)
		and answer.response_key not in (
			select response_key from left_out_responses($quality::varchar, $quality_limits::varchar)
		)
),
own_field as (
	select
		field.instrument,
		field.version,
		field.item,
		field.position,
		field.kind,
		coalesce(
			case when $language::varchar = 'en' then scale.title_en else scale.title_ru end,
			case when $language::varchar = 'en' then field.title_en else field.title_ru end
		) as question,
		scale.scale is not null as is_rating,
		field.choices
	from fields_visible_to($places::varchar[]) as field
	join instrument
		on instrument.instrument = field.instrument and instrument.version = field.version
		and instrument.channel = 'feedback'
	left join instrument_scale as scale
		on scale.instrument = field.instrument and scale.version = field.version and scale.scale = field.item
		and scale.kind = 'rating'
),
chosen as (
	select
		own_answer.campaign_id,
		own_answer.response_key,
		own_answer.instrument,
		own_answer.version,
		own_answer.item,
		unnest(
			case own_field.kind when 'list' then from_json(own_answer.value, '["VARCHAR"]') else [own_answer.value] end
		) as answer
	from own_answer
	join own_field using (instrument, version, item)
	where own_field.kind in ('choice', 'list')
),
asked as (
	select
		campaign_id,
		instrument,
		version,
		item,
		count(distinct response_key) as n_total,
		median(try_cast(answer as double)) as median
	from chosen
	group by all
),
counted as (
	select instrument, version, item, answer, count(*) as n
	from chosen
	group by all
),
offered as (
	select
		instrument,
		version,
		item,
		place,
		(choice->>'$.value') as answer,
		(choice->>(case when $language::varchar = 'en' then '$.title.en' else '$.title.ru' end)) as answer_title
	from (
		select
			instrument,
			version,
			item,
			unnest(range(1, 1 + len(choices::json[]))) as place,
			unnest(choices::json[]) as choice
		from own_field
		where kind in ('choice', 'list')
	)
),
listed as (
	select
		asked.campaign_id,
		asked.instrument,
		asked.item as scale,
		case when own_field.is_rating then 'rating' else own_field.kind end as kind,
		own_field.question,
		own_field.position,
		offered.place,
		offered.answer,
		offered.answer_title,
		asked.n_total,
		coalesce(counted.n, 0) as n,
		case when own_field.is_rating then asked.median end as median
	from asked
	join own_field using (instrument, version, item)
	join offered using (instrument, version, item)
	left join counted
		on counted.instrument = asked.instrument and counted.version = asked.version and counted.item = asked.item
		and counted.answer = offered.answer
	union all
	select
		written.campaign_id,
		written.instrument,
		written.item,
		'text',
		own_field.question,
		own_field.position,
		row_number() over (partition by written.item order by written.value),
		null,
		written.value,
		count(*) over (partition by written.item),
		null,
		null
	from texts_visible_to($places::varchar[]) as written
	join own_field using (instrument, version, item)
	where written.campaign_id = $campaign::varchar
		and ($municipality::varchar is null or written.municipality_id = $municipality::varchar)
)
select
	campaign_id::varchar as campaign_id,
	instrument::varchar as instrument,
	scale::varchar as scale,
	kind::varchar as kind,
	question::varchar as question,
	answer::varchar as answer,
	answer_title::varchar as answer_title,
	n_total::integer as n_total,
	n::integer as n,
	median::double as median
from listed
order by position, place
