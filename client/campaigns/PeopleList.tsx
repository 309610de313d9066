import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CampaignPreview, PopulationPeople, PopulationPerson } from '#server/contract/population.ts';
import { formatNumber } from '../format.ts';
import { currentLanguage, useLanguage } from '../i18n.ts';
import { useSubjectName } from '../subjects.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';

/** What a page of people is asked with. */
export interface PeopleAsked {
	search: string;
	school: string | null;
	page: number;
	size: number;
}

/** Exactly who is in a population, by name: searched, of one school or of all, page by page. */
export function PeopleList(props: {
	/** tells this population from others */
	id: readonly unknown[];
	ask: (asked: PeopleAsked, signal: AbortSignal) => Promise<PopulationPeople>;
	schools: CampaignPreview['by_school'];
}) {
	const { t } = useTranslation('population');
	const [written, setWritten] = useState('');
	const [search] = useDebouncedValue(written.trim(), 250);
	const [school, setSchool] = useState<string | null>(null);
	const [page, setPage] = useState(1);
	const isNarrow = useNarrow();
	// a person is a paragraph on a phone
	const asked = { search, school, page, size: isNarrow ? 10 : 50 };
	const people = useQuery({
		queryKey: ['people', ...props.id, asked, currentLanguage()],
		queryFn: ({ signal }) => props.ask(asked, signal),
		placeholderData: keepPreviousData,
	});
	return (
		<div className={styles.stack}>
			<div className={styles.dates}>
				<TextInput
					type="search"
					label={t('people.search')}
					value={written}
					maxLength={100}
					onChange={(event) => {
						setWritten(event.currentTarget.value);
						setPage(1);
					}}
				/>
				{props.schools.length > 1 && (
					<Select
						label={t('people.school')}
						placeholder={t('people.all_schools')}
						data={props.schools.map(({ school_id, name, people: count }) => ({
							value: school_id,
							label: t('choice', { name, people: count }),
						}))}
						value={school}
						onChange={(value) => {
							setSchool(value);
							setPage(1);
						}}
						searchable
						clearable
					/>
				)}
			</div>
			{people.error ? (
				<ProblemNote problem={people.error} retry={() => void people.refetch()} />
			) : people.data ? (
				<FoundPeople found={people.data} onPage={setPage} />
			) : (
				<Loading rows={4} />
			)}
		</div>
	);
}

function FoundPeople(props: { found: PopulationPeople; onPage: (page: number) => void }) {
	const { t } = useTranslation('population');
	const { t: registry } = useTranslation('registry');
	const subjectName = useSubjectName();
	const language = useLanguage();
	const { found, page, page_size, people } = props.found;
	if (found === 0) return <p className={styles.soft}>{t('people.none')}</p>;
	const from = (page - 1) * page_size + 1;
	const to = from + people.length - 1;
	const count = (value: number) => formatNumber(value, language);
	const hasPosition = people.some(({ position }) => position !== null);
	const position = (person: PopulationPerson) => person.position ?? '';
	return (
		<>
			<DataTable
				caption={t('people.title')}
				hideCaption
				rows={people}
				rowKey={(person) => person.person_id}
				columns={[
					{ id: 'person', label: t('people.person'), value: (person) => person.full_name, isHeading: true },
					{ id: 'school', label: t('people.school'), value: (person) => person.school_name },
					...(hasPosition ? [{ id: 'position', label: t('people.position'), value: position }] : []),
					{
						id: 'subjects',
						label: t('people.subjects'),
						value: (person) => person.subjects.map(subjectName).join(', ') || null,
					},
					{
						id: 'seniority',
						label: t('people.seniority'),
						value: (person) => person.seniority_band,
						render: (person) => t(`band.${person.seniority_band}`),
					},
					{
						id: 'category',
						label: t('people.category'),
						value: (person) => (person.category === null ? null : registry(`category.${person.category}`)),
					},
				]}
			/>
			<nav className={styles.pager} aria-label={t('people.pages')}>
				<Button
					variant="default"
					size="compact-md"
					disabled={page === 1}
					onClick={() => props.onPage(page - 1)}
				>
					{t('people.earlier')}
				</Button>
				<span role="status">
					{t('people.found', { from: count(from), to: count(to), found: count(found) })}
				</span>
				<Button
					variant="default"
					size="compact-md"
					disabled={to >= found}
					onClick={() => props.onPage(page + 1)}
				>
					{t('people.later')}
				</Button>
			</nav>
		</>
	);
}
