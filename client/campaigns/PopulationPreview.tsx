import { Button, Modal } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignPreview, PopulationPeople } from '#server/contract/population.ts';
import { post } from '../api.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { type CampaignDraft, readPopulation } from './campaign-draft.ts';
import { PeopleList } from './PeopleList.tsx';
import { usePopulationWords } from './population-words.ts';

/** Whom the chosen conditions leave while they are being chosen: in words, how many, by school and by name. */
export function PopulationPreview(props: { draft: CampaignDraft }) {
	const { t } = useTranslation('campaigns');
	const { t: whom } = useTranslation('population');
	const language = useLanguage();
	const words = usePopulationWords();
	const [isOpen, setOpen] = useState(false);
	const population = readPopulation(props.draft);
	const preview = useQuery({
		queryKey: ['preview', population],
		enabled: population !== null,
		placeholderData: keepPreviousData,
		queryFn: () => post<CampaignPreview>('/api/campaigns/preview', population),
	});
	const count = (n: number) => ({ count: n, n: formatNumber(n, language) });
	const { data } = preview;
	return (
		<Card title={t('preview.title')}>
			{population && <p className={styles.soft}>{words(population)}</p>}
			<div aria-live="polite">
				{preview.error ? (
					<ProblemNote problem={preview.error} retry={() => void preview.refetch()} />
				) : data ? (
					<>
						<p className={styles.big}>{t('preview.people', count(data.people))}</p>
						<p className={styles.soft}>{t('preview.schools', count(data.schools))}</p>
						{data.people === 0 && <p className={styles.soft}>{t('preview.none')}</p>}
						<Unknown preview={data} />
					</>
				) : (
					<Loading rows={2} />
				)}
			</div>
			{data && population && data.people > 0 && (
				<div className={styles.foot}>
					<Button variant="default" onClick={() => setOpen(true)}>
						{whom('people.open')}
					</Button>
					<Modal
						opened={isOpen}
						onClose={() => setOpen(false)}
						title={whom('people.title')}
						closeButtonProps={{ 'aria-label': t('preview.close') }}
						size="xl"
					>
						<p className={styles.soft}>{words(population)}</p>
						<p className={styles.aside}>{whom('people.now')}</p>
						<PeopleList
							id={['preview', population]}
							schools={data.by_school}
							ask={({ school, ...asked }) =>
								post<PopulationPeople>('/api/campaigns/preview/people', {
									...population,
									...asked,
									school_id: school,
								})
							}
						/>
					</Modal>
				</div>
			)}
			{data && data.by_school.length > 0 && (
				<details className={styles.twin}>
					<summary>{t('preview.by_school')}</summary>
					<DataTable
						caption={t('preview.by_school')}
						hideCaption
						limit={20}
						rows={data.by_school}
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

/** Those who may belong, if only the registry knew. */
function Unknown(props: { preview: CampaignPreview }) {
	const { t } = useTranslation('population');
	const { without_birth_date, without_seniority } = props.preview;
	if (without_birth_date + without_seniority === 0) return null;
	return (
		<p className={styles.reminder}>
			{without_birth_date > 0 && `${t('unknown.birth_date', { count: without_birth_date })} `}
			{without_seniority > 0 && `${t('unknown.seniority', { count: without_seniority })} `}
			{t('unknown.remedy')}
		</p>
	);
}
