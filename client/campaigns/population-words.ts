import { useTranslation } from 'react-i18next';
import type { PopulationConditions, YoungDefinition } from '#server/contract/population.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSubjectName } from '../subjects.ts';

/** The conditions of a population as one sentence: «должность: учитель; стаж: до 3 лет — состав на 1 сентября 2026 г.» */
export function usePopulationWords(): (population: PopulationConditions) => string {
	const { t } = useTranslation('population');
	const { t: registry } = useTranslation('registry');
	const language = useLanguage();
	const subjectName = useSubjectName();
	const young = ({ age_limit, inclusive, max_years }: YoungDefinition): string => {
		const what = t(inclusive ? 'young.inclusive' : 'young.under', { age: age_limit });
		return max_years === null ? what : t('young.years', { what, count: max_years });
	};
	return (population) => {
		const any = (list: string[]) => list.join(t('or'));
		const { schools, subjects, positions, seniority_bands, categories, reference_day } = population;
		const conditions = [
			positions && t('word.positions', { list: any(positions) }),
			subjects && t('word.subjects', { list: any(subjects.map(subjectName)) }),
			seniority_bands && t('word.seniority', { list: any(seniority_bands.map((band) => t(`band.${band}`))) }),
			categories &&
				t('word.categories', { list: any(categories.map((each) => registry(`category.${each}`))) }),
			population.young && t('word.young', { list: young(population.young) }),
			schools && t('word.schools', { count: schools.length }),
		].filter((words) => words !== null);
		const sentence = conditions.join('; ');
		const date = formatDate(reference_day, language);
		return conditions.length === 0
			? t('all_of_day', { date })
			: t('words', { conditions: sentence.charAt(0).toUpperCase() + sentence.slice(1), date });
	};
}
