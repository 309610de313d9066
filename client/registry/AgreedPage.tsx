import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { AgreedPerson } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Registry.module.css';

/** Teachers who let their methodist see their levels, by name; each leads to that one person's results. */
export function AgreedPage() {
	const { t } = useTranslation('registry');
	const language = useLanguage();
	const people = useReply<AgreedPerson[]>('/api/people/agreed');
	const [search, setSearch] = useState('');
	const wanted = search.trim().toLowerCase();
	const shown = (people.data ?? []).filter((person) =>
		`${person.full_name} ${person.school_name}`.toLowerCase().includes(wanted),
	);
	return (
		<Page
			title={t('agreed.title')}
			lead={t('agreed.lead')}
			above={<Link to="/people">{t('people.title')}</Link>}
		>
			{people.error ? (
				<ProblemNote problem={people.error} retry={() => void people.refetch()} />
			) : !people.data ? (
				<Loading shape="card" rows={4} />
			) : people.data.length === 0 ? (
				<EmptyState title={t('agreed.none')}>{t('agreed.none_why')}</EmptyState>
			) : (
				<Card>
					<TextInput
						className={`${styles.search} no-print`}
						type="search"
						label={t('agreed.search')}
						value={search}
						onChange={(event) => setSearch(event.currentTarget.value)}
					/>
					<DataTable
						caption={t('agreed.title')}
						hideCaption
						rows={shown}
						rowKey={({ person_id }) => person_id}
						limit={50}
						empty={<EmptyState title={t('people.nothing')}>{t('people.nothing_why')}</EmptyState>}
						columns={[
							{
								id: 'name',
								label: t('people.name'),
								value: (person) => person.full_name,
								render: (person) => (
									<Link to={`/people/${encodeURIComponent(person.person_id)}/results`}>
										{person.full_name}
									</Link>
								),
								isHeading: true,
							},
							{ id: 'school', label: t('agreed.school'), value: (person) => person.school_name },
							{
								id: 'since',
								label: t('agreed.since'),
								value: (person) => person.given_at,
								render: (person) => formatDate(person.given_at, language),
							},
						]}
					/>
				</Card>
			)}
		</Page>
	);
}
