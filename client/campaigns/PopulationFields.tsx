import { Checkbox, MultiSelect, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PopulationChoices } from '#server/contract/population.ts';
import type { PlacesReply, SchoolItem } from '#server/contract/registry.ts';
import { useReply } from '../api.ts';
import { useSubjectName } from '../subjects.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { type CampaignDraft, YOUNG_PRESET } from './campaign-draft.ts';

const bands = ['0-3', '4-10', '11-20', '21+', 'unknown'];
const categories = ['none', 'first', 'highest', 'teacher_methodist', 'teacher_mentor'];

/** Whom a campaign asks: conditions over the registry at a day, each offered with the number of people it would leave. */
export function PopulationFields(props: {
	draft: CampaignDraft;
	municipalities: PlacesReply['municipalities'];
	schools: SchoolItem[];
	onChange: (part: Partial<CampaignDraft>) => void;
}) {
	const { t } = useTranslation('population');
	const { t: form } = useTranslation('campaigns');
	const { t: registry } = useTranslation('registry');
	const subjectName = useSubjectName();
	const { draft, onChange } = props;
	const day = draft.reference_day;
	const choices = useReply<PopulationChoices>(day === '' ? null : '/api/population-choices', {
		municipality: draft.municipality_id,
		day,
	});
	/** What the registry has, what is chosen already, and the name of each with its people. */
	const offer = (
		name: keyof PopulationChoices,
		chosen: readonly string[],
		label: (value: string) => string,
		fixed?: readonly string[],
	) => {
		const known = new Map((choices.data?.[name] ?? []).map(({ value, people }) => [value, people]));
		return [...new Set([...(fixed ?? known.keys()), ...chosen])].map((value) => ({
			value,
			label: t('choice', { name: label(value), people: known.get(value) ?? 0 }),
		}));
	};
	const schools = props.schools.filter((school) => school.municipality_id === draft.municipality_id);
	const common = { searchable: true, clearable: true, nothingFoundMessage: form('form.nothing') };
	return (
		<Card title={t('whom')}>
			<div className={styles.fields}>
				<p className={styles.soft}>{t('lead')}</p>
				<TextInput
					label={form('form.reference_day')}
					description={form('form.reference_day_hint')}
					type="date"
					value={day}
					onChange={(event) => onChange({ reference_day: event.currentTarget.value })}
					required
				/>
				{props.municipalities.length > 1 && (
					<NativeSelect
						label={form('form.municipality')}
						value={draft.municipality_id}
						onChange={(event) => onChange({ municipality_id: event.currentTarget.value, schools: [] })}
						data={props.municipalities.map(({ municipality_id, name }) => ({
							value: municipality_id,
							label: name,
						}))}
					/>
				)}
				{choices.error && <ProblemNote problem={choices.error} retry={() => void choices.refetch()} />}
				<MultiSelect
					{...common}
					label={form('form.schools')}
					description={form('form.schools_hint')}
					placeholder={draft.schools.length === 0 ? form('form.all_schools') : ''}
					data={schools.map(({ school_id, name }) => ({ value: school_id, label: name }))}
					value={draft.schools}
					onChange={(chosen) => onChange({ schools: chosen })}
				/>
				<MultiSelect
					{...common}
					label={t('field.positions')}
					description={t('field.positions_hint')}
					placeholder={draft.positions.length === 0 ? t('field.positions_all') : ''}
					data={offer('positions', draft.positions, (value) => value)}
					value={draft.positions}
					onChange={(chosen) => onChange({ positions: chosen })}
				/>
				<MultiSelect
					{...common}
					label={form('form.subjects')}
					description={form('form.subjects_hint')}
					placeholder={draft.subjects.length === 0 ? form('form.all_subjects') : ''}
					data={offer('subjects', draft.subjects, subjectName)}
					value={draft.subjects}
					onChange={(chosen) => onChange({ subjects: chosen })}
				/>
				<MultiSelect
					{...common}
					label={t('field.seniority')}
					description={t('field.seniority_hint')}
					placeholder={draft.seniority_bands.length === 0 ? t('field.seniority_all') : ''}
					data={offer('seniority_bands', draft.seniority_bands, (value) => t(`band.${value}`), bands)}
					value={draft.seniority_bands}
					onChange={(chosen) => onChange({ seniority_bands: chosen as CampaignDraft['seniority_bands'] })}
				/>
				<MultiSelect
					{...common}
					label={t('field.categories')}
					description={t('field.categories_hint')}
					placeholder={draft.categories.length === 0 ? t('field.categories_all') : ''}
					data={offer('categories', draft.categories, (value) => registry(`category.${value}`), categories)}
					value={draft.categories}
					onChange={(chosen) => onChange({ categories: chosen as CampaignDraft['categories'] })}
				/>
				<Checkbox
					label={t('field.young')}
					description={t('field.young_hint')}
					checked={draft.young !== null}
					onChange={(event) => onChange({ young: event.currentTarget.checked ? YOUNG_PRESET : null })}
				/>
				{draft.young && <YoungFields young={draft.young} onChange={(young) => onChange({ young })} />}
			</div>
		</Card>
	);
}

type Young = NonNullable<CampaignDraft['young']>;

function YoungFields(props: { young: Young; onChange: (young: Young) => void }) {
	const { t } = useTranslation('population');
	const { young, onChange } = props;
	const number = (value: string | number) => (typeof value === 'number' ? value : null);
	return (
		<div className={styles.young}>
			<NumberInput
				label={t('field.age')}
				value={young.age_limit ?? ''}
				onChange={(value) => onChange({ ...young, age_limit: number(value) })}
				min={18}
				max={70}
				allowDecimal={false}
				required
			/>
			<NumberInput
				label={t('field.max_years')}
				placeholder={t('field.max_years_hint')}
				value={young.max_years ?? ''}
				onChange={(value) => onChange({ ...young, max_years: number(value) })}
				min={0}
				max={50}
				allowDecimal={false}
			/>
			<Checkbox
				label={t('field.inclusive')}
				checked={young.inclusive}
				onChange={(event) => onChange({ ...young, inclusive: event.currentTarget.checked })}
			/>
		</div>
	);
}
