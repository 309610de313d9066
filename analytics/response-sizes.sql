-- One row per instrument and combination of the conditions in use: how many responses there are, and carry which sign.
-- A condition that is not in use is null for everybody, so that it splits nothing.
with answered as (
	select
		response.instrument,
		case when $use_school::boolean then response.school_id end as school,
		case when $use_municipality::boolean then response.municipality_id end as municipality,
		case when $use_subject::boolean then coalesce(response.subject, '') end as subject,
		case when $use_seniority_band::boolean then coalesce(response.seniority_band, '') end as seniority_band,
		case when $use_category::boolean then coalesce(response.category, '') end as category,
		case when $use_school_kind::boolean then coalesce(school.kind, '') end as school_kind,
		case when $use_locality::boolean then coalesce(school.locality, '') end as locality,
		case when $use_quality::boolean then case when response.is_flagged then 'flagged' else 'unflagged' end end as quality,
		response.is_fast,
		response.is_one_answer,
		response.is_inconsistent,
		response.is_incomplete
	from response_flags_visible_to($places::varchar[], $quality_limits::varchar) as response
	join schools_visible_to($places::varchar[]) as school using (school_id)
	join instrument using (instrument, version)
	where response.campaign_id = $campaign::varchar
		and ($channel::varchar is null or instrument.channel = $channel::varchar)
)
select
	instrument::varchar as instrument,
	'' as scale,
	school::varchar as school,
	municipality::varchar as municipality,
	subject::varchar as subject,
	seniority_band::varchar as seniority_band,
	category::varchar as category,
	school_kind::varchar as school_kind,
	locality::varchar as locality,
	quality::varchar as quality,
	count(*)::integer as n,
	count(*) filter (is_fast)::integer as fast,
	count(*) filter (is_one_answer)::integer as one_answer,
	count(*) filter (is_inconsistent)::integer as inconsistent,
	count(*) filter (is_incomplete)::integer as incomplete
from answered
group by all
order by all
