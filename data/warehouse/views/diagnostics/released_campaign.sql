-- One row per campaign whose results may be read: while it is open, two looks around one new answer would reveal that answer.
create or replace view released_campaign as
select campaign_id, municipality_id, region_id, title, state, mode, opens_on, closes_on, wave
from campaign
where state in ('released', 'archived');
