import { useTranslation } from 'react-i18next';

/** School subjects by name: a subject that the registry does not know by an id is already a name. */
export function useSubjectName(): (subject: string) => string {
	const { t } = useTranslation('common');
	return (subject) => t(`subject.${subject}`, { defaultValue: subject });
}
