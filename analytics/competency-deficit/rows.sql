-- One row per response and scale of the viewer's own codes: percent, the error known for the scale, and the median of the released group.
select
	score.response_id::varchar as response_id,
	score.participant_code::varchar as participant_code,
	score.campaign_id::varchar as campaign_id,
	score.instrument::varchar as instrument,
	score.version::integer as version,
	score.channel::varchar as channel,
	score.scale::varchar as scale,
	score.kind::varchar as kind,
	case when $language::varchar = 'en' then scale.title_en else scale.title_ru end::varchar as scale_title,
	score.submitted_on::date as submitted_on,
	score.n_items::integer as n_items,
	score.n_answered::integer as n_answered,
	case when score.answered_enough then score.percent end::double as percent,
	scale.planned_sem::double as planned_sem,
	error.n::integer as error_n,
	error.sem_percent::double as observed_sem,
	scale.cut_low::double as cut_low,
	scale.cut_medium::double as cut_medium,
	summary.n::integer as group_n,
	summary.n_left_out::integer as group_left_out,
	summary.median_percent::double as group_median
from own_scores_visible_to($codes::varchar[]) as score
join instrument_scale as scale
	on scale.instrument = score.instrument and scale.version = score.version and scale.scale = score.scale
left join scale_errors() as error
	on error.instrument = score.instrument and error.version = score.version and error.scale = score.scale
left join released_scale_summary_of($quality::varchar, $quality_limits::varchar) as summary
	on summary.campaign_id = score.campaign_id and summary.instrument = score.instrument
	and summary.version = score.version and summary.scale = score.scale
where score.channel in ('self_assessment', 'test', 'expert_review')
	and ($campaign::varchar is null or score.campaign_id = $campaign::varchar)
	and ($channel::varchar is null or score.channel = $channel::varchar)
	and ($competency::varchar is null or score.scale = $competency::varchar)
order by score.submitted_on desc, score.instrument, scale.position, score.scale
