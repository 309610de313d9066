-- One row per response and scored item of a released campaign, answered or not: of the campaign asked for; of the
-- instrument asked for, or else the first of those that measure people; of the items of one scale, or all. With what splits people into groups. Responses that the selection leaves out are not there.
create or replace macro measured_answers_visible_to(
	places, wanted_campaign, wanted_instrument, wanted_scale, wanted_quality, limits
) as table
with measured as (
	select campaign_id, instrument, version
	from campaign_instruments_visible_to(places)
	where campaign_id = wanted_campaign
		and channel in ('self_assessment', 'test', 'expert_review')
		and (wanted_instrument is null or instrument = wanted_instrument)
	order by position, instrument
	limit 1
)
select
	answer.response_key, answer.campaign_id, answer.instrument, answer.version, answer.item, answer.competency,
	answer.position, answer.value, answer.points, answer.max_points, response.school_id, response.subject,
	response.seniority_band, response.category
from item_scores_visible_to(places) as answer
join measured using (campaign_id, instrument, version)
join responses_visible_to(places) as response on response.response_key = answer.response_key
left join main.competency on competency.competency = answer.competency
where (wanted_scale is null or wanted_scale in (answer.competency, competency.competency_group))
	and answer.response_key not in (select response_key from left_out_responses(wanted_quality, limits));
