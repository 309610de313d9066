import { type AnswerField, listAnswerFields } from './answer-fields.ts';
import { readPath } from './answer-path.ts';
import type { SurveyJson } from './item-labels.ts';

type Answers = Readonly<Record<string, unknown>>;

/** Kinds whose values the form fixes. A date may be somebody's birthday, a calculated text may quote a free one. */
const CODED = new Set<AnswerField['kind']>(['choice', 'list', 'order', 'number', 'numbers']);

/**
 * What stays of answers when nobody may be found in them any more: choices, orders and numbers. Texts, remarks, rows and
 * panels, files, dates and calculated texts go. No rule of a key reads any of these, so points and levels stay as they are.
 */
export function compileCodedAnswers(survey: SurveyJson): (answers: Answers) => Record<string, unknown> {
	const fields = listAnswerFields(survey);
	return (answers) => {
		const kept: Record<string, unknown> = Object.create(null);
		for (const field of fields) {
			const value = codedValue(field, readPath(answers, field.path));
			if (value !== undefined) write(kept, field.path, value);
		}
		return kept;
	};
}

function codedValue(field: AnswerField, value: unknown): unknown {
	if (value === undefined || value === null) return undefined;
	if (field.kind === 'calculated') return typeof value === 'number' ? value : undefined;
	if (!CODED.has(field.kind)) return undefined;
	if (Array.isArray(value)) {
		const coded = value.map((each) => codedValue(field, each)).filter((each) => each !== undefined);
		return coded.length > 0 ? coded : undefined;
	}
	if (typeof value === 'number' || typeof value === 'boolean') return value;
	const isListed = field.values.length === 0 || field.values.some((each) => String(each.value) === value);
	// what is written in the place of a choice is a text
	return typeof value === 'string' && isListed ? value : undefined;
}

function write(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
	const [step, ...rest] = path as [string, ...string[]];
	if (rest.length === 0) {
		target[step] = value;
		return;
	}
	target[step] ??= Object.create(null);
	write(target[step] as Record<string, unknown>, rest, value);
}
