import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { CampaignPreview, InstrumentItem } from '#server/contract/diagnostics.ts';
import { post } from '../api.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { type CampaignDraft, readPopulation } from './campaign-draft.ts';

/** Exactly how many people and schools the chosen population has, while it is being chosen. */
export function PopulationPreview(props: { draft: CampaignDraft; instrument: InstrumentItem }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const population = readPopulation(props.draft);
	const preview = useQuery({
		queryKey: ['preview', population],
		enabled: population !== null,
		placeholderData: keepPreviousData,
		// only the population counts: the other fields may still be empty
		queryFn: () =>
			post<CampaignPreview>('/api/campaigns/preview', {
				...population,
				title: '—',
				goal: '—',
				basis_document: '—',
				instruments: [{ instrument: props.instrument.instrument, version: props.instrument.version }],
				mode: props.draft.mode,
				opens_on: props.draft.reference_day,
				closes_on: props.draft.reference_day,
			}),
	});
	return (
		<Card title={t('preview.title')}>
			<div aria-live="polite">
				{preview.error ? (
					<ProblemNote problem={preview.error} retry={() => void preview.refetch()} />
				) : preview.data ? (
					<>
						<p className={styles.big}>
							{t('preview.people', {
								count: preview.data.people,
								n: formatNumber(preview.data.people, language),
							})}
						</p>
						<p className={styles.soft}>
							{t('preview.schools', {
								count: preview.data.schools,
								n: formatNumber(preview.data.schools, language),
							})}
						</p>
						{preview.data.people === 0 && <p className={styles.soft}>{t('preview.none')}</p>}
					</>
				) : (
					<Loading rows={2} />
				)}
			</div>
			{preview.data && preview.data.by_school.length > 0 && (
				<details className={styles.twin}>
					<summary>{t('preview.by_school')}</summary>
					<DataTable
						caption={t('preview.by_school')}
						hideCaption
						rows={preview.data.by_school}
						rowKey={(row) => row.school_id}
						columns={[
							{ id: 'school', label: t('links.school'), value: (row) => row.name, isHeading: true },
							{ id: 'people', label: t('preview.count'), value: (row) => row.people, align: 'end' },
						]}
					/>
				</details>
			)}
		</Card>
	);
}
