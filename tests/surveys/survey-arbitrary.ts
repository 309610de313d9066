import { isDeepStrictEqual } from 'node:util';
import { listQuestions, type SurveyJson } from '#surveys/item-labels.ts';
import { type Arbitrary, fc } from '#tests/support/property.ts';
import { shownOnly, specimens } from './specimens.ts';

/** A made question of one of the kinds of specimens. */
function makeQuestion(name: string, kind: string): Record<string, unknown> {
	return { name, ...specimens[kind]?.question };
}

/** A condition on another question, written as its type allows. */
function conditionsOn(name: string, kind: string): string[] {
	const written = (specimens[kind]?.conditions ?? []).map((condition) =>
		condition.replaceAll('{}', `{${name}}`).replaceAll('{.', `{${name}.`),
	);
	return [`{${name}} empty`, `{${name}} notempty`, ...written];
}

/** Surveys of three to seven questions, some in a panel, with conditions on any earlier question. */
export const surveys: Arbitrary<SurveyJson> = fc
	.array(
		fc.record({
			kind: fc.constantFrom(...Object.keys(specimens)),
			isRequired: fc.boolean(),
			shown: fc.option(fc.tuple(fc.nat(), fc.nat()), { freq: 2 }),
			needed: fc.option(fc.tuple(fc.nat(), fc.nat()), { freq: 1 }),
			enabled: fc.option(fc.tuple(fc.nat(), fc.nat()), { freq: 1 }),
			inPanel: fc.boolean(),
		}),
		{ minLength: 3, maxLength: 7 },
	)
	.map((plans) => {
		const questions = plans.map(({ kind }, index) => makeQuestion(`q${index}`, kind));
		const pick = (choice: [number, number] | null, before: number): string | undefined => {
			if (choice === null || before === 0) return undefined;
			const at = choice[0] % before;
			const conditions = conditionsOn(`q${at}`, plans[at]?.kind ?? '');
			return conditions[choice[1] % conditions.length];
		};
		const complete = plans.map((plan, index) => {
			const conditions = {
				visibleIf: pick(plan.shown, index),
				requiredIf: pick(plan.needed, index),
				enableIf: pick(plan.enabled, index),
			};
			const given = Object.entries(conditions).filter(([, condition]) => condition !== undefined);
			return {
				...questions[index],
				...(plan.isRequired ? { isRequired: true } : {}),
				...Object.fromEntries(given),
			};
		});
		const middle = Math.ceil(complete.length / 2);
		const panelIf = pick(plans[0]?.inPanel ? [0, 1] : null, middle);
		return {
			clearInvisibleValues: 'onHiddenContainer',
			pages: [
				{ name: 'first', elements: complete.slice(0, middle) },
				{
					name: 'second',
					elements: [
						{
							type: 'panel',
							name: 'inner',
							...(panelIf ? { visibleIf: panelIf } : {}),
							elements: complete.slice(middle),
						},
					],
				},
			],
		};
	});

/** Values that a browser can give to a question; undefined takes an answer away. */
export function valuesOf(question: SurveyJson): Arbitrary<unknown> {
	const [specimen] = Object.values(specimens)
		.filter(
			({ question: known }) =>
				known.inputType === question.inputType &&
				Object.entries(known).every(([name, value]) => isDeepStrictEqual(question[name], value)),
		)
		.toSorted((one, other) => Object.keys(other.question).length - Object.keys(one.question).length);
	if (specimen) return specimen.values;
	const choices = listValues(question.choices);
	const chosen = choices.length > 0 ? fc.constantFrom(...choices) : fc.constant(undefined);
	switch (question.type) {
		case 'checkbox':
			return fc.subarray(choices, { maxLength: Number(question.maxSelectedChoices ?? choices.length) });
		case 'ranking':
			return fc.shuffledSubarray(choices, { minLength: choices.length });
		case 'rating':
			return fc.integer({ min: 1, max: Number(question.rateMax) });
		case 'boolean':
			return fc.boolean();
		case 'matrix':
			return rowsOf(question, fc.constantFrom(...listValues(question.columns)));
		case 'matrixdropdown': {
			const [column] = question.columns as { name: string }[];
			return rowsOf(question, fc.record({ [column?.name ?? '']: chosen }, { noNullPrototype: true }));
		}
		case 'text':
		case 'comment':
			return question.inputType === 'number'
				? fc.integer({ min: 0, max: 5 })
				: fc.constantFrom('слово', 'x y', '7');
		default:
			return chosen;
	}
}

function rowsOf(question: SurveyJson, cell: Arbitrary<unknown>): Arbitrary<unknown> {
	return fc.record(Object.fromEntries(listValues(question.rows).map((row) => [String(row), cell])), {
		requiredKeys: [],
		noNullPrototype: true,
	});
}

function listValues(list: unknown): (string | number)[] {
	return ((list ?? []) as (string | number | { value: string | number })[]).map((entry) =>
		typeof entry === 'object' ? entry.value : entry,
	);
}

/** One act of a participant: this question gets this value. */
export interface Act {
	name: string;
	value: unknown;
}

/** What a participant does: answers, changes and withdraws in any order. */
export function actsOn(survey: SurveyJson): Arbitrary<Act[]> {
	const answerable = listQuestions(survey).filter(({ type }) => !shownOnly.has(String(type)));
	const act = fc.constantFrom(...answerable).chain((question) =>
		fc.record({
			name: fc.constant(String(question.name)),
			value: fc.oneof(
				{ weight: 9, arbitrary: valuesOf(question) },
				{ weight: 1, arbitrary: fc.constant(undefined) },
			),
		}),
	);
	return fc.array(act, { minLength: 1, maxLength: answerable.length * 3 });
}
