import type { PlanItem } from '#server/contract/support.ts';
import { knownOf, type LowResults, type NextStep, nextStepOf, type SchoolEvidence } from '../ui/evidence.ts';

/** A school that asks for a decision. */
export interface Concern {
	school_id: string;
	school_name: string;
	year: number;
	evidence: SchoolEvidence | null;
	low: LowResults | null;
	step: NextStep;
	/** the plan that is under way, or the newest draft */
	plan: PlanItem | null;
}

const weightOfLevel = { persistent: 6, sign: 5, watch: 2, none: 0, insufficient: 0 };
const weightOfLow: Record<string, number> = { stable: 4, likely: 3, chance: 1 };
const openStates = ['active', 'agreed', 'draft'];

function weigh({ evidence, low, plan }: Concern): number {
	const signs = evidence ? weightOfLevel[evidence.level] : 0;
	const results = low?.flag ? (weightOfLow[low.label ?? ''] ?? 2) : 0;
	// an overdue measure and a school nobody has taken up come before one where work goes on
	const work = plan === null ? 1.5 : plan.measures_overdue > 0 ? 1.2 : 0;
	return signs + results + work;
}

/** Schools with a level of evidence or with low results, by need of attention; equal ones by name. Never a ranking. */
export function listConcerns(evidence: SchoolEvidence[], low: LowResults[], plans: PlanItem[]): Concern[] {
	const lowBySchool = new Map(low.map((row) => [row.school_id, row]));
	const evidenceBySchool = new Map(evidence.map((row) => [row.school_id, row]));
	const planBySchool = new Map<string, PlanItem>();
	for (const state of [...openStates].reverse())
		for (const plan of plans) if (plan.state === state) planBySchool.set(plan.school_id, plan);
	const ids = new Set([...lowBySchool.keys(), ...evidenceBySchool.keys()]);
	const concerns: Concern[] = [];
	for (const id of ids) {
		const signs = evidenceBySchool.get(id) ?? null;
		const results = lowBySchool.get(id) ?? null;
		const hasSigns = signs !== null && weightOfLevel[signs.level] > 0;
		if (!hasSigns && !results?.flag) continue;
		const known = (signs ?? results)!;
		concerns.push({
			school_id: id,
			school_name: known.school_name,
			year: known.year,
			evidence: signs,
			low: results,
			step: nextStepOf(signs?.level ?? null, results, signs ? knownOf(signs) : {}),
			plan: planBySchool.get(id) ?? null,
		});
	}
	return concerns.sort(
		(left, right) =>
			weigh(right) - weigh(left) ||
			left.school_name.localeCompare(right.school_name, 'ru', { numeric: true }),
	);
}
