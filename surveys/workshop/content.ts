import type { CutScore } from '../deficit-level.ts';
import type { SurveyJson } from '../item-labels.ts';
import type { Text } from '../text.ts';

/** A rule that may be unfinished; its kind is one of the key's, or one that is still to come. */
export type DraftRule = Readonly<Record<string, unknown>> & { kind: string };

export interface DraftKeyItem {
	item: string;
	competency: string;
	rule: DraftRule;
	max_points: number;
	explanation?: Text | undefined;
}

export interface DraftScale {
	scale: string;
	kind: string;
	/** of a scale that the framework of competencies does not know */
	title?: Text | undefined;
	/** none for marks and themes */
	planned_sem?: number | undefined;
}

/** A key in the making: the shape of `Key`, whose texts may be empty and whose lists may be too short. */
export interface DraftKey {
	instrument: string;
	version: number;
	channel: string;
	title: Text;
	purpose: Text;
	languages: readonly string[];
	minutes: number;
	teacher_result: string;
	minimum_share_answered: number;
	minimum_items_answered: number;
	cut_scores_name: Text;
	/** the instrument's own levels, when cut scores do not speak of the deficit */
	levels?: readonly { level: string; title: Text }[] | undefined;
	cut_scores: readonly CutScore<string>[];
	scales: readonly DraftScale[];
	items: readonly DraftKeyItem[];
}

/** An explanation without a word is none. */
export function dropEmptyExplanation({ explanation, ...item }: DraftKeyItem): DraftKeyItem {
	const isEmpty = explanation === undefined || `${explanation.ru}${explanation.en}`.trim() === '';
	return isEmpty ? item : { ...item, explanation };
}

/** All of an instrument: what is asked, how it is scored, and its card as Markdown. */
export interface InstrumentContent {
	survey: SurveyJson;
	key: DraftKey;
	card: string;
}
