/** Everything that can be wrong with an answer. */
export type AnswerCode =
	| 'not-an-object'
	| 'unknown-name'
	| 'wrong-type'
	| 'not-listed'
	| 'out-of-range'
	| 'off-step'
	| 'duplicate-value'
	| 'exclusive-value'
	| 'too-few'
	| 'too-many'
	| 'too-short'
	| 'too-long'
	| 'bad-format'
	| 'bad-file'
	| 'not-unique'
	| 'incomplete-ranking'
	| 'comment-required'
	| 'expression-failed'
	| 'required';

/** What an answer still being written may show; a draft is kept in spite of it. */
export const UNFINISHED: ReadonlySet<AnswerCode> = new Set([
	'off-step',
	'too-few',
	'too-short',
	'bad-format',
	'incomplete-ranking',
	'comment-required',
	'expression-failed',
	'required',
]);

/** One fault; `item` is the item (`question`, `question.row`, …), `params` what a message needs. */
export interface AnswerIssue {
	item: string;
	code: AnswerCode;
	params: Readonly<Record<string, string | number>>;
}

export type Answers = Record<string, unknown>;

/** What a rule can see while it checks one value. */
export interface Scope {
	/** All names an expression may use: the answers, calculated values, and `row`, `panel` or `item` where they exist. */
	values: Readonly<Answers>;
	/** False for a draft: then nothing is required. */
	complete: boolean;
	report: (item: string, code: AnswerCode, params?: AnswerIssue['params']) => void;
	/** Notes that an answer stands on a file that was handed in before. */
	refer: (item: string, file: string) => void;
}

/** Checks a value that is not empty and gives back what is kept of it. */
export type ValueRule = (value: unknown, item: string, scope: Scope) => unknown;

export type Condition = (scope: Scope) => boolean;

/** How one question inside a survey, a panel or a table row is checked. */
export interface QuestionRule {
	/** Its name in the answers. */
	key: string;
	isVisible: Condition;
	isEnabled: Condition;
	isRequired: Condition;
	check: ValueRule;
	/** Called when a visible, enabled question of a complete response has no answer. */
	checkEmpty?: (item: string, scope: Scope) => void;
	/** Name of its comment in the answers, when it has one. */
	commentKey?: string;
	/** When a comment must be given with this answer. */
	needsComment?: (value: unknown) => boolean;
	/** Present for what is calculated: an answer under this name gives way to what this reckons. */
	calculate?: (scope: Scope) => unknown;
}

/** The longest text kept where the survey sets no limit. */
export const LONGEST_TEXT = 20_000;

/** Empty as SurveyJS means it: nothing, white space, an empty list or object. */
export function isEmptyAnswer(value: unknown): boolean {
	if (value === undefined || value === null) return true;
	if (typeof value === 'string') return value.trim() === '';
	if (Array.isArray(value)) return value.length === 0;
	return typeof value === 'object' && Object.values(value).every(isEmptyAnswer);
}

export function isRecord(value: unknown): value is Answers {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
