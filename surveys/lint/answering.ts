import { listQuestions } from '../item-labels.ts';
import { advice, type LintRule } from './finding.ts';

const UNSURE = /затрудня|не знаю|не могу оценить|не применимо|don.t know|not sure|cannot say|not applicable/i;
const CLOSED = new Set(['radiogroup', 'dropdown', 'checkbox', 'matrix', 'rating', 'boolean']);
/** From so many tasks on a habit of the author can be seen. */
const TASKS_FROM = 6;
const SAME_PLACE = 0.6;

/** A required question that leaves no honest way out; a test has right answers and needs none. */
export const findNoWayOut: LintRule = ({ survey, key, items }) => {
	if (key.channel === 'test') return [];
	return listQuestions(survey)
		.filter(
			({ type, isRequired, eachRowRequired }) =>
				CLOSED.has(String(type)) && (isRequired === true || eachRowRequired === true),
		)
		.filter(({ name, showDontKnowItem, showNoneItem }) => {
			if (showDontKnowItem === true || showNoneItem === true) return false;
			const values = items.filter(({ question }) => question === name).flatMap((each) => each.values);
			return !values.some(({ title }) => UNSURE.test(`${title.ru} ${title.en}`));
		})
		.map(({ name }) => advice('no-way-out', String(name)));
};

/** Right answers that nearly always stand at one place: whoever notices needs no knowledge. */
export const findAnswerPosition: LintRule = ({ key, items }) => {
	const labels = new Map(items.map((item) => [item.item, item.values]));
	const places = key.items.flatMap(({ item, rule }) => {
		if (rule.kind !== 'choice' || typeof rule.points !== 'object' || rule.points === null) return [];
		const points = rule.points as Readonly<Record<string, number>>;
		const at = (labels.get(item) ?? []).findIndex(({ value }) => (points[String(value)] ?? 0) > 0);
		return at < 0 ? [] : [at];
	});
	const counts = Map.groupBy(places, (place) => place);
	const [place, own] = [...counts].toSorted((left, right) => right[1].length - left[1].length)[0] ?? [0, []];
	return places.length >= TASKS_FROM && own.length / places.length > SAME_PLACE
		? [advice('answer-position', '', { place: place + 1, tasks: own.length, of: places.length })]
		: [];
};
