import { meanTooHigh } from '../statistics/mean-too-high.ts';
import type { Presets } from './definition.ts';
import { meanWithout, missingSpread } from './reference.ts';
import { chooseReference, type ReferenceChoice } from './reference-choice.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/** Mean too high (method O1): not for a subject taught in depth, with a note where the school's type is unknown. */
export function meanSign(row: SchoolProcedure, choice: ReferenceChoice, presets: Presets): RawSign {
	const sign = (found: Partial<RawSign>): RawSign => rawSign('O1', 'mean', [row], { n: row.n, ...found });
	if (row.advanced_subjects?.includes(row.subject)) return sign({ note: 'advanced-subject' });
	if (row.n < Number(presets.minimum_n)) return sign({ note: 'too-few-respondents' });
	const chosen = chooseReference(choice, row, 'papers', presets);
	if (chosen === null) return sign({ note: 'no-reference' });
	const { reference } = chosen;
	const { withinVariance, betweenVariance } = reference;
	if (!withinVariance) return sign({ note: 'no-variance' });
	if (betweenVariance === null) return sign({ note: missingSpread(reference, 'papers') });
	const mean = meanWithout(reference, row);
	const test = meanTooHigh({ n: row.n, mean: row.mean! }, { mean, withinVariance, betweenVariance });
	if (test === null) return sign({ note: 'no-variance' });
	return sign({
		statistic: test.z,
		p: test.p,
		isLarge: test.effect !== null && test.effect >= Number(presets.mean_effect),
		note: row.advanced_subjects === null ? 'type-unknown' : null,
		inputs: {
			mean: row.mean!,
			reference_mean: mean,
			within_variance: withinVariance,
			between_variance: betweenVariance,
			effect: test.effect ?? 0,
			...chosen.inputs,
		},
	});
}
