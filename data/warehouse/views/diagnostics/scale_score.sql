-- One row per response and scale: whose it is, of which instrument, and the score. A wish or a mark given to an event is no
-- deficit of anybody.
create or replace view scale_score as
select
	response_key,
	response.campaign_id,
	response.participant_code,
	response.school_id,
	response.municipality_id,
	response.region_id,
	response.subject,
	response.seniority_band,
	response.category,
	scale.instrument,
	scale.version,
	scale.channel,
	scale.scale,
	scale.kind,
	score.points,
	score.max_points,
	score.percent,
	case when scale.measures_people then 100 - score.percent end as deficit_index,
	scale.n_items,
	score.n_answered,
	score.answered_enough
from main.scored_scale as score
join main.response using (response_key)
join main.instrument_scale as scale using (scale_key);
