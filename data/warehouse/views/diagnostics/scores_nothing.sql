-- Scalar macro: true for a campaign that the places may see and none of whose instruments scores anything.
create or replace macro scores_nothing(places, wanted) as
	exists (select 1 from campaigns_visible_to(places) where campaign_id = wanted)
	and not exists (
		select 1
		from main.campaign_instrument as asked
		semi join main.instrument_scale as scale using (instrument, version)
		where asked.campaign_id = wanted
	);
