-- Scalar macro: the campaign asked for, or else the one with a survey of needs released last among those that the places may see.
create or replace macro chosen_needs_campaign(places, wanted) as
	coalesce(
		wanted,
		(
			select campaign_id
			from campaigns_visible_to(places)
			where state in ('released', 'archived')
				and campaign_id in (select campaign_id from main.campaign_instrument where channel = 'needs_survey')
			order by released_at desc, campaign_id
			limit 1
		)
	);
