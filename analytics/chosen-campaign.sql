-- One row: the campaign of the purpose (null = deficits) that was released last among those that the places may see; null without one.
select chosen_campaign($purpose::varchar, $places::varchar[], null::varchar)::varchar as campaign_id
