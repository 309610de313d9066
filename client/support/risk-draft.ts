import type { ProfileFactor, RiskRatingsBody, Significance } from '#server/contract/risks.ts';

/** What stands in the fields of one factor; '' = as the inputs say. */
export interface RatingDraft {
	values: Record<string, number | null>;
	significance: Significance | '';
	remark: string;
}

/** The fields of a factor before anybody touched them: the rating that stands, or empty. */
export function startRating({ inputs, rating }: ProfileFactor): RatingDraft {
	const stored = new Map(rating?.inputs.map(({ id, value }) => [id, value]));
	return {
		values: Object.fromEntries(inputs.map(({ id }) => [id, stored.get(id) ?? null])),
		significance: rating && rating.by_index !== rating.significance ? rating.significance : '',
		remark: rating?.remark ?? '',
	};
}

/** The factors that were filled in or changed, as they are sent; empty while there is none. */
export function readRatings(
	factors: readonly ProfileFactor[],
	drafts: Readonly<Record<string, RatingDraft>>,
): RiskRatingsBody['ratings'] {
	return factors.flatMap((factor) => {
		const draft = drafts[factor.factor];
		if (!draft || !factor.is_on || JSON.stringify(draft) === JSON.stringify(startRating(factor))) return [];
		return [
			{
				factor: factor.factor,
				values: draft.values,
				significance: draft.significance === '' ? null : draft.significance,
				remark: draft.remark.trim(),
			},
		];
	});
}
