-- Scalar macro: the campaign asked for, or else the one released last among those that the places may see.
create or replace macro chosen_campaign(places, wanted) as
	coalesce(
		wanted,
		(
			select campaign_id
			from campaigns_visible_to(places)
			where state in ('released', 'archived')
			order by released_at desc, campaign_id
			limit 1
		)
	);
