import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import type { SchoolItem } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';

/** One school of a campaign, or all of them when nothing is chosen. */
export function SchoolChoice(props: {
	campaign: CampaignDetail;
	value: string | null;
	onChange: (school: string | null) => void;
	/** there is no «all schools» */
	isNeeded?: boolean;
}) {
	const { t } = useTranslation('campaigns');
	const { campaign } = props;
	const schools = useReply<SchoolItem[]>('/api/schools');
	const offered = (schools.data ?? []).filter(
		(entry) =>
			entry.municipality_id === campaign.municipality_id &&
			(campaign.schools === null || campaign.schools.includes(entry.school_id)),
	);
	return (
		<Select
			label={t('links.school')}
			placeholder={t(props.isNeeded ? 'links.choose' : 'form.all_schools')}
			data={offered.map((entry) => ({ value: entry.school_id, label: entry.name }))}
			value={props.value}
			onChange={props.onChange}
			searchable
			clearable={!props.isNeeded}
			nothingFoundMessage={t('form.nothing')}
		/>
	);
}
