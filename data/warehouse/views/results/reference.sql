-- Table macros over everything imported, from every school and with no school named: references, open to all staff.
-- Leave-one-out is the reader's subtraction of the own school's counts. Scores above the maximum are left out.

-- One row per procedure and score: how many pupils have it.
create or replace macro reference_score_counts() as table
	select procedure_id, score, sum(n)::integer as n
	from (
		select procedure_id, score, n from main.procedure_score
		union all
		select procedure_id, (generate_subscripts(counts, 1) - 1)::double as score, unnest(counts) as n
		from main.standing_sum where form = 'scores'
	)
	where n > 0
	group by procedure_id, score;

-- One row per procedure and item: the sum of points of `n` pupils whose cell is not missing, those of schools that are
-- known by a table of item completion among them.
create or replace macro reference_item_totals() as table
	select procedure_id, item, sum(n)::integer as n, sum(points) as points, max(max_points) as max_points
	from (
		select procedure_id, item, n, points, max_points from main.procedure_item
		union all by name
		select procedure_id, item, n, n * max_points * percent / 100 as points, max_points
		from (
			select
				procedure_id, n, unnest(percents) as percent, unnest(item_ids) as item, unnest(item_maxima) as max_points
			from main.standing_item_completion
			join main.procedure using (procedure_id)
			where n > 0
		)
		where percent is not null
	)
	group by procedure_id, item;
