-- What can be asked. Every table is projected from the records and may be thrown away: another shape is a rebuild.
-- No primary keys and no indexes: rows lie sorted by arrival and place, and zone maps answer point reads.

create table if not exists warehouse_shape (hash varchar, generated boolean);
-- `seq`, `kind`, `subject`: the last change that these tables reflect; `complete` is false while a rebuild runs.
create table if not exists watermark (seq bigint, kind varchar, subject varchar, complete boolean);

-- registry
create table if not exists region (region_id varchar, name varchar);
create table if not exists municipality (municipality_id varchar, region_id varchar, name varchar);
create table if not exists school (
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	name varchar,
	kind varchar,
	locality varchar,
	pupils integer,
	advanced_subjects varchar[],
	origin varchar
);
-- One row per school, main subject and category: how many people work there now.
create table if not exists school_staff (
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	subject varchar,
	category varchar,
	teachers integer
);

-- diagnostics
create table if not exists competency_group (competency_group varchar, position integer, title_ru varchar, title_en varchar);
create table if not exists competency (
	competency varchar,
	competency_group varchar,
	position integer,
	title_ru varchar,
	title_en varchar
);
create table if not exists instrument (
	instrument varchar,
	version integer,
	channel varchar,
	title_ru varchar,
	title_en varchar,
	teacher_result varchar,
	minimum_share_answered double,
	minimum_items_answered integer
);
create table if not exists instrument_scale (
	instrument varchar,
	version integer,
	scale varchar,
	kind varchar,
	channel varchar,
	-- stands for the scale in `scored_scale`: unique among all versions
	scale_key integer,
	-- false where answers are wishes or marks given to an event
	measures_people boolean,
	position integer,
	title_ru varchar,
	title_en varchar,
	n_items integer,
	max_points double,
	-- percent of points: from `cut_low` on the deficit is low, from `cut_medium` on medium, below it high
	cut_low double,
	cut_medium double,
	planned_sem double
);
-- One row per version and level of the instrument's own, lowest first, in percent of points; none where levels are of deficit.
create table if not exists instrument_level (
	instrument varchar,
	version integer,
	level varchar,
	position integer,
	title_ru varchar,
	title_en varchar,
	from_percent double,
	to_percent double
);
create table if not exists instrument_item (
	instrument varchar,
	version integer,
	item varchar,
	position integer,
	competency varchar,
	rule varchar,
	max_points double,
	answer_table varchar,
	value_column varchar,
	points_column varchar,
	-- in the words of the form; of a table that is scored as a whole, its question
	title_ru varchar,
	title_en varchar
);
-- One row per field of a version, scored or not: the codebook. `value_column` is null for open answers.
create table if not exists instrument_field (
	instrument varchar,
	version integer,
	item varchar,
	position integer,
	kind varchar,
	type varchar,
	title_ru varchar,
	title_en varchar,
	-- JSON list of values with their titles
	choices varchar,
	answer_table varchar,
	value_column varchar
);
create table if not exists campaign (
	campaign_id varchar,
	municipality_id varchar,
	region_id varchar,
	title varchar,
	state varchar,
	mode varchar,
	opens_on date,
	closes_on date,
	released_at varchar,
	-- who sees the results so far: teacher, methodist, school, municipality
	release_stage varchar,
	-- 1 for the first campaign of a municipality, in the order of opening
	wave integer
);
create table if not exists campaign_instrument (
	campaign_id varchar,
	instrument varchar,
	version integer,
	channel varchar,
	position integer
);
create table if not exists participant (
	participant_code varchar,
	campaign_id varchar,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	subject varchar,
	seniority_band varchar,
	category varchar,
	declined boolean,
	methodist_may_see boolean
);
create table if not exists response (
	response_key integer,
	response_id varchar,
	campaign_id varchar,
	participant_code varchar,
	instrument varchar,
	version integer,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	subject varchar,
	seniority_band varchar,
	category varchar,
	submitted_on date,
	duration_seconds integer,
	-- how it was filled in (surveys/answer-quality.ts); null where the key cannot score it
	n_asked integer,
	n_answered integer,
	n_attitude integer,
	longest_run integer,
	n_halves integer,
	odd_even double
);
-- A score per scale; the view `scale_score` says whose it is. What follows from the key of the response or of the scale
-- stands once: with every score it would be ten texts more, and most of the work of taking a response in.
create table if not exists scored_scale (
	response_key integer,
	scale_key integer,
	points double,
	max_points double,
	percent double,
	n_answered integer,
	answered_enough boolean
);
-- What participants wrote, added as rows or panels, or handed in as files: one row per answer, apart from what is counted.
create table if not exists open_answer (
	response_key integer,
	item varchar,
	kind varchar,
	value varchar
);
-- A response that its own key could not score, with the reason: counted as answered, absent from scores.
create table if not exists unscored_response (response_id varchar, reason varchar);

