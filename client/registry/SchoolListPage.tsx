import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { SchoolItem } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Registry.module.css';

const filters = ['municipality_id', 'kind', 'locality'] as const;
type Filter = (typeof filters)[number];

/** Schools of my places by name; what is sought and chosen stands in the address. */
export function SchoolListPage() {
	const { t } = useTranslation(['registry', 'school']);
	const { session } = useSession();
	const [params, setParams] = useSearchParams();
	const schools = useReply<SchoolItem[]>('/api/schools');
	const mayImport = session?.acts.includes('import-registry') ?? false;
	const change = (name: string, value: string) =>
		setParams(
			(old) => {
				const next = new URLSearchParams(old);
				if (value === '') next.delete(name);
				else next.set(name, value);
				return next;
			},
			{ replace: true },
		);
	const wanted = (params.get('search') ?? '').trim().toLowerCase();
	const all = schools.data ?? [];
	const shown = all.filter(
		(school) =>
			(school.name.toLowerCase().includes(wanted) || school.school_id.toLowerCase() === wanted) &&
			filters.every((name) => !params.get(name) || school[name] === params.get(name)),
	);
	const wordOf = (school: SchoolItem, name: Filter) =>
		name === 'municipality_id'
			? school.municipality_name
			: t(`school:${name}.${school[name]}`, { defaultValue: school[name] ?? '—' });
	const choices = filters
		.map((name) => ({
			name,
			options: [...new Map(all.map((school) => [school[name] ?? '', wordOf(school, name)]))]
				.filter(([value]) => value !== '')
				.sort((a, b) => a[1].localeCompare(b[1], 'ru')),
		}))
		.filter(({ options }) => options.length > 1);
	const isNarrowed = wanted !== '' || filters.some((name) => params.get(name));
	return (
		<Page title={t('schools.title')} lead={t('schools.lead')}>
			{schools.error ? (
				<ProblemNote problem={schools.error} retry={() => void schools.refetch()} />
			) : !schools.data ? (
				<Loading shape="card" rows={2} />
			) : all.length === 0 ? (
				<EmptyState
					title={t('schools.none')}
					action={mayImport && <Link to="/imports">{t('schools.to_imports')}</Link>}
				>
					{t(mayImport ? 'schools.none_why' : 'schools.none_other')}
				</EmptyState>
			) : (
				<Card>
					<search className={`${styles.filters} no-print`}>
						<TextInput
							type="search"
							label={t('schools.search')}
							value={params.get('search') ?? ''}
							onChange={(event) => change('search', event.currentTarget.value)}
						/>
						{choices.map(({ name, options }) => (
							<NativeSelect
								key={name}
								label={t(`schools.${name}`)}
								value={params.get(name) ?? ''}
								onChange={(event) => change(name, event.currentTarget.value)}
								data={[
									{ value: '', label: t('schools.any') },
									...options.map(([value, label]) => ({ value, label })),
								]}
							/>
						))}
					</search>
					<p className={styles.count} role="status">
						{t('schools.found', { count: shown.length })}
						{isNarrowed && (
							<button type="button" className={`${styles.reset} no-print`} onClick={() => setParams({})}>
								{t('schools.reset')}
							</button>
						)}
					</p>
					<SchoolTable schools={shown} />
				</Card>
			)}
		</Page>
	);
}

function SchoolTable(props: { schools: SchoolItem[] }) {
	const { t } = useTranslation(['registry', 'school']);
	const language = useLanguage();
	const number = (value: number | null) => (value === null ? '—' : formatNumber(value, language));
	const isOneMunicipality = new Set(props.schools.map((school) => school.municipality_id)).size < 2;
	const columns: Column<SchoolItem>[] = [
		{
			id: 'name',
			label: t('schools.name'),
			width: '16em',
			value: (school) => school.name,
			render: (school) => <Link to={`/schools/${school.school_id}`}>{school.name}</Link>,
			isHeading: true,
		},
		{
			id: 'municipality',
			label: t('schools.municipality_id'),
			value: (school) => school.municipality_name,
		},
		{
			id: 'kind',
			label: t('schools.kind'),
			value: (school) => t(`school:kind.${school.kind}`, { defaultValue: school.kind }),
		},
		{
			id: 'locality',
			label: t('schools.locality'),
			value: (school) =>
				school.locality && t(`school:locality.${school.locality}`, { defaultValue: school.locality }),
		},
		{
			id: 'pupils',
			label: t('schools.pupils'),
			value: (school) => school.pupils,
			render: (school) => number(school.pupils),
			align: 'end',
		},
		{
			id: 'teachers',
			label: t('schools.teachers'),
			value: (school) => school.teachers,
			render: (school) => number(school.teachers),
			align: 'end',
		},
	];
	return (
		<DataTable
			caption={t('schools.title')}
			hideCaption
			rows={props.schools}
			rowKey={(school) => school.school_id}
			columns={columns.filter(({ id }) => id !== 'municipality' || !isOneMunicipality)}
			sort={{ id: 'name' }}
			empty={<EmptyState title={t('schools.nothing')}>{t('schools.nothing_why')}</EmptyState>}
		/>
	);
}
