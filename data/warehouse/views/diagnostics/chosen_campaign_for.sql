-- Scalar macro: the campaign asked for, or else the last released one with feedback on an event.
create or replace macro chosen_feedback_campaign(places, wanted) as
	coalesce(
		wanted,
		(
			select campaign_id
			from campaigns_visible_to(places)
			where state in ('released', 'archived')
				and campaign_id in (select campaign_id from main.campaign_instrument where channel = 'feedback')
			order by released_at desc, campaign_id
			limit 1
		)
	);

-- Scalar macro: the campaign asked for, or else the last released one with an instrument that has levels of its own.
create or replace macro chosen_levels_campaign(places, wanted) as
	coalesce(
		wanted,
		(
			select campaign_id
			from campaigns_visible_to(places)
			where state in ('released', 'archived')
				and campaign_id in (
					select campaign_id
					from main.campaign_instrument
					where (instrument, version) in (select (instrument, version) from main.instrument_level)
				)
			order by released_at desc, campaign_id
			limit 1
		)
	);

-- Scalar macro: the campaign that a module reads, by what it asks after.
create or replace macro chosen_campaign_for(purpose, places, wanted) as
	case purpose
		when 'needs' then chosen_needs_campaign(places, wanted)
		when 'feedback' then chosen_feedback_campaign(places, wanted)
		when 'levels' then chosen_levels_campaign(places, wanted)
		else chosen_campaign(places, wanted)
	end;
