/** Two-sided 5 % point of the normal distribution, as in the rule. */
const CRITICAL = 1.96;

export type ReliableChange = {
	/** `RCI = (P_2−P_1)/√(SEM_1²+SEM_2²)`, in standard errors of the difference. */
	index: number;
	verdict: 'improved' | 'unchanged' | 'worse';
};

/**
 * Reliable change of one person between two measurements (method D13), all four numbers in percent of the
 * scale. Of people who did not change, 2.5 % "improve" by chance.
 *
 * Returns null when a standard error is unknown or both are zero.
 */
export function reliableChange(
	before: number,
	after: number,
	semBefore: number | null,
	semAfter: number | null,
): ReliableChange | null {
	if (semBefore === null || semAfter === null) return null;
	const error = Math.hypot(semBefore, semAfter);
	if (!(error > 0)) return null;
	const index = (after - before) / error;
	if (index > CRITICAL) return { index, verdict: 'improved' };
	return { index, verdict: index < -CRITICAL ? 'worse' : 'unchanged' };
}
