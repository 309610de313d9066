-- One row: whether a campaign that the viewer may see scores nothing.
select scores_nothing($places::varchar[], $campaign::varchar)::boolean as unscored
