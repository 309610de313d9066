import { Model, type PanelModelBase, type Question, type QuestionExpressionModel } from 'survey-core';
import { compileContainer } from './answer-rules/container.ts';
import { allOf, compileCondition, compileExpression } from './answer-rules/expression.ts';
import { compileQuestion, compileVisible, listSurrounding } from './answer-rules/question.ts';
import {
	type AnswerIssue,
	type Answers,
	type Condition,
	isRecord,
	type Scope,
	UNFINISHED,
} from './answer-rules/rule.ts';
import type { SurveyJson } from './item-labels.ts';
import { RESPONDENT, type Respondent } from './respondent.ts';

export type { AnswerIssue, Answers } from './answer-rules/rule.ts';

export type AnswerResult =
	| {
			ok: true;
			answers: Answers;
			/** the files on which the answers stand, by item; absent where there are none */
			files?: { item: string; file: string }[];
	  }
	| { ok: false; issues: AnswerIssue[] };

export interface AnswerCheck {
	/**
	 * Checks what a participant sent. `complete` asks for every required visible answer; `partial`, for drafts, asks
	 * for none and lets pass what is still being written. Conditions see the respondent as `{respondent.…}`. What is kept has no empty values and no answers of hidden questions; what the survey calculates is reckoned here.
	 */
	check: (answers: unknown, mode?: 'complete' | 'partial', respondent?: Respondent) => AnswerResult;
	/** Answers with every value that the survey calculates beside them, kept in responses or not. */
	calculate: (answers: Answers) => Answers;
}

/**
 * Compiles a published survey into an exact check of its answers: done once per version (tens of milliseconds), then
 * microseconds per answer. SurveyJS's own validation is not enough on a server: it lets unknown names, unlisted
 * options and out-of-range ratings pass.
 * @throws RangeError for a survey that `publishable` refuses for its question types.
 */
export function compileAnswerCheck(survey: SurveyJson): AnswerCheck {
	// How questions are spread over screens is no part of the check, and would tear them from their pages' conditions.
	const model = new Model({ ...survey, questionsOnPageMode: 'standard' });
	const questions = model.getAllQuestions(false, false, false);
	const container = compileContainer(questions.flatMap((question) => compileQuestion(question)));
	const demandPanels = compilePanelDemands(model.getAllPanels() as unknown as PanelModelBase[]);
	const { complete, kept: calculated } = compileCalculations(model, questions);
	const isCutShort = compileEndings(model);
	model.dispose();

	return {
		calculate: complete,
		check: (given, mode = 'complete', respondent = {}) => {
			const issues: AnswerIssue[] = [];
			const report: Scope['report'] = (item, code, params = {}) => {
				if (mode === 'complete' || !UNFINISHED.has(code)) issues.push({ item, code, params });
			};
			if (!isRecord(given)) {
				report('', 'not-an-object');
				return { ok: false, issues };
			}
			const files: { item: string; file: string }[] = [];
			const scopeOf = (current: Answers): Scope => ({
				values: complete({ [RESPONDENT]: respondent, ...current }),
				complete: mode === 'complete',
				report,
				refer: (item, file) => files.push({ item, file }),
			});
			const answers = container(withoutNames(given, calculated), '', scopeOf);
			const scope = scopeOf(answers);
			if (scope.complete) demandPanels(answers, scope);
			const standing =
				issues.length > 0 && isCutShort(scope) ? issues.filter(({ code }) => !UNANSWERED.has(code)) : issues;
			if (standing.length > 0) return { ok: false, issues: standing };
			for (const name of calculated) answers[name] = scope.values[name];
			return files.length > 0 ? { ok: true, answers, files } : { ok: true, answers };
		},
	};
}

/** What may be missing from a survey that its own trigger ended early or skipped through. */
const UNANSWERED: ReadonlySet<string> = new Set([
	'required',
	'too-few',
	'comment-required',
	'expression-failed',
]);

/** True when a trigger of the survey ended it, or skipped a part of it, for these answers. */
function compileEndings(model: Model): Condition {
	const conditions = (model.triggers as { expression?: string; getType(): string }[])
		.filter((trigger) => ['completetrigger', 'skiptrigger'].includes(trigger.getType()))
		.map(({ expression }) => compileCondition(expression, false));
	return (scope) => conditions.some((condition) => condition(scope));
}

function withoutNames(given: Answers, names: readonly string[]): Answers {
	if (names.length === 0) return given;
	return Object.fromEntries(Object.entries(given).filter(([name]) => !names.includes(name)));
}

interface Calculations {
	/** The answers with every calculated value beside them. */
	complete: (answers: Answers) => Answers;
	/** Names of calculated values that belong to the response. */
	kept: readonly string[];
}

function compileCalculations(model: Model, questions: readonly Question[]): Calculations {
	const formulas = [
		...model.calculatedValues.map(({ name, expression }) => ({ name, expression })),
		...questions
			.filter((question) => question.getType() === 'expression')
			.map((question) => ({
				name: question.getValueName(),
				expression: (question as QuestionExpressionModel).expression,
			})),
	]
		.filter(({ expression }) => Boolean(expression))
		.map(({ name, expression }) => ({ name, run: compileExpression(expression) }));
	const kept = model.calculatedValues
		.filter(({ includeIntoResult }) => includeIntoResult)
		.map(({ name }) => name);
	if (formulas.length === 0) return { complete: (answers) => answers, kept };
	return {
		kept,
		complete: (answers) => {
			const values = { ...answers };
			// Twice, so that a formula may use one that stands below it.
			for (const { name, run } of [...formulas, ...formulas]) values[name] = run({ values });
			return values;
		},
	};
}

/** Panels of which at least one question must be answered. */
function compilePanelDemands(panels: readonly PanelModelBase[]): (answers: Answers, scope: Scope) => void {
	const demands = panels
		.filter(({ isRequired, requiredIf }) => isRequired || requiredIf)
		.map((panel) => ({
			name: panel.name,
			keys: panel.questions.map((question) => question.getValueName()),
			isDemanded: allOf([
				compileCondition(panel.requiredIf, panel.isRequired),
				...listSurrounding(panel).map(compileVisible),
			]),
		}));
	return (answers, scope) => {
		for (const { name, keys, isDemanded } of demands) {
			if (isDemanded(scope) && !keys.some((key) => Object.hasOwn(answers, key)))
				scope.report(name, 'required');
		}
	};
}
