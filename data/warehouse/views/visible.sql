-- Who sees which rows. Modules read only through these table macros; `places` is a list such as ['municipality/M1'],
-- resolved at each request, `codes` a list of participant codes.

-- One row per school of the places.
create or replace macro schools_visible_to(places) as table
	select school_id, municipality_id, region_id, name, kind, locality, pupils, advanced_subjects, origin
	from main.school
	where list_contains(places, 'school/' || school_id)
		or list_contains(places, 'municipality/' || municipality_id)
		or list_contains(places, 'region/' || region_id);

-- One row per municipality that is, holds or lies in one of the places.
create or replace macro municipalities_visible_to(places) as table
	select municipality_id, region_id, name
	from main.municipality
	where municipality_id in (select municipality_id from schools_visible_to(places))
		or list_contains(places, 'municipality/' || municipality_id)
		or list_contains(places, 'region/' || region_id);

-- One row per school, main subject and category of the staff, with the number of people.
create or replace macro staff_visible_to(places) as table
	select school_id, municipality_id, region_id, subject, category, teachers
	from main.school_staff
	where school_id in (select school_id from schools_visible_to(places));

-- One row per campaign of the municipalities of the places, in any state.
create or replace macro campaigns_visible_to(places) as table
	select campaign_id, municipality_id, region_id, title, state, mode, opens_on, closes_on, released_at, wave
	from main.campaign
	where municipality_id in (select municipality_id from municipalities_visible_to(places));

-- One row per released campaign of the municipalities of the places and instrument.
create or replace macro campaign_instruments_visible_to(places) as table
	select campaign_id, instrument, version, channel, position
	from main.campaign_instrument
	where campaign_id in (
		select campaign_id from campaigns_visible_to(places) where state in ('released', 'archived')
	);

-- One row per invited participant of the schools of the places.
create or replace macro participants_visible_to(places) as table
	select
		participant_code, campaign_id, school_id, municipality_id, region_id, subject, seniority_band, category, declined
	from main.participant
	where school_id in (select school_id from schools_visible_to(places));

-- One row per campaign and school of the places: invited, answered, declined.
create or replace macro response_rates_visible_to(places) as table
	select campaign_id, school_id, municipality_id, region_id, n_invited, n_answered, n_declined
	from main.campaign_response_rate
	where school_id in (select school_id from schools_visible_to(places));

-- One row per campaign whose results have come to those who ask. Places carry the stage of a role beside its places:
-- `stage/methodist` or `stage/school`; without one only what has reached everybody is seen.
create or replace macro campaigns_released_to(places) as table
	select campaign_id
	from main.campaign
	where state in ('released', 'archived')
		and (
			coalesce(release_stage, 'municipality') = 'municipality'
			or (release_stage = 'school' and (list_contains(places, 'stage/school') or list_contains(places, 'stage/methodist')))
			or (release_stage = 'methodist' and list_contains(places, 'stage/methodist'))
		);

-- One row per stage short of everybody that some campaign of the installation has reached. Names none.
create or replace macro partial_release_stages() as table
	select distinct release_stage
	from main.campaign
	where state in ('released', 'archived') and coalesce(release_stage, 'municipality') <> 'municipality';

-- One row per response of a released campaign, with its time; answers and scores stand elsewhere.
create or replace macro responses_visible_to(places) as table
	select
		response_key, campaign_id, participant_code, instrument, version, school_id, municipality_id, region_id,
		subject, seniority_band, category, submitted_on, duration_seconds
	from main.response
	where school_id in (select school_id from schools_visible_to(places))
		and campaign_id in (select campaign_id from campaigns_released_to(places));

-- One row per response of a released campaign: which signs of hurried or inattentive answering it carries.
create or replace macro response_flags_visible_to(places, limits) as table
	select
		response.response_key, response.campaign_id, response.instrument, response.version, response.school_id,
		response.municipality_id, response.region_id, response.subject, response.seniority_band, response.category,
		flags.is_fast, flags.is_one_answer, flags.is_inconsistent, flags.is_incomplete, flags.is_flagged
	from responses_visible_to(places) as response
	join response_flags(limits) as flags using (response_key);

-- One row per response and scale of a released campaign.
create or replace macro scores_visible_to(places) as table
	select
		response_key, campaign_id, participant_code, school_id, municipality_id, region_id, subject, seniority_band,
		category, instrument, version, channel, scale, kind, points, max_points, percent, deficit_index, n_items,
		n_answered, answered_enough
	from main.scale_score
	where school_id in (select school_id from schools_visible_to(places))
		and campaign_id in (select campaign_id from campaigns_released_to(places));

