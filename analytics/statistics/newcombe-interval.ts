import { wilsonInterval } from './wilson-interval.ts';

/**
 * Difference of two shares with Newcombe's hybrid interval (method H4): `d = p_1 − p_2` and
 * `[d − √((p_1−l_1)²+(u_2−p_2)²), d + √((u_1−p_1)²+(p_2−l_2)²)]` from the Wilson limits l, u of each share.
 * Within −1..1. For groups that share people the interval is too narrow.
 *
 * Returns null when either group is empty.
 */
export function newcombeInterval(
	first: { x: number; n: number },
	second: { x: number; n: number },
	confidence = 0.95,
): { difference: number; lo: number; hi: number } | null {
	const one = wilsonInterval(first.x, first.n, { confidence });
	const two = wilsonInterval(second.x, second.n, { confidence });
	if (one === null || two === null) return null;
	const p1 = first.x / first.n;
	const p2 = second.x / second.n;
	const difference = p1 - p2;
	return {
		difference,
		lo: difference - Math.hypot(p1 - one.lo, two.hi - p2),
		hi: difference + Math.hypot(one.hi - p1, p2 - two.lo),
	};
}
