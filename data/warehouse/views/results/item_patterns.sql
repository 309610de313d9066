-- One row per procedure and item that has points: percent of its points that it brought in the reference.
-- `reference`: JSON by procedure with `items` (item → percent of its points), or null for everything imported but schools in
-- a list of the authority. Those count too where fewer than `least_pupils` pupils or `least_share` of them would be left.
create or replace macro reference_item_percents(reference, least_pupils, least_share) as table
with
scale_item as (
	select
		procedure_id,
		unnest(item_ids) as item,
		unnest(item_maxima) as item_max,
		generate_subscripts(item_ids, 1)::integer as position,
	from main.procedure
),
total as (
	select
		*,
		max(n) over of_procedure as pupils,
		max(n - listed_n) over of_procedure as unlisted,
	from reference_item_totals()
	window of_procedure as (partition by procedure_id)
),
trusted as (
	select
		*,
		case when unlisted >= least_pupils::integer and unlisted >= least_share::double * pupils
			then (points - listed_points) / unlisted else points / pupils end as mean_points,
	from total
)
select
	scale_item.procedure_id,
	position,
	item_max,
	coalesce(
		json_extract(
			try_cast(reference::varchar as json), '$."' || procedure_id || '".items."' || item || '"'
		)::double,
		100.0 * mean_points / item_max
	) as percent,
from scale_item
left join trusted using (procedure_id, item)
where item_max > 0;

-- How pupils of a school solve the easy and the hard items of a procedure. Method O8, O10 (Guttman).
-- `easy_from`: an item is easy from this percent on.
create or replace macro item_patterns(reference, easy_from, least_pupils, least_share) as table
with
item_set as (
	select
		procedure_id,
		position,
		item_max,
		percent >= easy_from::double as is_easy,
		row_number() over (partition by procedure_id order by percent desc, position) as place,
	from reference_item_percents(reference, least_pupils, least_share)
	where percent is not null
),
item_weight as (
	select
		procedure_id,
		list(item_max order by position) as maxima,
		list(place::double order by position) as places,
		list(case when is_easy then 1.0 / item_max else 0.0 end order by position) as easy_weights,
		list(case when is_easy then 0.0 else 1.0 / item_max end order by position) as hard_weights,
		count(*) filter (is_easy) as easy_items,
		count(*) filter (not is_easy) as hard_items,
	from item_set
	group by procedure_id
),
pupil_items as (
	select
		school_id, procedure_id, places, easy_weights, hard_weights, easy_items, hard_items, maxima,
		list_transform(items, lambda x, i: greatest(0.0, least(coalesce(x, 0.0), maxima[i]))) as points,
	from main.pupil_row
	inner join item_weight using (procedure_id)
	where score is not null and not above_max and len(items) = len(maxima) and easy_items > 0 and hard_items > 0
),
pupil_percent as (
	select
		school_id,
		procedure_id,
		100.0 * list_dot_product(points, easy_weights) / easy_items as easy,
		100.0 * list_dot_product(points, hard_weights) / hard_items as hard,
		list_transform(points, lambda x, i: case when x >= maxima[i] then 1.0 else 0.0 end) as solved,
		places,
	from pupil_items
),
-- places of solved items, easy to hard, beyond those of a perfect order are Guttman errors; normed by their largest number
pupil_pattern as (
	select
		school_id,
		procedure_id,
		easy,
		hard,
		case
			when list_sum(solved) between 1 and len(solved) - 1
			then (list_dot_product(solved, places) - list_sum(solved) * (list_sum(solved) + 1) / 2)
				/ (list_sum(solved) * (len(solved) - list_sum(solved)))
		end as guttman,
	from pupil_percent
)
select
	procedure_id,
	school_id,
	count(*)::integer as contrast_n,
	avg(hard - easy) as contrast_mean,
	var_samp(hard - easy) as contrast_variance,
	avg(easy) as easy_percent,
	avg(hard) as hard_percent,
	count(guttman)::integer as guttman_n,
	avg(guttman) as guttman_mean,
	var_samp(guttman) as guttman_variance
from pupil_pattern
group by procedure_id, school_id;
