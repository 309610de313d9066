import type { WorkshopContent } from '#server/contract/workshop.ts';
import { useLocalText } from '../i18n.ts';
import type { Operator, Scalar } from './condition.ts';
import { listConditionSubjects } from './condition-subjects.ts';
import { useRespondentWords } from './respondent-words.ts';

/** What a condition may ask about, in the language on screen. */
export interface SubjectInWords {
	name: string;
	title: string;
	isRespondent: boolean;
	values: { value: Scalar; text: string }[];
	operators: readonly Operator[];
	isNumber: boolean;
}

/** Questions of the survey other than this one, and what is known of who answers. */
export function useConditionSubjects(content: WorkshopContent, own: string): SubjectInWords[] {
	const text = useLocalText();
	const respondent = useRespondentWords();
	const questions = listConditionSubjects(content)
		.filter(({ name }) => name !== own && !name.startsWith(`${own}.`))
		.map(({ title, values, ...subject }) => ({
			...subject,
			isRespondent: false,
			title: text(title).replace(/<[^>]*>/g, ' ') || subject.name,
			values: values.map((each) => ({ value: each.value, text: text(each.text) || String(each.value) })),
		}));
	const variables = respondent.map(({ variable, title, values }) => ({
		name: `respondent.${variable}`,
		title,
		isRespondent: true,
		values,
		operators: ['is', 'is_not', 'one_of', 'none_of', 'answered', 'unanswered'] as const,
		isNumber: false,
	}));
	return [...questions, ...variables];
}
