import type { Presets } from './definition.ts';
import { type Reason, reason } from './reason.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';
import { share } from './wording.ts';

/** Candidates for a medal of one class, and what the exam said of them. */
export interface MedalCounts {
	candidates: number;
	/** with results of ЕГЭ that say whether the scores were reached */
	judged: number;
	/** of those: the scores were not reached */
	missed: number;
}

/** Candidates for medals of a school and year, by class of the medal. */
export interface Medals {
	year: number;
	first: MedalCounts;
	second: MedalCounts;
	/** of those who missed: below the score in Russian; the others fell short in every other subject */
	missedRussian: number;
}

/** Candidates for medals of a school and year; null where no list names any. Every row of a school and year carries the same ones. */
export function medalsOf(rows: readonly SchoolProcedure[]): Medals | null {
	const row = rows.find(({ medal_candidates }) => medal_candidates);
	if (!row) return null;
	const ofClass = (index: 0 | 1): MedalCounts => ({
		candidates: row.medal_candidates![index] ?? 0,
		judged: row.medal_judged![index] ?? 0,
		missed: row.medal_missed![index] ?? 0,
	});
	return {
		year: row.year,
		first: ofClass(0),
		second: ofClass(1),
		missedRussian: row.medal_missed_russian ?? 0,
	};
}

/** Both classes of medals together. */
export function allMedals({ first, second }: Medals): MedalCounts {
	return {
		candidates: first.candidates + second.candidates,
		judged: first.judged + second.judged,
		missed: first.missed + second.missed,
	};
}

/**
 * Medal mismatch (method O13): candidates for a medal who did not reach the scores that the medal asks for, ÷ candidates.
 * Flagged from one on; the share is there from five judged candidates on. Carries no p, so it enters no combination and sets
 * no level. Candidates without results are in no share: nothing is known of them.
 */
export function medalSign(rows: readonly SchoolProcedure[], presets: Presets): RawSign | null {
	const medals = medalsOf(rows);
	if (medals === null) return null;
	const { candidates, judged, missed } = allMedals(medals);
	return {
		...rawSign('O13', null, rows, {
			n: judged,
			statistic: judged >= Number(presets.medal_share_from) ? missed / judged : null,
			flagged: missed > 0,
			note: judged === 0 ? 'medals-without-exam' : null,
			inputs: {
				candidates,
				missed,
				first_candidates: medals.first.candidates,
				first_judged: medals.first.judged,
				first_missed: medals.first.missed,
				second_candidates: medals.second.candidates,
				second_judged: medals.second.judged,
				second_missed: medals.second.missed,
				missed_russian: medals.missedRussian,
				first_least: Number(presets.medal_first),
				second_least: Number(presets.medal_second),
			},
		}),
		procedures: [],
	};
}

/** What the medals say: those missed stand beside the level, all borne out speak against it. */
export function medalReasons(
	rows: readonly SchoolProcedure[],
	presets: Presets,
): { beside: Reason[]; against: Reason[] } {
	const none = { beside: [], against: [] };
	const medals = medalsOf(rows);
	if (medals === null) return none;
	const { candidates, judged, missed } = allMedals(medals);
	if (judged === 0) return none;
	const unknown = candidates - judged;
	const left = {
		ru: unknown > 0 ? ` Ещё о ${unknown} судить нельзя: результатов ЕГЭ под их кодами не хватает.` : '',
		en:
			unknown > 0
				? ` Nothing can be said of ${unknown} more: results of the exam under their codes are lacking.`
				: '',
	};
	if (missed === 0)
		return {
			...none,
			against: [
				reason('medals-confirmed', {
					ru: `Медали ${medals.year} года подтверждены ЕГЭ: нужные баллы набрали все ${judged} претендентов с результатами.${left.ru}`,
					en: `The medals of ${medals.year} are borne out by the exam: all ${judged} candidates with results reached the scores.${left.en}`,
				}),
			],
		};
	const part = judged >= Number(presets.medal_share_from) ? share(missed / judged) : null;
	const [inRussian, inOthers] = [medals.missedRussian, missed - medals.missedRussian];
	const short = {
		ru: [
			...(inRussian > 0 ? [`по русскому языку — у ${inRussian}`] : []),
			...(inOthers > 0 ? [`по второму предмету — у ${inOthers}`] : []),
		].join(', '),
		en: [
			...(inRussian > 0 ? [`in Russian ${inRussian}`] : []),
			...(inOthers > 0 ? [`in the second subject ${inOthers}`] : []),
		].join(', '),
	};
	return {
		...none,
		beside: [
			reason('medals', {
				ru: `Медали ${medals.year} года: по загруженным результатам баллов ЕГЭ, нужных для медали, не набрали ${missed} из ${judged} претендентов${part ? ` (${part.ru})` : ''}: ${byClass(medals, presets, 'ru')}. Баллов не хватило ${short.ru}.${left.ru} Это повод сверить итоговые отметки претендентов, а не признак необъективности работ.`,
				en: `Medals of ${medals.year}: ${missed} of ${judged} candidates${part ? ` (${part.en})` : ''} did not reach the exam scores that the medal asks for, by the results imported: ${byClass(medals, presets, 'en')}. Points were short ${short.en}.${left.en} A reason to look at the final marks of the candidates, not a sign that papers were marked unfairly.`,
			}),
		],
	};
}

/** «I степень (70 баллов) — 2 из 4, II степень (60 баллов) — 1 из 3». */
function byClass({ first, second }: Medals, presets: Presets, language: 'ru' | 'en'): string {
	const one = (name: string, { judged, missed }: MedalCounts, least: unknown): string[] => {
		if (judged === 0) return [];
		return language === 'ru'
			? [`${name} степень (${least} баллов) — ${missed} из ${judged}`]
			: [`class ${name} (${least} points) ${missed} of ${judged}`];
	};
	return [...one('I', first, presets.medal_first), ...one('II', second, presets.medal_second)].join(', ');
}
