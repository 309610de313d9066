import { useTranslation } from 'react-i18next';

/** School subjects by name: a subject that the registry does not know by an id is already a name. */
export function useSubjectName(): (subject: string) => string {
	const { t } = useTranslation('common');
	return (subject) => t(`subject.${subject}`, { defaultValue: subject });
}

/** Subjects to offer before anything is known of a place; ids as the import of staff gives them. */
export const subjectIds = [
	'russian',
	'literature',
	'math',
	'physics',
	'chemistry',
	'biology',
	'geography',
	'history',
	'social_studies',
	'informatics',
	'english',
	'german',
	'french',
	'primary',
	'physical_education',
	'technology',
	'music',
	'art',
	'life_safety',
] as const;
