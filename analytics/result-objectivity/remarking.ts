import { type ObjectiveShare, objectiveShare, reachesTarget } from '../statistics/objective-share.ts';
import type { Presets } from './definition.ts';
import { type Reason, reason } from './reason.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { share } from './wording.ts';

/** Papers of one school in one procedure that a commission marked again: all standing records of the procedure together. */
export interface Remarking extends ObjectiveShare {
	procedure_id: string;
	title: string;
	remarked: number;
	unchanged: number;
	/** the share is below the target: what the signs point at is confirmed */
	isConfirming: boolean;
}

/** Re-markings of a school and year; every row of a school and year carries the same ones. */
export function remarkingsOf(rows: readonly SchoolProcedure[], presets: Presets): Remarking[] {
	const [row] = rows;
	return (row?.remark_procedures ?? []).flatMap((procedure_id, index) => {
		const remarked = row!.remark_counts![index]!;
		const unchanged = row!.remark_unchanged![index]!;
		const found = objectiveShare(unchanged, remarked);
		if (found === null) return [];
		const title = row!.remark_titles![index]!;
		const isConfirming = !reachesTarget(unchanged, remarked, Number(presets.objective_share));
		return [{ procedure_id, title, remarked, unchanged, isConfirming, ...found }];
	});
}

/** What the re-markings say: those below the target for the level, the others against it. */
export function remarkingReasons(
	remarkings: readonly Remarking[],
	presets: Presets,
): { for: Reason[]; against: Reason[] } {
	const least = share(Number(presets.objective_share));
	const reasons: { for: Reason[]; against: Reason[] } = { for: [], against: [] };
	for (const one of remarkings) {
		const [found, low, high] = [share(one.share), share(one.low), share(one.high)];
		const counted = {
			ru: `отметка не изменилась в ${one.unchanged} из ${one.remarked} работ, это ${found.ru} (95 %: ${low.ru} — ${high.ru})`,
			en: `the mark stood in ${one.unchanged} of ${one.remarked} papers, ${found.en} (95 %: ${low.en} to ${high.en})`,
		};
		if (!one.isConfirming) {
			reasons.against.push(
				reason('remarking-objective', {
					ru: `${one.title}: перепроверка подтвердила объективность: ${counted.ru} при целевых ${least.ru}.`,
					en: `${one.title}: re-marking confirmed objectivity: ${counted.en}; the target is ${least.en}.`,
				}),
			);
			continue;
		}
		reasons.for.push(
			reason('remarking-confirmed', {
				ru: `${one.title}: перепроверка выявила расхождения: ${counted.ru} при целевых ${least.ru}.`,
				en: `${one.title}: re-marking found differences: ${counted.en}; the target is ${least.en}.`,
			}),
		);
		if (one.high < Number(presets.objective_share)) continue;
		reasons.against.push(
			reason('remarking-few', {
				ru: `${one.title}: перепроверено мало работ, доля ниже ${least.ru} может быть случайной (интервал до ${high.ru}).`,
				en: `${one.title}: few papers were re-marked, a share below ${least.en} may be chance (the interval reaches ${high.en}).`,
			}),
		);
	}
	return reasons;
}
