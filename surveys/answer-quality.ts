import { listItems, readArray, type SurveyJson } from './item-labels.ts';
import type { Key } from './key.ts';
import type { ScoredResponse } from './scoring.ts';

/** What the answers of one response say about how it was filled in; whether that is unusual is judged elsewhere. */
export interface AnswerQuality {
	/** scored items that the person was asked: an item under a condition counts only when it was answered */
	n_asked: number;
	n_answered: number;
	/** attitude items of the instrument, answered or not */
	n_attitude: number;
	/** most attitude items in a row with one and the same answer; 0 without an answer */
	longest_run: number;
	/** scales with an answered odd and an answered even item */
	n_halves: number;
	/** odd–even consistency in −1…1; null with fewer than three such scales or where one half does not vary */
	odd_even: number | null;
}

/** Fewer pairs than this always lie on a line. */
const FEWEST_PAIRS = 3;

/**
 * Compiles how a response to this instrument is described.
 * Attitude items are those of the rule `likert`, in the order of the key; their answers are compared as given, so that
 * the same column under a reversed item continues a run. Runs as R careless `longstring` (a missing answer ends a run);
 * consistency as R careless `evenodd` before its change of sign: over scales, r of the means of odd and even items, each
 * item in shares of its points, lengthened by Spearman–Brown `2r/(1+r)` and never below −1.
 */
export function compileAnswerQuality(
	key: Key,
	survey: SurveyJson,
): (scored: ScoredResponse) => AnswerQuality {
	const conditional = findConditional(survey);
	const questions = new Map(listItems(survey).map(({ item, question }) => [item, question]));
	const isConditional = key.items.map(({ item }) => conditional.has(questions.get(item) ?? item));
	const attitude = key.items.flatMap(({ rule }, index) => (rule.kind === 'likert' ? [index] : []));
	const scales = [...Map.groupBy(attitude, (index) => key.items[index]!.competency).values()];

	return ({ items }) => {
		const isAnswered = (index: number) => items[index]!.value !== null;
		const shareOf = (index: number) =>
			isAnswered(index) ? (items[index]!.points ?? 0) / items[index]!.max : null;
		const halves = scales.flatMap((members): [number, number][] => {
			const odd = meanOf(members.filter((_, place) => place % 2 === 0).map(shareOf));
			const even = meanOf(members.filter((_, place) => place % 2 === 1).map(shareOf));
			return odd === null || even === null ? [] : [[odd, even]];
		});
		return {
			n_asked: items.filter((_, index) => !isConditional[index] || isAnswered(index)).length,
			n_answered: items.filter(({ value }) => value !== null).length,
			n_attitude: attitude.length,
			longest_run: longestRun(attitude.map((index) => items[index]!.value)),
			n_halves: halves.length,
			odd_even: consistencyOf(halves),
		};
	};
}

function longestRun(values: readonly unknown[]): number {
	let longest = 0;
	let run = 0;
	for (const [index, value] of values.entries()) {
		if (value === null) run = 0;
		else run = run > 0 && value === values[index - 1] ? run + 1 : 1;
		longest = Math.max(longest, run);
	}
	return longest;
}

function meanOf(shares: readonly (number | null)[]): number | null {
	const given = shares.filter((share) => share !== null);
	return given.length === 0 ? null : given.reduce((sum, share) => sum + share, 0) / given.length;
}

function consistencyOf(pairs: readonly (readonly [number, number])[]): number | null {
	if (pairs.length < FEWEST_PAIRS) return null;
	const mean = (side: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
	const [oddMean, evenMean] = [mean(0), mean(1)];
	let together = 0;
	let odd = 0;
	let even = 0;
	for (const [left, right] of pairs) {
		together += (left - oddMean) * (right - evenMean);
		odd += (left - oddMean) ** 2;
		even += (right - evenMean) ** 2;
	}
	// Shares are fractions: equal ones differ by rounding alone.
	if (odd < 1e-12 || even < 1e-12) return null;
	const r = Math.min(1, together / Math.sqrt(odd * even));
	return r <= -1 / 3 ? -1 : (2 * r) / (1 + r);
}

/** Questions that not everybody sees: they, a panel or a page around them, or rows of theirs stand under a condition. */
function findConditional(survey: SurveyJson): ReadonlySet<string> {
	const found = new Set<string>();
	const open = (element: unknown, isUnder: boolean): void => {
		if (typeof element !== 'object' || element === null) return;
		const part = element as SurveyJson;
		const isHidden =
			isUnder || part.visible === false || ['visibleIf', 'rowsVisibleIf'].some((name) => Boolean(part[name]));
		if (isHidden && typeof part.name === 'string') found.add(part.name);
		for (const inner of [...readArray(part.elements), ...readArray(part.questions)]) open(inner, isHidden);
	};
	for (const page of readArray(survey.pages)) open(page, false);
	open({ elements: survey.elements, questions: survey.questions }, false);
	return found;
}
