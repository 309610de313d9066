-- One row per pupil row of a batch as imported: the score, the mark given or derived, and whether it fails.
-- An absent pupil has no score, no mark and no verdict; a score above the maximum stays, marked `above_max`.
create or replace view pupil_result as
select
	batch_id,
	row_number,
	procedure_id,
	year,
	school_id,
	municipality_id,
	region_id,
	class,
	variant,
	score,
	mark::integer as mark,
	given_mark::integer as given_mark,
	journal_mark::integer as journal_mark,
	items,
	pupil,
	score is null as absent,
	mark_disagrees,
	fail,
	above_max,
	counted
from pupil_row;
