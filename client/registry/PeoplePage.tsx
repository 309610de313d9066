import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { SchoolItem, StaffItem } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';
import { formatDay } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { useSubjectName } from '../subjects.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Registry.module.css';

const today = () => {
	const now = new Date();
	return [now.getFullYear(), now.getMonth() + 1, now.getDate()]
		.map((part) => String(part).padStart(2, '0'))
		.join('-');
};

/** Who worked at a school on a day: the registry keeps history, so any day can be asked. */
export function PeoplePage() {
	const { t } = useTranslation('registry');
	const { session } = useSession();
	const [params, setParams] = useSearchParams();
	const schools = useReply<SchoolItem[]>('/api/schools');
	const mayImport = session?.acts.includes('import-registry') ?? false;
	const day = params.get('day') ?? today();
	// people of one school need not choose it
	const school = params.get('school') ?? (schools.data?.length === 1 ? schools.data[0]!.school_id : null);
	const change = (name: string, value: string | null) =>
		setParams(
			(old) => {
				const next = new URLSearchParams(old);
				if (value) next.set(name, value);
				else next.delete(name);
				return next;
			},
			{ replace: true },
		);
	return (
		<Page
			title={t('people.title')}
			lead={t('people.lead')}
			actions={
				session?.acts.includes('see-individual') && <Link to="/people/agreed">{t('agreed.link')}</Link>
			}
		>
			{schools.error ? (
				<ProblemNote problem={schools.error} retry={() => void schools.refetch()} />
			) : !schools.data ? (
				<Loading shape="card" rows={2} />
			) : schools.data.length === 0 ? (
				<EmptyState
					title={t('schools.none')}
					action={mayImport && <Link to="/imports">{t('schools.to_imports')}</Link>}
				>
					{t(mayImport ? 'schools.none_why' : 'schools.none_other')}
				</EmptyState>
			) : (
				<>
					<div className={styles.filters}>
						<Select
							label={t('people.school')}
							placeholder={t('people.choose')}
							data={schools.data.map(({ school_id, name }) => ({ value: school_id, label: name }))}
							value={school}
							onChange={(value) => change('school', value)}
							searchable
							nothingFoundMessage={t('schools.nothing')}
						/>
						<TextInput
							type="date"
							label={t('people.day')}
							value={day}
							onChange={(event) => change('day', event.currentTarget.value)}
						/>
					</div>
					{school ? (
						<StaffTable key={school} school={school} day={day} mayImport={mayImport} />
					) : (
						<EmptyState title={t('people.which')}>{t('people.which_why')}</EmptyState>
					)}
				</>
			)}
		</Page>
	);
}

function StaffTable(props: { school: string; day: string; mayImport: boolean }) {
	const { t } = useTranslation(['registry', 'campaigns']);
	const language = useLanguage();
	const subjectName = useSubjectName();
	const [search, setSearch] = useState('');
	const staff = useReply<StaffItem[]>(`/api/schools/${props.school}/staff`);
	if (staff.error) return <ProblemNote problem={staff.error} retry={() => void staff.refetch()} />;
	if (!staff.data) return <Loading shape="card" rows={2} />;
	const { day } = props;
	const onDay = staff.data.filter(
		({ started_on, ended_on }) => started_on <= day && (ended_on === null || ended_on >= day),
	);
	const subjectsOf = (person: StaffItem) => person.subjects.map(subjectName).join(', ');
	const wanted = search.trim().toLowerCase();
	const shown = onDay.filter((person) =>
		`${person.full_name} ${subjectsOf(person)} ${person.position}`.toLowerCase().includes(wanted),
	);
	if (staff.data.length === 0)
		return (
			<EmptyState
				title={t('people.none')}
				action={props.mayImport && <Link to="/imports">{t('schools.to_imports')}</Link>}
			>
				{t(props.mayImport ? 'people.none_why' : 'people.none_other')}
			</EmptyState>
		);
	return (
		<Card title={t('people.count', { count: onDay.length, day: formatDay(day, language) })}>
			<TextInput
				className={`${styles.search} no-print`}
				type="search"
				label={t('people.search')}
				value={search}
				onChange={(event) => setSearch(event.currentTarget.value)}
			/>
			<DataTable
				caption={t('people.title')}
				hideCaption
				rows={shown}
				rowKey={(person, index) => `${person.person_id}-${index}`}
				sort={{ id: 'name' }}
				empty={<EmptyState title={t('people.nothing')}>{t('people.nothing_why')}</EmptyState>}
				columns={[
					{
						id: 'name',
						label: t('people.name'),
						value: (person) => person.full_name,
						isHeading: true,
						width: '13em',
					},
					{ id: 'position', label: t('people.position'), value: (person) => person.position },
					{ id: 'subjects', label: t('people.subjects'), value: subjectsOf },
					{
						id: 'category',
						label: t('people.category'),
						value: (person) => t(`category.${person.category}`, { defaultValue: person.category }),
					},
					{
						id: 'since',
						label: t('people.seniority'),
						value: (person) =>
							person.teaching_since === null ? null : Number(day.slice(0, 4)) - person.teaching_since,
						render: (person) =>
							person.teaching_since === null
								? '—'
								: t('people.years', { count: Math.max(0, Number(day.slice(0, 4)) - person.teaching_since) }),
						align: 'end',
					},
					{
						id: 'started',
						label: t('people.here_since'),
						value: (person) => person.started_on,
						render: (person) =>
							person.ended_on
								? t('people.period', {
										from: formatDay(person.started_on, language),
										to: formatDay(person.ended_on, language),
									})
								: formatDay(person.started_on, language),
					},
				]}
			/>
		</Card>
	);
}
