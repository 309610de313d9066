import { NativeSelect, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlacesReply, SchoolItem } from '#server/contract/registry.ts';
import type { RoleId } from '#server/contract/session.ts';
import { useReply } from '../api.ts';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Administration.module.css';

const roles: RoleId[] = [
	'school_coordinator',
	'methodist',
	'leader',
	'regional_viewer',
	'teacher',
	'admin',
	'auditor',
];
const ofSchool: RoleId[] = ['school_coordinator', 'teacher'];

export interface RolePlace {
	role: RoleId;
	place: string;
}

/** A role and where it is held; people of a school choose among schools, others among municipalities and regions. */
export function RolePlaceFields(props: { value: RolePlace; onChange: (value: RolePlace) => void }) {
	const { t } = useTranslation(['administration', 'common']);
	const places = useReply<PlacesReply>('/api/places');
	const schools = useReply<SchoolItem[]>('/api/schools');
	const { value, onChange } = props;
	const wide = [
		...(places.data?.regions ?? []).map(({ region_id, name }) => ({
			value: `region/${region_id}`,
			label: name,
		})),
		...(places.data?.municipalities ?? []).map(({ municipality_id, name }) => ({
			value: `municipality/${municipality_id}`,
			label: name,
		})),
	];
	const narrow = (schools.data ?? []).map(({ school_id, name }) => ({
		value: `school/${school_id}`,
		label: name,
	}));
	const failed = [places, schools].find((query) => query.error);
	if (failed) return <ProblemNote problem={failed.error} retry={() => void failed.refetch()} />;
	return (
		<div className={styles.fields}>
			<NativeSelect
				label={t('grant.role')}
				value={value.role}
				onChange={(event) => onChange({ role: event.currentTarget.value as RoleId, place: '' })}
				data={roles.map((role) => ({ value: role, label: t(`common:role.${role}`) }))}
			/>
			<Select
				label={t('grant.place')}
				placeholder={t('grant.choose')}
				data={ofSchool.includes(value.role) ? narrow : wide}
				value={value.place || null}
				onChange={(place) => onChange({ ...value, place: place ?? '' })}
				searchable
				nothingFoundMessage={t('grant.nothing')}
			/>
		</div>
	);
}
