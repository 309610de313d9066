import type { SurveyJson } from '../item-labels.ts';

/** One thing that depends on a condition. */
export interface Dependent {
	/** a page, panel or question */
	name: string;
	kind: 'visibleIf' | 'enableIf' | 'requiredIf';
	/** its condition; false for what is hidden for good */
	own: string | false;
	/** under which conditions it is shown: its own, and those of everything around it */
	around: readonly string[];
}

/** Everything in a survey that depends on a condition, from outside in; what stands in something hidden for good is not listed. */
export function listDependents(survey: SurveyJson): Dependent[] {
	const found: Dependent[] = [];
	const open = (element: SurveyJson, around: readonly string[]): void => {
		const name = String(element.name);
		const shown = conditionOf(element, 'visibleIf');
		const own = shown ?? (element.visible === false ? (false as const) : undefined);
		if (own !== undefined) found.push({ name, kind: 'visibleIf', own, around });
		if (own === false) return;
		const inside = own === undefined ? around : [...around, own];
		for (const kind of ['enableIf', 'requiredIf'] as const) {
			const condition = conditionOf(element, kind);
			if (condition !== undefined) found.push({ name, kind, own: condition, around: inside });
		}
		for (const each of [...asArray(element.elements), ...asArray(element.questions)]) open(each, inside);
	};
	for (const page of asArray(survey.pages)) open(page, []);
	for (const element of [...asArray(survey.elements), ...asArray(survey.questions)]) open(element, []);
	return found;
}

function conditionOf(element: SurveyJson, kind: Dependent['kind']): string | undefined {
	const condition = element[kind];
	return typeof condition === 'string' && condition.trim() !== '' ? condition : undefined;
}

function asArray(value: unknown): SurveyJson[] {
	return Array.isArray(value)
		? value.filter((each): each is SurveyJson => typeof each === 'object' && each !== null)
		: [];
}
