import type { ItemLabel, SurveyJson } from '../item-labels.ts';
import type { DraftKey } from '../workshop/content.ts';

/** Every word that the linter may say; each has a text and a remedy in `server/locales/workshop.{ru,en}.json`. */
export const lintCodes = [
	'survey-fault',
	'unknown-item',
	'value-without-points',
	'points-without-value',
	'unknown-competency',
	'unknown-scale',
	'short-scale',
	'key-material',
	'missing-text',
	'rule-incomplete',
	'nothing-scored',
	'no-scale',
	'scored-questionnaire',
	'cuts-without-measure',
	'cut-scores',
	'key-twice',
	'points-mismatch',
	'key-incomplete',
	'missing-key',
	'unkeyed-item',
	'condition-unknown',
	'unreachable',
	'never-enabled',
	'never-required',
	'reserved-name',
	'empty-page',
	'one-direction',
	'unequal-items',
	'double-barrelled',
	'long-question',
	'too-long',
	'duplicate-question',
	'duplicate-option',
	'no-way-out',
	'answer-position',
] as const;
export type LintCode = (typeof lintCodes)[number];

/** One remark: an error keeps a draft from review, advice does not. `at` names the item, scale, page or place. */
export interface Finding {
	code: LintCode;
	severity: 'error' | 'advice';
	at: string;
	params: Readonly<Record<string, string | number>>;
}

/** What every rule looks at; items are empty when the survey itself cannot be read. */
export interface LintContext {
	survey: SurveyJson;
	key: DraftKey;
	items: readonly ItemLabel[];
}

export type LintRule = (context: LintContext) => Finding[];

/** A finding that keeps a draft from review. */
export function error(code: LintCode, at: string, params: Finding['params'] = {}): Finding {
	return { code, severity: 'error', at, params };
}

/** A finding to think about. */
export function advice(code: LintCode, at: string, params: Finding['params'] = {}): Finding {
	return { code, severity: 'advice', at, params };
}
