-- Table macros over everything imported, from every school and with no school named: references, open to all staff.
-- Leave-one-out is the reader's subtraction of the own school's counts. Scores above the maximum are left out.

-- One row per school and year that a list of the authority names: its markers. The later import speaks.
create or replace macro reference_federal_list() as table
	select
		year, school_id, school.municipality_id, school.region_id, russian_4, mathematics_4, russian_5, mathematics_5,
		russian_4 + mathematics_4 + russian_5 + mathematics_5 as markers
	from main.federal_marker
	join main.school using (school_id)
	qualify row_number() over (partition by year, school_id order by imported_at desc, batch_id desc, row_number) = 1;

-- One row per school and year with a marker in such a list: its results serve no other school.
create or replace macro reference_listed_schools() as table
	select school_id, year from reference_federal_list() where markers > 0;

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
-- known by a table of item completion among them; `listed_…` are those of schools in a list of the authority.
create or replace macro reference_item_totals() as table
	select
		procedure_id, item, sum(n)::integer as n, sum(points) as points, max(max_points) as max_points,
		sum(listed_n)::integer as listed_n, sum(listed_points) as listed_points
	from (
		select procedure_id, item, n, points, max_points, listed_n, listed_points from main.procedure_item
		union all by name
		select
			procedure_id, item, n, n * max_points * percent / 100 as points, max_points,
			case when is_listed then n else 0 end as listed_n,
			case when is_listed then n * max_points * percent / 100 else 0 end as listed_points
		from (
			select
				procedure_id, n, unnest(percents) as percent, unnest(item_ids) as item, unnest(item_maxima) as max_points,
				listed.school_id is not null as is_listed
			from main.standing_item_completion as completion
			join main.procedure using (procedure_id)
			left join reference_listed_schools() as listed
				on listed.school_id = completion.school_id and listed.year = procedure.year
			where n > 0
		)
		where percent is not null
	)
	group by procedure_id, item;
