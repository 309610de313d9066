-- One row per school of the places, year and factor of its risk profile: the proposal that stands, and the school's answer.
with
own as (
	select school_id, name, municipality_id
	from schools_visible_to($places)
	where ($school::varchar is null or school_id = $school::varchar)
		and ($municipality::varchar is null or municipality_id = $municipality::varchar)
)
select
	own.school_id::varchar as school_id,
	own.name::varchar as school_name,
	own.municipality_id::varchar as municipality_id,
	rating.year::integer as year,
	rating.factor::varchar as factor,
	rating.title_ru::varchar as title_ru,
	rating.title_en::varchar as title_en,
	rating.risk_index::double as risk_index,
	rating.significance::varchar as significance,
	rating.inputs::varchar as inputs,
	rating.remark::varchar as remark,
	strftime(rating.proposed_on, '%Y-%m-%d')::varchar as proposed_on,
	rating.agrees::boolean as agrees,
	rating.is_chosen::boolean as is_chosen,
	rating.answer_remark::varchar as answer_remark,
	strftime(rating.verified_on, '%Y-%m-%d')::varchar as verified_on
from risk_ratings_visible_to($places) as rating
inner join own using (school_id)
where $year::integer is null or rating.year = $year::integer
order by
	own.school_id, rating.year, list_position(['high', 'medium', 'low'], rating.significance),
	rating.risk_index desc nulls last, rating.factor
