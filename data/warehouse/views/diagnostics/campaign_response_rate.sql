-- One row per campaign and school: how many were invited, how many have answered, how many declined. No scores: shown while a campaign is open.
create or replace view campaign_response_rate as
with answered as (
	select distinct campaign_id, participant_code from response
)
select
	participant.campaign_id,
	participant.school_id,
	participant.municipality_id,
	participant.region_id,
	count(*)::integer as n_invited,
	count(answered.participant_code)::integer as n_answered,
	count(*) filter (participant.declined)::integer as n_declined
from participant
left join answered using (campaign_id, participant_code)
group by all;
