-- How many stages of release short of everybody are in use: 0 when whoever has the same places reads the same.
select count(*)::integer as stages from partial_release_stages()