-- One row per response and item of a released campaign: the answer and its points.
create or replace macro item_scores_visible_to(places) as table
	select
		response_key, campaign_id, school_id, municipality_id, region_id, instrument, version, item, competency, position,
		value, points, max_points
	from main.item_score
	where school_id in (select school_id from schools_visible_to(places))
		and campaign_id in (select campaign_id from campaigns_released_to(places));

-- One row per response and scale of the participants with these codes: at once where the instrument says so, else after release.
create or replace macro own_scores_visible_to(codes) as table
	select
		score.response_key, response.response_id, response.submitted_on, score.campaign_id, score.participant_code,
		score.school_id, score.municipality_id, score.region_id, score.subject, score.seniority_band, score.category,
		score.instrument, score.version, score.channel, score.scale, score.kind, score.points, score.max_points,
		score.percent, score.deficit_index, score.n_items, score.n_answered, score.answered_enough
	from main.scale_score as score
	join main.response using (response_key)
	where list_contains(codes, score.participant_code)
		and (
			score.campaign_id in (select campaign_id from main.released_campaign)
			or (score.instrument, score.version) in (
				select (instrument, version) from main.instrument where teacher_result = 'at_once'
			)
		);

-- One row per response and scale of the teachers of the places who let their methodist see their levels.
create or replace macro consented_scores_visible_to(places) as table
	select
		response_key, campaign_id, participant_code, school_id, municipality_id, region_id, subject, seniority_band,
		category, instrument, version, channel, scale, kind, points, max_points, percent, deficit_index, n_items,
		n_answered, answered_enough
	from scores_visible_to(places)
	where (campaign_id, participant_code) in (
		select (campaign_id, participant_code) from main.participant where methodist_may_see
	);

-- One row per pupil row of the schools of the places.
create or replace macro results_visible_to(places) as table
	select
		batch_id, row_number, procedure_id, year, school_id, municipality_id, region_id, class, variant, score, mark,
		given_mark, journal_mark, items, absent, mark_disagrees, fail, above_max, counted
	from main.pupil_result
	where school_id in (select school_id from schools_visible_to(places));

-- One row per school of the places, procedure and form of table, where the school has no rows of pupils.
create or replace macro sums_visible_to(places) as table
	select procedure_id, school_id, municipality_id, region_id, form, n, counts, fail
	from main.standing_sum
	where school_id in (select school_id from schools_visible_to(places));

-- One row per school of the places and procedure known by a table of item completion: percents in the order of the
-- procedure's items, beside them those that the same table gives for the wholes around the school.
create or replace macro item_completion_visible_to(places) as table
	select
		own.procedure_id, own.school_id, own.municipality_id, own.region_id, own.n, own.percents,
		municipality.percents as municipality_percents, region.percents as region_percents,
		country.percents as country_percents
	from main.standing_item_completion as own
	left join main.item_completion as municipality
		on municipality.batch_id = own.batch_id and municipality.place = 'municipality/' || own.municipality_id
	left join main.item_completion as region
		on region.batch_id = own.batch_id and region.place = 'region/' || own.region_id
	left join main.item_completion as country
		on country.batch_id = own.batch_id and country.place = 'country'
	where own.school_id in (select school_id from schools_visible_to(places));

-- One row per procedure in which a school of the places took part.
create or replace macro procedures_visible_to(places) as table
	select
		procedure_id, kind, year, grade, subject, title, max_score, cutoff_3, cutoff_4, cutoff_5, fail_below, item_ids,
		item_maxima
	from main.procedure
	where procedure_id in (
		select procedure_id from main.school_moment where school_id in (select school_id from schools_visible_to(places))
		union all
		select procedure_id from sums_visible_to(places)
		union all
		select procedure_id from item_completion_visible_to(places)
	);

-- One row per school of the places and year that a list of the authority names: its markers. The later import speaks.
create or replace macro federal_list_visible_to(places) as table
	select * from reference_federal_list()
	where school_id in (select school_id from schools_visible_to(places));

