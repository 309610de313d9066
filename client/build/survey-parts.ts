import { type ESTree, type Plugin, parseAst } from 'vite';

/**
 * SurveyJS registers every question type when it is loaded, so no bundler can leave one out. Here the registrations of
 * types are taken away before bundling; what only they used falls out by itself.
 *
 * The common library carries what nearly every survey is made of. A module imported with `?rare` gets the library with
 * all types that can be published (see `rare-types.ts`). Types that can never be published are in neither.
 */

/** Question types that cannot be published, and windows over a page: in no library. */
const neverAsked = {
	types: ['imagemap', 'flowpanel'],
	classes: [
		'QuestionImageMapModel',
		'ImageMapItemValue',
		'FlowPanelModel',
		'PopupSurveyModel',
		'SurveyWindowModel',
		'SurveyQuestionImageMap',
		'SurveyFlowPanel',
		'SurveyWindow',
		'PopupSurvey',
	],
};

/** Large and seldom used: only in the library for rare types. */
const seldomAsked = {
	types: [
		'paneldynamic',
		'matrixdropdown',
		'matrixdynamic',
		'matrixdropdownbase',
		'matrixdropdowncolumn',
		'slider',
		'imagepicker',
		'multipletext',
		'multipletextitem',
		'multipletexteditor',
		'signaturepad',
		'file',
		'custom',
		'composite',
	],
	classes: [
		'QuestionPanelDynamicModel',
		'QuestionPanelDynamicItem',
		'QuestionMatrixDropdownModelBase',
		'QuestionMatrixDropdownModel',
		'QuestionMatrixDynamicModel',
		'MatrixDropdownColumn',
		'MatrixDropdownRowModelBase',
		'MatrixDropdownRowModel',
		'MatrixDynamicRowModel',
		'MatrixDropdownCell',
		'QuestionMatrixDropdownRenderedTable',
		'QuestionMatrixDropdownRenderedRow',
		'QuestionMatrixDropdownRenderedCell',
		'QuestionMatrixDropdownRenderedErrorRow',
		'QuestionSliderModel',
		'SliderLabelItemValue',
		'QuestionImagePickerModel',
		'ImageItemValue',
		'QuestionMultipleTextModel',
		'MultipleTextItemModel',
		'MultipleTextEditorModel',
		'QuestionSignaturePadModel',
		'SignaturePad',
		'SignatureEventTarget',
		'QuestionFileModel',
		'QuestionFileModelBase',
		'QuestionFilePage',
		'SurveyQuestionFile',
		'SurveyQuestionSignaturePad',
		'QuestionCustomModel',
		'QuestionCompositeModel',
		'QuestionCustomModelBase',
		'InputMaskDateTime',
		'InputMaskNumeric',
		'InputMaskCurrency',
		'InputMaskPattern',
		'SurveyQuestionPanelDynamic',
		'SurveyQuestionMatrixDropdown',
		'SurveyQuestionMatrixDropdownBase',
		'SurveyQuestionMatrixDropdownCell',
		'SurveyQuestionMatrixDynamic',
		'SurveyQuestionSlider',
		'SurveyQuestionImagePicker',
		'SurveyQuestionMultipleText',
		'SurveyQuestionCustom',
		'SurveyQuestionComposite',
	],
};

const library = /\/survey-(?:core|react-ui)\/fesm\/[\w.-]+\.mjs(?:\?rare)?$/;
/** The library, and the files beside the page that meet it: they come twice as well. */
const inLibrary = /^(?:survey-|\.\/survey-[\w-]+\.ts$)/;
const sheet = 'virtual:survey-variables.css';

export function surveyParts(): Plugin {
	let variables = '';
	return {
		name: 'survey-parts',
		apply: 'build',
		enforce: 'pre',
		async resolveId(source, importer, options) {
			if (source === sheet) return `\0${sheet}`;
			if (!importer?.endsWith('?rare') || !inLibrary.test(source) || source.endsWith('.css')) return null;
			const found = await this.resolve(source, importer.replace('?rare', ''), { ...options, skipSelf: true });
			return found && `${found.id}?rare`;
		},
		load: {
			filter: { id: /^\0virtual:survey-variables\.css$/ },
			handler: () => variables,
		},
		transform: {
			filter: { id: library },
			handler(code, id) {
				const isRare = id.endsWith('?rare');
				let text = code;
				if (/survey-core\.mjs/.test(id)) {
					const taken = takeVariables(text);
					text = taken.code;
					variables = taken.sheet;
				}
				const parts = isRare ? [neverAsked] : [neverAsked, seldomAsked];
				text = dropRegistrations(
					text,
					new Set(parts.flatMap((part) => part.types)),
					new Set(parts.flatMap((part) => part.classes)),
				);
				return { code: text, map: null };
			},
		},
	};
}

/**
 * The library carries its 1,600 base style variables as a script and writes them into the page as a style element. As a
 * style sheet they are less script on a phone, and one inline style less.
 */
function takeVariables(code: string): { code: string; sheet: string } {
	const start = code.indexOf('var baseTheme = {');
	const end = code.indexOf('\n};', start);
	const found = [...code.slice(start, end).matchAll(/^\s+"(--[\w-]+)": "(.*)",?$/gm)];
	if (start < 0 || found.length < 1000) throw new Error('survey-core changed: look at its base theme');
	return {
		code: `import '${sheet}';\n${code.slice(0, start)}var baseTheme = { cssVariables: {}${code.slice(end)}`,
		sheet: `:where(.sd-theme-root){${found.map(([, name, value]) => `${name}:${value}`).join(';')}}`,
	};
}

/** Takes away the statements at the top level that register one of these types or decorate one of these classes. */
function dropRegistrations(code: string, types: Set<string>, classes: Set<string>): string {
	let kept = code;
	for (const statement of parseAst(code).body.toReversed()) {
		if (statement.type !== 'ExpressionStatement') continue;
		const { expression } = statement;
		const named = code
			.slice(statement.start, statement.end)
			.match(/^(?:Serializer\.\w+|[\w.]+\.(?:registerQuestion|registerElement))\(\s*"([\w-]+)"/);
		const isOfType = named !== null && types.has(named[1]!);
		if (isOfType || namesIn(subjectOf(expression)).some((name) => classes.has(name)))
			kept = kept.slice(0, statement.start) + kept.slice(statement.end);
	}
	return kept;
}

/** What a statement is about: the decorated class, the assigned member, or all that it names. */
function subjectOf(expression: ESTree.Expression): unknown {
	if (expression.type === 'AssignmentExpression') return expression.left;
	if (
		expression.type === 'CallExpression' &&
		expression.callee.type === 'Identifier' &&
		expression.callee.name === '__decorate'
	)
		return expression.arguments[1];
	return expression;
}

function namesIn(node: unknown): string[] {
	if (Array.isArray(node)) return node.flatMap(namesIn);
	if (typeof node !== 'object' || node === null) return [];
	if ('type' in node && node.type === 'Identifier' && 'name' in node) return [String(node.name)];
	return Object.values(node).flatMap(namesIn);
}
