-- Aggregates of whole released campaigns, open to every participant: nobody is named and no school is told apart.

-- One row per released campaign, instrument version and scale: how many people answered enough, and their median percent.
create or replace view released_scale_summary as
select
	campaign_id,
	instrument,
	version,
	scale,
	count(*)::integer as n,
	quantile_cont(percent, 0.5)::double as median_percent
from main.scale_score
where answered_enough and campaign_id in (select campaign_id from main.released_campaign)
group by all;

-- One row per instrument version and scale: α and the standard error of measurement in percent points, from the complete
-- responses of released campaigns. Method D9, D10; null without variance. A macro, since it reads a view made later.
create or replace macro scale_errors() as table
with item_of_scale as (
	select item.instrument, item.version, scale.scale, item.item, scale.max_points
	from main.instrument_item as item
	join main.competency on competency.competency = item.competency
	join main.instrument_scale as scale
		on scale.instrument = item.instrument and scale.version = item.version
		and scale.scale in (item.competency, competency.competency_group)
),
item_total as (
	select instrument, version, scale, count(*) as n_items, any_value(max_points) as max_points
	from item_of_scale
	group by all
),
answered as (
	select item_of_scale.instrument, item_of_scale.version, item_of_scale.scale, item_of_scale.item,
		item_score.response_key, item_score.points
	from main.item_score
	join item_of_scale
		on item_of_scale.instrument = item_score.instrument and item_of_scale.version = item_score.version
		and item_of_scale.item = item_score.item
	where item_score.points is not null
		and item_score.campaign_id in (select campaign_id from main.released_campaign)
),
complete as (
	select instrument, version, scale, response_key, sum(points) as total
	from answered
	join item_total using (instrument, version, scale)
	group by instrument, version, scale, response_key, n_items
	having count(*) = n_items
),
item_spread as (
	select answered.instrument, answered.version, answered.scale, answered.item, var_samp(answered.points) as variance
	from answered
	join complete using (instrument, version, scale, response_key)
	group by all
),
item_sum as (
	select instrument, version, scale, sum(variance) as variance_of_items
	from item_spread
	group by all
),
total_spread as (
	select instrument, version, scale, count(*) as n, var_samp(total) as variance_of_total
	from complete
	group by all
),
reliability as (
	select
		total_spread.*,
		item_total.max_points,
		case
			when item_total.n_items > 1 and variance_of_total > 0
			then item_total.n_items / (item_total.n_items - 1.0) * (1 - variance_of_items / variance_of_total)
		end as alpha
	from total_spread
	join item_sum using (instrument, version, scale)
	join item_total using (instrument, version, scale)
)
select
	instrument,
	version,
	scale,
	n::integer as n,
	alpha::double as alpha,
	case
		when alpha is not null and max_points > 0
		then 100 * sqrt(variance_of_total) * sqrt(greatest(0, 1 - alpha)) / max_points
	end::double as sem_percent
from reliability;
