-- Scalar macro: the campaign asked for, or else the one released last among those that the places may see and that measured
-- a deficit: one that asked for needs, feedback or opinions alone, or for steps of the instrument's own, is none.
create or replace macro chosen_campaign(places, wanted) as
	coalesce(
		wanted,
		(
			select campaign_id
			from campaigns_visible_to(places)
			where state in ('released', 'archived')
				and campaign_id not in (
					select campaign_id
					from main.campaign_instrument
					group by campaign_id
					having bool_and(
						coalesce(channel, '') in ('needs_survey', 'feedback', 'questionnaire')
						or (instrument, version) in (select (instrument, version) from main.instrument_level)
					)
				)
			order by released_at desc, campaign_id
			limit 1
		)
	);
