-- One row per school, procedure and form (`marks`, `scores`, `journal`) of the imported tables of sums that still speak:
-- the later import in place of the earlier, and none where the school has rows of pupils in the procedure.
-- `fail`: pupils below the threshold, null when the form or the scale does not say.
create or replace view standing_sum as
select
	procedure_id,
	aggregate_row.school_id,
	school.municipality_id,
	school.region_id,
	school.advanced_subjects,
	form,
	aggregate_row.n,
	counts,
	case
		when form = 'marks' then counts[1]
		when form = 'scores' and (cutoff_3 is not null or fail_below is not null) then list_sum(
			list_transform(
				counts,
				lambda count, place:
					case
						when is_fail(place - 1, derived_mark(place - 1, cutoff_3, cutoff_4, cutoff_5), fail_below) then count
						else 0
					end
			)
		)
	end::integer as fail
from aggregate_row
join procedure using (procedure_id)
join school on school.school_id = aggregate_row.school_id
anti join school_moment
	on school_moment.procedure_id = aggregate_row.procedure_id and school_moment.school_id = aggregate_row.school_id
qualify row_number() over (
	partition by procedure_id, aggregate_row.school_id, form order by imported_at desc, batch_id desc, row_number
) = 1;
