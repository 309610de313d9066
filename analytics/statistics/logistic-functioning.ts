import chiSquareCdf from '@stdlib/stats-base-dists-chisquare-cdf';
import type { Stratum } from './mantel-test.ts';
import {
	nullLogLikelihood,
	type OrdinalCell,
	type OrdinalLogistic,
	ordinalLogistic,
} from './ordinal-logistic.ts';

/** Persons with the same total, `[group][code]`, group 0 the reference. */
export interface MatchedStratum {
	total: number;
	stratum: Stratum;
}

export interface LikelihoodRatio {
	chi2: number;
	df: number;
	p: number;
}

/** Differential functioning of one item by logistic regression. */
export interface LogisticFunctioning {
	/** the same shift at every total: model with the group against the total alone */
	uniform: LikelihoodRatio;
	/** a shift that changes with the total: with the product of both against the one with the group */
	nonuniform: LikelihoodRatio;
	both: LikelihoodRatio;
	/** Nagelkerke's R² of the full model less that of the total alone */
	deltaR2: number;
	deltaR2Uniform: number;
	/** log odds of a higher answer, each focal group against the reference at the same total; negative = harder */
	slopes: number[];
	/** their standard errors */
	errors: number[];
}

/**
 * Differential functioning by proportional odds (Swaminathan and Rogers 1990 for 0/1, Zumbo 1999 for more categories):
 * the total alone, with the group, and with their product, compared by likelihood ratio; size by the gain in Nagelkerke's
 * `R² = (1 − e^{−2(L−L₀)/n})/(1 − e^{2L₀/n})`. Groups without persons are left out.
 *
 * Returns null when a model has no maximum: one group, one category, equal totals, or answers that a group or the total parts.
 */
export function logisticFunctioning(strata: readonly MatchedStratum[]): LogisticFunctioning | null {
	const groups = (strata[0]?.stratum ?? []).flatMap((_, group) =>
		group === 0 || strata.some(({ stratum }) => sizeOf(stratum[group]!) > 0) ? [group] : [],
	);
	const focal = groups.length - 1;
	if (focal < 1 || !strata.some(({ stratum }) => sizeOf(stratum[0]!) > 0)) return null;
	const { n, mean, spread } = momentsOf(strata);
	if (!(spread > 0)) return null;
	const cellsOf = (predict: (x: number, isGroup: number[]) => number[]): OrdinalCell[] =>
		strata.flatMap(({ total, stratum }) =>
			groups.flatMap((group, place) => {
				const counts = stratum[group]!;
				if (sizeOf(counts) === 0) return [];
				const isGroup = Array.from({ length: focal }, (_, g) => Number(place === g + 1));
				return [{ predictors: predict((total - mean) / spread, isGroup), counts }];
			}),
		);
	const alone = ordinalLogistic(cellsOf((x) => [x]));
	const grouped = ordinalLogistic(cellsOf((x, isGroup) => [x, ...isGroup]));
	const crossed = ordinalLogistic(cellsOf((x, isGroup) => [x, ...isGroup, ...isGroup.map((g) => g * x)]));
	if (!alone || !grouped || !crossed) return null;
	const bare = nullLogLikelihood(cellsOf(() => []));
	const nagelkerke = ({ logLikelihood }: OrdinalLogistic): number =>
		(1 - Math.exp((-2 * (logLikelihood - bare)) / n)) / (1 - Math.exp((2 * bare) / n));
	return {
		uniform: ratio(grouped, alone, focal),
		nonuniform: ratio(crossed, grouped, focal),
		both: ratio(crossed, alone, 2 * focal),
		deltaR2: Math.max(0, nagelkerke(crossed) - nagelkerke(alone)),
		deltaR2Uniform: Math.max(0, nagelkerke(grouped) - nagelkerke(alone)),
		slopes: grouped.slopes.slice(1),
		errors: grouped.errors.slice(1),
	};
}

/** Classes of a gain in R²: negligible below .035, moderate below .070, large from there on (Jodoin and Gierl 2001). */
export function jodoinGierlClass(deltaR2: number): 'A' | 'B' | 'C' {
	return deltaR2 < 0.035 ? 'A' : deltaR2 < 0.07 ? 'B' : 'C';
}

/** The wider bounds of Zumbo and Thomas (1997): .13 and .26. */
export function zumboThomasClass(deltaR2: number): 'A' | 'B' | 'C' {
	return deltaR2 < 0.13 ? 'A' : deltaR2 < 0.26 ? 'B' : 'C';
}

const sizeOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

function ratio(larger: OrdinalLogistic, smaller: OrdinalLogistic, df: number): LikelihoodRatio {
	const chi2 = Math.max(0, 2 * (larger.logLikelihood - smaller.logLikelihood));
	return { chi2, df, p: 1 - chiSquareCdf(chi2, df) };
}

function momentsOf(strata: readonly MatchedStratum[]): { n: number; mean: number; spread: number } {
	let [n, sum, squares] = [0, 0, 0];
	for (const { total, stratum } of strata) {
		const size = stratum.reduce((all, counts) => all + sizeOf(counts), 0);
		n += size;
		sum += size * total;
		squares += size * total * total;
	}
	const mean = sum / n;
	return { n, mean, spread: Math.sqrt(Math.max(0, squares / n - mean * mean)) };
}
