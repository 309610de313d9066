import { useTranslation } from 'react-i18next';
import { respondentValues } from '#server/contract/respondent-values.ts';
import { subjectIds, useSubjectName } from '../subjects.ts';

/** Variables of the respondent in the order in which they are offered. */
export const respondentVariables = [
	'subject',
	'position',
	'seniority',
	'young_specialist',
	'category',
	'school_kind',
	'locality',
] as const;
type Variable = (typeof respondentVariables)[number];

interface VariableInWords {
	variable: Variable;
	title: string;
	values: { value: string | boolean; text: string }[];
}

/** What may be known of a respondent, in words. */
export function useRespondentWords(): VariableInWords[] {
	const { t } = useTranslation('conditions');
	const subjectName = useSubjectName();
	const valuesOf = (variable: Variable): VariableInWords['values'] => {
		switch (variable) {
			case 'subject':
				return subjectIds.map((value) => ({ value, text: subjectName(value) }));
			case 'young_specialist':
				return [true, false].map((value) => ({ value, text: t(`young_specialist.${value}`) }));
			case 'position':
				return respondentValues.position.map((value) => ({ value, text: t(`position.${value}`) }));
			case 'seniority':
				return respondentValues.seniority.map((value) => ({ value, text: t(`seniority.${value}`) }));
			case 'category':
				return respondentValues.category.map((value) => ({ value, text: t(`category.${value}`) }));
			case 'school_kind':
				return respondentValues.school_kind.map((value) => ({ value, text: t(`school_kind.${value}`) }));
			case 'locality':
				return respondentValues.locality.map((value) => ({ value, text: t(`locality.${value}`) }));
		}
	};
	return respondentVariables.map((variable) => ({
		variable,
		title: t(`variable.${variable}`),
		values: valuesOf(variable),
	}));
}
