import type { Presets } from './definition.ts';

/** What the priority of a school is made of. */
export interface Standing {
	/** index of the share of papers below the threshold, 0 … 100; null without results */
	fail_index: number | null;
	/** index of the risk of failure from the risk profile, 0 … 100; null where it is not known */
	failure_risk: number | null;
	/** probability that the rule of low results truly holds; null without a comparison */
	certainty: number | null;
	/** measures done in time of those due, 0 … 1; null where none was due */
	coverage: number | null;
}

interface Priority {
	need: number;
	part_need: number;
	part_certainty: number;
	part_coverage: number;
	/** 0 … 100: the sum of the parts */
	priority: number;
}

/**
 * Priority of targeted support, `PR = 0.4·need + 0.3·certainty·100 + 0.3·(100 − coverage)` (domain §5.5): need = the larger
 * of the two indices, coverage in percent. Where no measure was due, nothing is covered yet.
 *
 * @returns null when neither index is known, or when certainty is not: two thirds of a sum would look like a low priority
 */
export function priorityOf(standing: Standing, presets: Presets): Priority | null {
	const indices = [standing.fail_index, standing.failure_risk].filter((index) => index !== null);
	if (indices.length === 0 || standing.certainty === null) return null;
	const need = Math.max(...indices);
	const part_need = Number(presets.need_weight) * need;
	const part_certainty = Number(presets.certainty_weight) * 100 * standing.certainty;
	const part_coverage = Number(presets.coverage_weight) * (100 - 100 * (standing.coverage ?? 0));
	return {
		need,
		part_need,
		part_certainty,
		part_coverage,
		priority: part_need + part_certainty + part_coverage,
	};
}
