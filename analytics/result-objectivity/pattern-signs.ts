import { homogeneity } from '../statistics/homogeneity.ts';
import { contrastTest } from '../statistics/item-profile.ts';
import { meanTooHigh } from '../statistics/mean-too-high.ts';
import type { Presets } from './definition.ts';
import { guttmanWithout, itemsWithout, meanWithout, missingSpread } from './reference.ts';
import { chooseReference, type ReferenceChoice } from './reference-choice.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/** Easy items worse and hard ones better than elsewhere (method O8), by the contrast of each pupil. */
export function profileSign(row: SchoolProcedure, choice: ReferenceChoice, presets: Presets): RawSign {
	const n = row.contrast_n;
	const sign = (found: Partial<RawSign>): RawSign => rawSign('O8', 'pattern', [row], { n, ...found });
	if (n === 0 && typeof row.completion_easy === 'number' && typeof row.completion_hard === 'number')
		return describedProfile(row, row.completion_easy, row.completion_hard);
	if (n < Number(presets.minimum_n)) return sign({ note: 'too-few-respondents' });
	const chosen = chooseReference(choice, row, 'items', presets);
	const others = chosen && itemsWithout(chosen.reference, row, Number(presets.easy_from));
	if (chosen === null || others === null) return sign({ note: 'no-reference' });
	const { reference } = chosen;
	if (reference.contrastVariance === null) return sign({ note: missingSpread(reference, 'items') });
	const test = contrastTest(
		{ n, mean: row.contrast_mean!, variance: row.contrast_variance },
		{ mean: others.contrast, betweenVariance: reference.contrastVariance },
	);
	if (test === null) return sign({ note: 'no-variance' });
	const easy = row.easy_percent! - others.easy;
	const hard = row.hard_percent! - others.hard;
	return sign({
		statistic: hard - easy,
		p: test.p,
		isLarge: easy < 0 && hard > 0 && hard - easy >= Number(presets.contrast),
		inputs: {
			easy,
			hard,
			z: test.z,
			reference_contrast: others.contrast,
			between_variance: reference.contrastVariance,
			...chosen.inputs,
		},
	});
}

/** The contrast of a table of item completion: without pupils it has no error and no p, and only describes. */
function describedProfile(row: SchoolProcedure, easy: number, hard: number): RawSign {
	return rawSign('O8', null, [row], {
		n: row.completion_n ?? 0,
		statistic: hard - easy,
		note: 'without-pupils',
		inputs: { easy, hard },
	});
}

/** Pupils failing easy items and solving hard ones more often than elsewhere (method O9), by normed Guttman errors. */
export function guttmanSign(row: SchoolProcedure, choice: ReferenceChoice, presets: Presets): RawSign {
	const n = row.guttman_n;
	const sign = (found: Partial<RawSign>): RawSign => rawSign('O9', 'pattern', [row], { n, ...found });
	if (n < Number(presets.minimum_n)) return sign({ note: 'too-few-respondents' });
	const chosen = chooseReference(choice, row, 'patterns', presets);
	const others = chosen && guttmanWithout(chosen.reference, row);
	if (chosen === null || others === null) return sign({ note: 'no-reference' });
	const test = meanTooHigh({ n, mean: row.guttman_mean! }, others);
	if (test === null) return sign({ note: 'no-variance' });
	return sign({
		statistic: test.z,
		p: test.p,
		isLarge: true,
		inputs: {
			mean: row.guttman_mean!,
			reference_mean: others.mean,
			within_variance: others.withinVariance,
			between_variance: others.betweenVariance,
			...chosen.inputs,
		},
	});
}

/** Pupils too much alike for a school of this mean (method O10); read only where the mean is above the others'. */
export function homogeneitySign(row: SchoolProcedure, choice: ReferenceChoice, presets: Presets): RawSign {
	const sign = (found: Partial<RawSign>): RawSign => rawSign('O10', 'pattern', [row], { n: row.n, ...found });
	if (row.n < Number(presets.minimum_n)) return sign({ note: 'too-few-respondents' });
	const chosen = chooseReference(choice, row, 'papers', presets);
	if (chosen === null) return sign({ note: 'no-reference' });
	const { reference } = chosen;
	if (row.mean! <= meanWithout(reference, row)) return sign({ note: 'below-reference' });
	const own = reference.spreads.get(row) ?? { n: row.n, mean: row.mean!, variance: row.variance };
	const test = homogeneity(own, reference.homogeneity);
	if (test === null) return sign({ note: 'no-reference' });
	return sign({
		statistic: test.z,
		p: test.p,
		isLarge: true,
		inputs: {
			variance: row.variance!,
			expected_variance: test.expectedVariance,
			schools_compared: test.neighbours,
			...chosen.inputs,
		},
	});
}
