-- One row per school of the viewer and procedure, with lists by item: percent of the possible points, from rows of pupils where
-- the school has them with points of items, else from an imported table; beside it the wholes of that table and the other
-- schools. The lists go along with `positions`, in no order of their own.
with
own_school as (
	select school_id, name, municipality_id
	from schools_visible_to($places)
	where ($school::varchar is null or school_id = $school::varchar)
		and ($municipality::varchar is null or municipality_id = $municipality::varchar)
),
scale as (
	select procedure_id, title, year, item_ids, item_maxima
	from reference_procedures()
	where ($year::integer is null or year = $year::integer)
		and ($kind::varchar is null or kind = $kind::varchar)
		and ($subject::varchar is null or subject = $subject::varchar)
		and ($grade::integer is null or grade = $grade::integer)
		and ($procedure::varchar is null or procedure_id = $procedure::varchar)
),
scale_item as (
	select
		procedure_id, title, year,
		unnest(item_ids) as item,
		unnest(item_maxima) as max_points,
		generate_subscripts(item_ids, 1) as position,
	from scale
),
paper as (
	select school_id, procedure_id, items
	from results_visible_to($places)
	where score is not null and not above_max and len(items) > 0
		and school_id in (select school_id from own_school)
		and procedure_id in (select procedure_id from scale)
),
-- a missing cell counts as nought points, as in the signs
paper_item as (
	select school_id, procedure_id, unnest(items) as points, generate_subscripts(items, 1) as position
	from paper
),
solved as (
	select
		school_id, procedure_id, position,
		count(*) as n,
		sum(greatest(0, least(coalesce(points, 0), max_points))) as points,
	from paper_item
	inner join scale_item using (procedure_id, position)
	group by school_id, procedure_id, position
),
listed as (
	select
		school_id, procedure_id, n, percents, municipality_percents, region_percents, country_percents
	from item_completion_visible_to($places)
	where school_id in (select school_id from own_school)
		and procedure_id in (select procedure_id from scale)
),
own as (
	select
		school_id, procedure_id, title, year, item, position, max_points, n, points,
		case when max_points > 0 then 100.0 * points / (n * max_points) end as percent,
		null::double as municipality_percent,
		null::double as region_percent,
		null::double as country_percent,
		true as is_of_pupils,
	from solved
	inner join scale_item using (procedure_id, position)
	union all by name
	select
		school_id, procedure_id, title, year, item, position, max_points, n,
		coalesce(n, 0) * max_points * percents[position] / 100 as points,
		percents[position] as percent,
		municipality_percents[position] as municipality_percent,
		region_percents[position] as region_percent,
		country_percents[position] as country_percent,
		false as is_of_pupils,
	from listed
	inner join scale_item using (procedure_id)
),
everyone as (
	select procedure_id, item, points, max(n) over (partition by procedure_id) as n
	from reference_item_totals()
),
compared as (
	select
		own.*,
		case
			when everyone.n > coalesce(own.n, 0) and own.max_points > 0
			then 100.0 * (everyone.points - coalesce(own.points, 0)) / ((everyone.n - coalesce(own.n, 0)) * own.max_points)
		end as others_percent,
	from own
	left join everyone using (procedure_id, item)
)
select
	compared.school_id::varchar as school_id,
	any_value(own_school.name)::varchar as school_name,
	any_value(own_school.municipality_id)::varchar as municipality_id,
	compared.procedure_id::varchar as procedure_id,
	any_value(title)::varchar as procedure_title,
	any_value(year)::integer as year,
	list(position)::integer[] as positions,
	list(item)::varchar[] as items,
	list(max_points)::double[] as max_points,
	list(n)::integer[] as counts,
	list(percent)::double[] as percents,
	list(municipality_percent)::double[] as municipality_percents,
	list(region_percent)::double[] as region_percents,
	list(country_percent)::double[] as country_percents,
	list(others_percent)::double[] as others_percents,
	bool_and(is_of_pupils)::boolean as is_of_pupils,
from compared
inner join own_school using (school_id)
group by compared.school_id, compared.procedure_id
order by compared.school_id, any_value(year), compared.procedure_id
