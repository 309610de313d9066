-- One row per campaign and purpose that it served: `deficits`, `needs`, `feedback`, `levels`. Names nobody.
-- Needs without themes have no demand to count; an instrument with levels of its own tells no deficit; opinions serve none.
create or replace view campaign_purpose as
select distinct
	campaign_id,
	case
		when channel = 'needs_survey' then 'needs'
		when channel = 'feedback' then 'feedback'
		when (instrument, version) in (select (instrument, version) from instrument_level) then 'levels'
		else 'deficits'
	end as purpose
from campaign_instrument
where channel is distinct from 'questionnaire'
	and (
		channel is distinct from 'needs_survey'
		or (instrument, version) in (select (instrument, version) from instrument_scale)
	);
