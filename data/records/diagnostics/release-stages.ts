/** From which day each level sees released results; the teachers themselves see them at once. */
export interface ReleasePlan {
	methodist: string;
	school: string;
	municipality: string;
}

/** Who sees released results, in the order in which they come to them. */
export const RELEASE_STAGES = ['teacher', 'methodist', 'school', 'municipality'] as const;
export type ReleaseStage = (typeof RELEASE_STAGES)[number];

/** How far results have come by a day: teachers at release, the others each from their own day; all at once without a plan. */
export function stageOn(plan: ReleasePlan | null, day: string): ReleaseStage {
	if (plan === null || plan.municipality <= day) return 'municipality';
	if (plan.school <= day) return 'school';
	return plan.methodist <= day ? 'methodist' : 'teacher';
}
