-- Table macros for the comparison of one school with the others of its region, where sums without names do not suffice:
-- control of false discovery counts every school. Whoever reads them drops the schools outside the viewer's places.

-- One row per procedure imported, with its scale. Names no school.
create or replace macro reference_procedures() as table
	select
		procedure_id, kind, year, grade, subject, title, max_score, cutoff_3, cutoff_4, cutoff_5, fail_below, item_ids,
		item_maxima
	from main.procedure;

-- One row per school, procedure and form of table for schools that have no rows of pupils there.
create or replace macro reference_sums() as table
	select procedure_id, region_id, municipality_id, school_id, advanced_subjects, form, n, counts, fail
	from main.standing_sum;

-- One row per school and procedure known by a table of item completion: its percents in the order of the procedure's items,
-- and those of the region in the same table.
create or replace macro reference_item_completion() as table
	select
		own.procedure_id, own.region_id, own.school_id, own.n, own.percents, region.percents as region_percents
	from main.standing_item_completion as own
	left join main.item_completion as region
		on region.batch_id = own.batch_id and region.procedure_id = own.procedure_id
		and region.place = 'region/' || own.region_id;

-- One row per school and procedure with rows of pupils: its statistics, with its place and the subjects that it teaches in
-- depth (null when unknown).
create or replace macro reference_school_results() as table
	select school_moment.*, region_id, municipality_id, advanced_subjects
	from main.school_moment
	join main.school using (school_id);

-- One row per school and procedure with item scores: contrast and Guttman errors against everything imported.
create or replace macro reference_school_patterns() as table
	select * from main.school_pattern;

-- One row per school: its place and what the registry says of its context. Names none.
create or replace macro reference_schools() as table
	select school_id, municipality_id, region_id, kind, locality, pupils
	from main.school;

-- One row per school and two procedures of one subject in following years, where pupils stand in both under one code: how
-- many, and means, variances and covariance of their scores. No code leaves.
create or replace macro reference_linked_pupils() as table
	select * from main.linked_pupils;

-- One row per school and school year whose social make-up is known, by the year in which it ends. The later import speaks.
create or replace macro reference_school_context() as table
	select
		school_id, school.municipality_id, school.region_id, year, higher_education, incomplete_families,
		large_or_low_income, on_registers, other_language, special_needs, vacancies, decision
	from main.school_context
	join main.school using (school_id)
	qualify row_number() over (partition by year, school_id order by imported_at desc, batch_id desc, row_number) = 1;
