import type { Language } from '../module.ts';
import type { Standing } from './priority.ts';

interface Told extends Standing {
	fail_share: number | null;
	has_plan: boolean;
	has_draft: boolean;
	had_plan: boolean;
	measures: number;
	measures_in_time: number;
	measures_due: number;
	is_doubtful: boolean;
}

/** Why a school stands where it stands, in the order in which one would say it. */
export function reasonOf(school: Told, language: Language): string {
	return [resultPart(school), riskPart(school), planPart(school), doubtPart(school)]
		.flatMap((part) => (part ? [part[language]] : []))
		.join('; ');
}

const percent = (share: number): number => Math.round(100 * share);

function resultPart({ fail_share, certainty }: Told) {
	if (fail_share === null) return { ru: 'результатов за год нет', en: 'no results of the year' };
	const share = {
		ru: `ниже порога ${percent(fail_share)} % работ`,
		en: `${percent(fail_share)} % of papers below the threshold`,
	};
	if (certainty === null)
		return {
			ru: `${share.ru}, сравнить не с чем: устойчивость не оценивается`,
			en: `${share.en}, nothing to compare with: certainty cannot be judged`,
		};
	return {
		ru: `${share.ru}, вероятность устойчиво низких результатов ${percent(certainty)} %`,
		en: `${share.en}, probability of lasting low results ${percent(certainty)} %`,
	};
}

function riskPart({ failure_risk }: Told) {
	if (failure_risk === null) return null;
	const index = Math.round(failure_risk);
	return {
		ru: `риск неуспешности по профилю — ${index} из 100`,
		en: `risk of failure by the profile: ${index} of 100`,
	};
}

function planPart({ has_plan, has_draft, had_plan, measures, measures_in_time, measures_due }: Told) {
	if (measures_due > 0)
		return {
			ru: `выполнено в срок мер: ${measures_in_time} из ${measures_due}`,
			en: `measures done in time: ${measures_in_time} of ${measures_due}`,
		};
	if (has_plan)
		return measures > 0
			? { ru: 'план есть, сроки мер ещё не наступили', en: 'there is a plan, no measure is due yet' }
			: { ru: 'план есть, но мер в нём нет', en: 'there is a plan, but it holds no measures' };
	if (has_draft) return { ru: 'план поддержки пока в черновике', en: 'the support plan is still a draft' };
	return had_plan
		? {
				ru: 'прежний план поддержки завершён, действующего нет',
				en: 'the former support plan is completed, none is in force',
			}
		: { ru: 'плана поддержки нет', en: 'no support plan' };
}

function doubtPart({ is_doubtful }: Told) {
	if (!is_doubtful) return null;
	return {
		ru: 'есть признаки необъективности: сначала объективность, потребность может быть больше',
		en: 'signs of non-objectivity: objectivity first, the need may be larger',
	};
}
