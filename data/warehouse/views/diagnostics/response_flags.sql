-- One row per response: which signs of hurried or inattentive answering it carries; null where a sign cannot be judged.
-- `limits` is the JSON text of the presets of analytics/response-quality. The usual time is the median of the campaign,
-- whoever asks, so that a response carries the same signs for everybody. A macro, since the limits belong to analysis.
create or replace macro response_flags(limits) as table
with usual as (
	select
		campaign_id,
		instrument,
		version,
		median(duration_seconds) as seconds,
		count(duration_seconds) as n_timed
	from main.response
	group by all
),
judged as (
	select
		response.response_key,
		case
			when response.duration_seconds is null or coalesce(response.n_answered, 0) = 0 then null
			when response.duration_seconds < (limits->>'seconds_per_item')::double * response.n_answered then true
			when usual.n_timed >= (limits->>'minimum_timed')::double
			then response.duration_seconds < (limits->>'share_of_usual_time')::double * usual.seconds
			else false
		end as is_fast,
		case
			when response.n_attitude >= (limits->>'minimum_attitude_items')::double and response.n_answered > 0
			then response.longest_run >= (limits->>'run_share')::double * response.n_attitude
		end as is_one_answer,
		case
			when response.n_halves >= (limits->>'minimum_scales')::double and response.odd_even is not null
				and response.duration_seconds is not null and usual.n_timed >= (limits->>'minimum_timed')::double
			then response.odd_even < (limits->>'odd_even_least')::double
				and response.duration_seconds < (limits->>'hurried_share')::double * usual.seconds
		end as is_inconsistent,
		case
			when response.n_asked > 0
			then response.n_asked - response.n_answered > (limits->>'missing_share')::double * response.n_asked
		end as is_incomplete
	from main.response
	join usual using (campaign_id, instrument, version)
)
select
	response_key,
	is_fast,
	is_one_answer,
	is_inconsistent,
	is_incomplete,
	coalesce(is_fast, false) or coalesce(is_one_answer, false) or coalesce(is_inconsistent, false)
		or coalesce(is_incomplete, false) as is_flagged
from judged;

-- One row per response that a selection leaves out: those with a sign when `quality` is 'unflagged', else none.
create or replace macro left_out_responses(quality, limits) as table
	select response_key from response_flags(limits) where quality = 'unflagged' and is_flagged;

-- One row per released campaign, instrument version and scale, as `released_scale_summary`, without the responses that a
-- selection leaves out; `n_left_out` says how many those were.
create or replace macro released_scale_summary_of(quality, limits) as table
	select
		score.campaign_id,
		score.instrument,
		score.version,
		score.scale,
		count(*) filter (left_out.response_key is null)::integer as n,
		count(left_out.response_key)::integer as n_left_out,
		quantile_cont(score.percent, 0.5) filter (left_out.response_key is null)::double as median_percent
	from main.scale_score as score
	left join left_out_responses(quality, limits) as left_out using (response_key)
	where score.answered_enough and score.campaign_id in (select campaign_id from main.released_campaign)
	group by all;
