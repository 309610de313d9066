-- One row per school and procedure with item scores: contrast and Guttman errors against a reference from outside.
select
	school_id, procedure_id, contrast_n, contrast_mean, contrast_variance, easy_percent, hard_percent, guttman_n,
	guttman_mean, guttman_variance
from item_patterns($reference, $easy_from, $reference_pupils, $reference_share)
where school_id in (select school_id from schools_visible_to($places))
