/** One line of the table: what was measured, and what it is held against. */
export interface Measure {
	/** G1…G20 of the list of goals, or a word for a limit that has no number */
	goal: string;
	measure: string;
	unit: string;
	value: number;
	/** must hold */
	floor: number;
	/** what we are after; null when there is only a limit */
	target: number | null;
	better: 'higher' | 'lower';
	/** what the value was taken from, for whoever reads `var/bench.json` */
	detail: Record<string, unknown>;
}

/** What cannot be measured here and now, and why. */
export interface NotRun {
	goal: string;
	measure: string;
	reason: string;
}

export type Verdict = 'goal' | 'floor' | 'missed';

/** Holds a value against its goal and its floor. */
export function judge({ value, floor, target, better }: Measure): Verdict {
	const reaches = (limit: number): boolean => (better === 'higher' ? value >= limit : value <= limit);
	if (!reaches(floor)) return 'missed';
	return target === null || reaches(target) ? 'goal' : 'floor';
}

/** A measurement that one file of this folder exports as `measure`. */
export type MeasureGoal = () => Promise<(Measure | NotRun)[]>;
