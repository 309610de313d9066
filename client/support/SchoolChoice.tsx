import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { SchoolItem } from '#server/contract/registry.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Card } from '../ui/Page.tsx';

/** Which school the plan is for. */
export function SchoolChoice(props: { schools: SchoolItem[]; onChoose: (id: string) => void }) {
	const { t } = useTranslation('plans');
	if (props.schools.length === 0)
		return <EmptyState title={t('form.no_schools')}>{t('form.no_schools_why')}</EmptyState>;
	return (
		<Card>
			<Select
				label={t('form.school')}
				placeholder={t('form.choose_school')}
				data={props.schools.map(({ school_id, name }) => ({ value: school_id, label: name }))}
				onChange={(id) => id && props.onChoose(id)}
				searchable
				nothingFoundMessage={t('form.nothing')}
			/>
		</Card>
	);
}
