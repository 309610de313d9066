-- One row per school and procedure of the imported tables of item completion that still speak: the later import in place of
-- the earlier, none where the school has rows of pupils with points of items, and none made for another list of items.
create or replace view standing_item_completion as
select
	item_completion.batch_id,
	procedure_id,
	item_completion.school_id,
	school.municipality_id,
	school.region_id,
	item_completion.n,
	percents
from item_completion
join procedure using (procedure_id)
join school on school.school_id = item_completion.school_id
anti join school_moment
	on school_moment.procedure_id = item_completion.procedure_id
	and school_moment.school_id = item_completion.school_id
	and school_moment.with_items > 0
where len(percents) = len(item_ids)
qualify row_number() over (
	partition by procedure_id, item_completion.school_id order by imported_at desc, item_completion.batch_id desc, row_number
) = 1;
