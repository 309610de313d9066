import { wilsonInterval } from './wilson-interval.ts';

export interface ObjectiveShare {
	/** papers whose mark stood ÷ papers marked again, 0..1 */
	share: number;
	/** Wilson interval of 95 % */
	low: number;
	high: number;
}

/**
 * Objective share of a re-marking (evidence levels of non-objective results): papers with `|Δ mark| = 0` ÷ papers marked
 * again, with its Wilson interval. Returns null when nothing was marked or the counts are impossible.
 */
export function objectiveShare(unchanged: number, remarked: number): ObjectiveShare | null {
	const interval = wilsonInterval(unchanged, remarked);
	return interval && { share: unchanged / remarked, low: interval.lo, high: interval.hi };
}

/** Whether the share of unchanged papers reaches a target; what is a share of two decimals must not fail by the last bit of a division. */
export function reachesTarget(unchanged: number, remarked: number, target: number): boolean {
	return unchanged >= target * remarked - 1e-9;
}
