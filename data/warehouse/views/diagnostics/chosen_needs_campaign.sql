-- Scalar macro: the campaign asked for, or else the one with a survey of needs released last among those that the places may see;
-- a survey of needs without themes has no demand to count.
create or replace macro chosen_needs_campaign(places, wanted) as
	coalesce(
		wanted,
		(
			select campaign_id
			from campaigns_visible_to(places)
			where state in ('released', 'archived')
				and campaign_id in (
					select asked.campaign_id
					from main.campaign_instrument as asked
					semi join main.instrument_scale as scale using (instrument, version)
					where asked.channel = 'needs_survey'
				)
			order by released_at desc, campaign_id
			limit 1
		)
	);
