import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { WorkshopHome } from '#server/contract/workshop.ts';

/** Whose a new instrument will be; asked only of those who work for several municipalities. */
export function HomeField(props: {
	homes: readonly WorkshopHome[];
	value: string;
	onChange: (municipality: string) => void;
}) {
	const { t } = useTranslation('workshop');
	const { homes, value } = props;
	if (homes.length < 2) return null;
	return (
		<NativeSelect
			label={t('home.label')}
			description={t('home.why')}
			value={value}
			onChange={(event) => props.onChange(event.currentTarget.value)}
			data={[
				{ value: '', label: t('home.choose'), disabled: true },
				...homes.map(({ municipality_id, name }) => ({ value: municipality_id, label: name })),
			]}
			maw={480}
			required
		/>
	);
}
