import type { TFunction } from 'i18next';
import { type Clause, type Condition, takesList, takesNothing } from './condition.ts';
import type { SubjectInWords } from './use-condition-subjects.ts';

/** A condition as a sentence: «„Ведёте кружок?“ — „да“ и стаж — „до 3 лет“». */
export function sayCondition(
	{ join, clauses }: Condition,
	subjects: readonly SubjectInWords[],
	t: TFunction<'conditions'>,
): string {
	return clauses.map((clause) => sayClause(clause, subjects, t)).join(t(join));
}

function sayClause(clause: Clause, subjects: readonly SubjectInWords[], t: TFunction<'conditions'>): string {
	const { name, operator, values } = clause;
	const subject = subjects.find((each) => each.name === name);
	const quote = (text: string) => t('quoted', { text });
	if (takesNothing(operator) && subject?.isRespondent)
		return t(operator === 'answered' ? 'known' : 'unknown', { variable: subject.title });
	const question = !subject
		? quote(t('missing', { name }))
		: subject.isRespondent
			? subject.title
			: quote(subject.title);
	const words = values.map((value) => {
		const known = subject?.values.find((each) => String(each.value) === String(value));
		return typeof value === 'number' && !known
			? String(value)
			: quote(known?.text ?? (String(value) || t('empty_value')));
	});
	const list = takesList(operator)
		? [words.slice(0, -1).join(', '), words.at(-1) ?? ''].filter(Boolean).join(t('or'))
		: (words[0] ?? '');
	return t(`sentence.${operator}`, { question, value: list });
}
