import {
	type MatrixDropdownRowModelBase,
	Model,
	type PanelModel,
	type PanelModelBase,
	type Question,
	type QuestionMatrixDropdownModelBase,
	type QuestionPanelDynamicModel,
} from 'survey-core';
import type { SurveyJson } from '#surveys/item-labels.ts';

export type Answers = Record<string, unknown>;

/** Names of questions that stand on a screen. */
export interface FormOnScreen {
	outer: string[];
	/** in panels that are added */
	inner: string[];
	/** of questions that show nothing at all */
	empty: string[];
}

/** Follows a form screen by screen as survey-core's own model goes through it, and tells what a page shows otherwise. */
export function followForm(survey: SurveyJson) {
	const model = new Model(structuredClone(survey));
	model.locale = 'ru';
	return {
		compare(held: Answers, screen: FormOnScreen): string[] {
			model.data = withoutDrawings(model, held);
			unfold(model);
			const asked = listShown(model);
			const outer = asked.map(({ name }) => name);
			const inner = asked.flatMap(listInner).map(({ name }) => name);
			return [
				...differences('shown', outer, screen.outer),
				...differences('shown in panels', inner, screen.inner),
				...screen.empty
					.filter((name) => asked.find((each) => each.name === name)?.hasInput)
					.map((name) => `shown empty: ${name}`),
			];
		},
		/** Goes on to the next screen, as its button does. */
		turn(): void {
			if (model.state === 'starting') model.start();
			else if (model.isLastPage && model.showPreviewBeforeComplete && !isPreview(model)) model.showPreview();
			else if (!model.performNext()) model.currentPageNo += 1;
		},
		end: () => model.dispose(),
	};
}

const isPreview = (model: Model): boolean => model.state === 'preview';

/** As the reader does with every part that stands folded. */
function unfold(model: Model): void {
	for (const element of [...model.getAllPanels(false, true), ...model.getAllQuestions(false, false, true)])
		if (element.isCollapsed) element.expand();
	for (const question of model.getAllQuestions(true))
		for (const row of rowsWithDetails(question)) row.showDetailPanel();
}

/** A drawing is loaded where it is set, and here is nothing to load it. */
export function withoutDrawings(model: Model, held: Answers): Answers {
	const drawn = model.getAllQuestions().filter((question) => question.getType() === 'signaturepad');
	const names = new Set(drawn.map((question) => question.getValueName()));
	return structuredClone(Object.fromEntries(Object.entries(held).filter(([name]) => !names.has(name))));
}

function listShown(model: Model): Question[] {
	if (model.currentSingleQuestion) return [model.currentSingleQuestion];
	const pages: PanelModelBase[] = isPreview(model) ? model.visiblePages : [model.activePage];
	return pages
		.flatMap((page) => page.questions)
		.filter((question) => question.isVisible && question.isParentVisible);
}

/** Rows of a table that hold questions below them; where one shuts the other, the last stands open. */
function rowsWithDetails(question: Question): MatrixDropdownRowModelBase[] {
	const { visibleRows = [], detailPanelMode = 'none' } = question as Partial<QuestionMatrixDropdownModelBase>;
	return detailPanelMode === 'none' ? [] : visibleRows.filter(({ hasPanel }) => hasPanel);
}

/** Questions that stand inside another: in panels that are added, and below the rows of tables. */
function listInner(question: Question): Question[] {
	return listInnerPanels(question)
		.flatMap((panel) => panel.questions.filter((each) => each.isVisible && each.isParentVisible))
		.flatMap((each) => [each, ...listInner(each)]);
}

function listInnerPanels(question: Question): PanelModel[] {
	if (question.getType() === 'paneldynamic') {
		const dynamic = question as QuestionPanelDynamicModel;
		return (dynamic.isRenderModeList ? dynamic.visiblePanels : [dynamic.currentPanel]).filter(Boolean);
	}
	return rowsWithDetails(question)
		.filter((row) => row.isDetailPanelShowing)
		.map((row) => row.detailPanel);
}

function differences(what: string, expected: readonly string[], found: readonly string[]): string[] {
	const [left, right] = [expected, found].map((list) => [...list].sort().join(', '));
	return left === right ? [] : [`${what}: [${right}] instead of [${left}]`];
}
