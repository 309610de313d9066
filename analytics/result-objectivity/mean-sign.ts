import { meanTooHigh } from '../statistics/mean-too-high.ts';
import type { Presets } from './definition.ts';
import { isEnough, meanWithout, missingSpread, type ProcedureReference } from './reference.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/** Mean too high (method O1): not for a subject taught in depth, with a note where the school's type is unknown. */
export function meanSign(row: SchoolProcedure, reference: ProcedureReference, presets: Presets): RawSign {
	const sign = (found: Partial<RawSign>): RawSign => rawSign('O1', 'mean', [row], { n: row.n, ...found });
	if (row.advanced_subjects?.includes(row.subject)) return sign({ note: 'advanced-subject' });
	if (row.n < Number(presets.minimum_n)) return sign({ note: 'too-few-respondents' });
	if (!isEnough(reference, row, 'papers', presets)) return sign({ note: 'no-reference' });
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
		},
	});
}