-- results
create table if not exists procedure (
	procedure_id varchar,
	kind varchar,
	year integer,
	grade integer,
	subject varchar,
	title varchar,
	max_score double,
	cutoff_3 double,
	cutoff_4 double,
	cutoff_5 double,
	fail_below double,
	item_ids varchar[],
	item_maxima double[]
);
-- One row per pupil row of a batch as imported, with what its procedure makes of it.
create table if not exists pupil_row (
	batch_id varchar,
	row_number integer,
	procedure_id varchar,
	year integer,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	class varchar,
	variant varchar,
	score double,
	given_mark smallint,
	journal_mark smallint,
	items double[],
	-- links rows of one pupil; leaves the warehouse through no macro
	pupil varchar,
	-- derived at loading by `marks.sql`
	mark smallint,
	mark_disagrees boolean,
	fail boolean,
	above_max boolean,
	-- the official signs count this row: it has a score, and a variant where its file has variants at all
	counted boolean
);
-- Sufficient statistics of a procedure over everything imported, renewed with each batch.
create table if not exists procedure_score (procedure_id varchar, score double, n integer);
-- Of its items, `listed_…` are those of schools that a list of the authority names for the year.
create table if not exists procedure_item (
	procedure_id varchar,
	item varchar,
	n integer,
	points double,
	max_points double,
	listed_n integer,
	listed_points double
);
-- One row per school and procedure with rows of pupils. Valid: a score up to the maximum. m2: sum of squared deviations.
create table if not exists school_moment (
	procedure_id varchar,
	school_id varchar,
	absent integer,
	above_max integer,
	-- scores of which the scale does not say whether they fail
	unscaled integer,
	n integer,
	mean double,
	m2 double,
	n_scaled integer,
	n_fail integer,
	-- counted by the official signs
	literal_n integer,
	literal_mean double,
	literal_m2 double,
	-- the mark beside the journal mark; gap2: two or more below it
	raised integer,
	confirmed integer,
	lowered integer,
	gap2 integer,
	-- whole points with how many pupils have each
	scores double[],
	score_counts double[],
	-- journal mark and score: pairs, and Spearman's correlation
	pairs integer,
	rank_correlation double,
	-- papers with points of items
	with_items integer
);
-- One row per school and procedure with item scores: contrast of hard and easy items, and normed Guttman errors, against
-- everything imported.
create table if not exists school_pattern (
	procedure_id varchar,
	school_id varchar,
	contrast_n integer,
	contrast_mean double,
	contrast_variance double,
	easy_percent double,
	hard_percent double,
	guttman_n integer,
	guttman_mean double,
	guttman_variance double
);
-- One row per school and two procedures of one subject in following years, where pupils stand in both under one code.
create table if not exists linked_pupils (
	school_id varchar,
	procedure_id varchar,
	later_procedure_id varchar,
	n integer,
	mean double,
	later_mean double,
	variance double,
	later_variance double,
	covariance double
);
-- One row per school, year and imported list of the authority; where two lists name it, the later import speaks.
create table if not exists federal_marker (
	batch_id varchar,
	row_number integer,
	imported_at varchar,
	year integer,
	school_id varchar,
	russian_4 integer,
	mathematics_4 integer,
	russian_5 integer,
	mathematics_5 integer
);
-- One row per candidate for a medal of an imported list; where two lists of a school and year are there, the later speaks.
create table if not exists medal_candidate (
	batch_id varchar,
	row_number integer,
	imported_at varchar,
	year integer,
	school_id varchar,
	pupil varchar,
	medal integer
);

-- One row per school, school year (by the year in which it ends) and import: its social make-up in percent. The later speaks.
create table if not exists school_context (
	batch_id varchar,
	row_number integer,
	imported_at varchar,
	year integer,
	school_id varchar,
	higher_education double,
	incomplete_families double,
	large_or_low_income double,
	on_registers double,
	other_language double,
	special_needs double,
	vacancies double,
	-- names the school as one in hard social conditions
	decision varchar
);
-- One row per school, procedure and form of an imported table of sums.
create table if not exists aggregate_row (
	batch_id varchar,
	row_number integer,
	imported_at varchar,
	procedure_id varchar,
	school_id varchar,
	form varchar,
	n integer,
	counts double[],
	percents double[]
);
-- One row per place (school, municipality, region, country) and procedure of an imported table of item completion.
create table if not exists item_completion (
	batch_id varchar,
	place varchar,
	row_number integer,
	imported_at varchar,
	procedure_id varchar,
	school_id varchar,
	n integer,
	percents double[]
);
create table if not exists flag_reply (
	reply_id varchar,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	year integer,
	module varchar,
	text varchar,
	replied_on date
);
-- One row per re-marking of papers of a school in a procedure; `class` is null where papers of all classes were taken.
create table if not exists remarking (
	remarking_id varchar,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	procedure_id varchar,
	class varchar,
	remarked_on date,
	sampled integer,
	remarked integer,
	unchanged integer,
	raised integer,
	lowered integer,
	withdrawn_on date
);

-- support
-- One row per municipality, factor of risk that it changed or added, and input; one without `input` for a factor that has none.
create table if not exists risk_norm (
	municipality_id varchar,
	region_id varchar,
	factor varchar,
	is_on boolean,
	input varchar,
	good double,
	bad double
);
-- One row per proposal on a factor of risk for a school and year; the newest stands. What the school answered last stands beside it.
create table if not exists risk_rating (
	rating_id integer,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	year integer,
	factor varchar,
	title_ru varchar,
	title_en varchar,
	risk_index double,
	significance varchar,
	-- JSON: inputs as they stood when the factor was rated, with the value taken
	inputs varchar,
	remark varchar,
	proposed_on date,
	stands boolean,
	-- null: the school has not answered
	agrees boolean,
	is_chosen boolean,
	answer_remark varchar,
	verified_on date
);
create table if not exists support_plan (
	plan_id varchar,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	year integer,
	title varchar,
	basis varchar,
	state varchar,
	goal varchar,
	indicator varchar,
	baseline double,
	target double,
	unit varchar,
	due_on date,
	created_on date
);
create table if not exists plan_measure (
	plan_id varchar,
	measure_id varchar,
	school_id varchar,
	municipality_id varchar,
	region_id varchar,
	position integer,
	title varchar,
	state varchar,
	starts_on date,
	due_on date,
	done_on date
);