-- One row per candidate for a medal of a school of the places, without the code: the class of the medal, and what the
-- imported results of ЕГЭ of the year say. Test scores are those of scales up to 100; mathematics on another scale is the
-- basic exam, known by its mark. The later list of a school and year speaks.
create or replace macro medal_candidates_visible_to(places) as table
	with
	candidate as (
		select school_id, year, pupil, medal
		from main.medal_candidate
		where school_id in (select school_id from schools_visible_to(places))
		qualify dense_rank() over (partition by school_id, year order by imported_at desc, batch_id desc) = 1
	),
	exam as (
		select
			candidate.school_id, candidate.year, candidate.pupil,
			max(score) filter (subject = 'russian' and max_score = 100) as russian,
			max(score) filter (subject <> 'russian' and max_score = 100) as other,
			max(mark) filter (subject = 'math' and max_score <> 100) as basic_mathematics
		from candidate
		join main.pupil_row as taken using (school_id, year, pupil)
		join main.procedure using (procedure_id)
		where procedure.kind = 'ege' and score is not null and not above_max
		group by all
	)
	select
		candidate.school_id, municipality_id, region_id, candidate.year, medal, russian, other,
		basic_mathematics::integer as basic_mathematics
	from candidate
	join main.school using (school_id)
	left join exam using (school_id, year, pupil);

-- One row per school of the places and school year whose social make-up is known, by the year in which it ends. The later
-- import speaks, as a whole.
create or replace macro school_context_visible_to(places) as table
	select school_id, municipality_id, region_id, year, higher_education, incomplete_families, large_or_low_income,
		on_registers, other_language, special_needs, vacancies, decision
	from reference_school_context()
	where school_id in (select school_id from schools_visible_to(places));

-- One row per explanation that a school of the places gave to its flag.
create or replace macro replies_visible_to(places) as table
	select reply_id, school_id, municipality_id, region_id, year, module, text, replied_on
	from main.flag_reply
	where school_id in (select school_id from schools_visible_to(places));

-- One row per school of the places and procedure whose papers were marked again: the standing records together.
create or replace macro remarkings_visible_to(places) as table
	select
		school_id, municipality_id, region_id, procedure_id,
		sum(remarked)::integer as remarked, sum(unchanged)::integer as unchanged, max(remarked_on) as remarked_on
	from main.remarking
	where withdrawn_on is null and school_id in (select school_id from schools_visible_to(places))
	group by all;

-- One row per school of the places, year and factor of its risk profile: the proposal that stands, and the school's answer.
create or replace macro risk_ratings_visible_to(places) as table
	select
		school_id, municipality_id, region_id, year, factor, title_ru, title_en, risk_index, significance, inputs, remark,
		proposed_on, agrees, is_chosen, answer_remark, verified_on
	from main.risk_rating
	where stands and school_id in (select school_id from schools_visible_to(places));

-- One row per municipality with schools of the places, factor of risk that it changed or added, and input.
create or replace macro risk_norms_visible_to(places) as table
	select municipality_id, region_id, factor, is_on, input, good, bad
	from main.risk_norm
	where municipality_id in (select municipality_id from schools_visible_to(places));

-- One row per support plan of the schools of the places.
create or replace macro plans_visible_to(places) as table
	select
		plan_id, school_id, municipality_id, region_id, year, title, basis, state, goal, indicator, baseline, target,
		unit, due_on, created_on
	from main.support_plan
	where school_id in (select school_id from schools_visible_to(places));

-- One row per measure of the support plans of the schools of the places.
create or replace macro measures_visible_to(places) as table
	select
		plan_id, measure_id, school_id, municipality_id, region_id, position, title, state, starts_on, due_on, done_on
	from main.plan_measure
	where school_id in (select school_id from schools_visible_to(places));

-- One row per version and field: the codebook, which names nobody.
create or replace macro fields_visible_to(places) as table
	select instrument, version, item, position, kind, type, title_ru, title_en, choices
	from main.instrument_field
	where len(places) > 0;

-- One row per scored item of a version: its words. What is scored as a whole may be no field of its own.
create or replace macro items_visible_to(places) as table
	select instrument, version, item, title_ru, title_en
	from main.instrument_item
	where len(places) > 0;

-- One row per response and closed field of a released campaign, scored or not: the value as text, lists as JSON text.
create or replace macro answers_visible_to(places) as table
	select response_key, campaign_id, school_id, municipality_id, region_id, instrument, version, item, value
	from main.closed_answer
	where school_id in (select school_id from schools_visible_to(places))
		and campaign_id in (select campaign_id from campaigns_released_to(places));

-- One row per text of a released campaign that was written under an item with ten texts at least in its municipality (K_TEXT).
-- Neither response nor school: who sees one school only sees no text.
create or replace macro texts_visible_to(places) as table
	select campaign_id, municipality_id, region_id, instrument, version, item, value
	from main.open_answer join main.response using (response_key)
	where kind = 'text'
		and (list_contains(places, 'municipality/' || municipality_id) or list_contains(places, 'region/' || region_id))
		and campaign_id in (select campaign_id from campaigns_released_to(places))
	qualify count(*) over (partition by campaign_id, municipality_id, instrument, version, item) >= 10
	order by campaign_id, instrument, version, item, value;
