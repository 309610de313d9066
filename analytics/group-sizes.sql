-- One row per instrument, scale and combination of the conditions in use: how many people answered enough of the scale.
-- A condition that is not in use is null for everybody, so that it splits nothing.
with answered as (
	select
		score.instrument,
		score.scale,
		case when $use_school::boolean then score.school_id end as school,
		case when $use_municipality::boolean then score.municipality_id end as municipality,
		case when $use_subject::boolean then coalesce(score.subject, '') end as subject,
		case when $use_seniority_band::boolean then coalesce(score.seniority_band, '') end as seniority_band,
		case when $use_category::boolean then coalesce(score.category, '') end as category,
		case when $use_school_kind::boolean then coalesce(school.kind, '') end as school_kind,
		case when $use_locality::boolean then coalesce(school.locality, '') end as locality,
		case
			when $use_quality::boolean
			then case when left_out.response_key is null then 'unflagged' else 'flagged' end
		end as quality,
		score.participant_code
	from scores_visible_to($places::varchar[]) as score
	join schools_visible_to($places::varchar[]) as school using (school_id)
	left join left_out_responses(case when $use_quality::boolean then 'unflagged' end, $quality_limits::varchar) as left_out
		on left_out.response_key = score.response_key
	where score.answered_enough
		and score.campaign_id = $campaign::varchar
		and ($channel::varchar is null or score.channel = $channel::varchar)
)
select
	instrument::varchar as instrument,
	scale::varchar as scale,
	school::varchar as school,
	municipality::varchar as municipality,
	subject::varchar as subject,
	seniority_band::varchar as seniority_band,
	category::varchar as category,
	school_kind::varchar as school_kind,
	locality::varchar as locality,
	quality::varchar as quality,
	count(*)::integer as n
from answered
group by all
order by all
