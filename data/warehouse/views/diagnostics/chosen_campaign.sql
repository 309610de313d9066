-- Scalar macro: the campaign asked for, or else the one of this purpose (null = deficits) released last among those that the
-- places may see.
create or replace macro chosen_campaign(wanted_purpose, places, wanted) as
	coalesce(
		wanted,
		(
			select campaign_id
			from campaigns_visible_to(places)
			where state in ('released', 'archived')
				and campaign_id in (
					select campaign_id from main.campaign_purpose where purpose = coalesce(wanted_purpose, 'deficits')
				)
			order by released_at desc, campaign_id
			limit 1
		)
	);
