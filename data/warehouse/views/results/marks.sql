-- Scalar macros: what a procedure's scale makes of one pupil's score. Method: a cut-off is the smallest score of its mark.

-- The mark that the cut-offs give; null without a score or without cut-offs.
create or replace macro derived_mark(score, cutoff_3, cutoff_4, cutoff_5) as
	case
		when score is null then null
		when score >= cutoff_5 then 5
		when score >= cutoff_4 then 4
		when score >= cutoff_3 then 3
		when cutoff_3 is not null then 2
	end;

-- Fail: mark 2, or below the minimum where there are no marks; null for an absent pupil or when the scale does not say.
create or replace macro is_fail(score, mark, fail_below) as
	case
		when score is null then null
		when mark is not null then mark = 2
		else score < fail_below
	end;
