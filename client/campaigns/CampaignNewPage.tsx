import { Button, Checkbox, MultiSelect, NativeSelect, Radio, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { FilterValues } from '#server/contract/analytics.ts';
import type { InstrumentItem } from '#server/contract/diagnostics.ts';
import type { PlacesReply, SchoolItem } from '#server/contract/registry.ts';
import { post, useReply } from '../api.ts';
import { useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { useSubjectName } from '../subjects.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { MissingPage } from '../ui/MissingPage.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { type CampaignDraft, readDraft, startDraft, subjectIds } from './campaign-draft.ts';
import { PopulationPreview } from './PopulationPreview.tsx';

/** A new campaign on one page: what for, with what, whom, when, and beside it how many people that is. */
export function CampaignNewPage() {
	const { t } = useTranslation('campaigns');
	const instruments = useReply<InstrumentItem[]>('/api/instruments');
	const places = useReply<PlacesReply>('/api/places');
	const schools = useReply<SchoolItem[]>('/api/schools');
	const today = useReply<{ today: string }>('/api/today');
	const { session } = useSession();
	if (!session?.acts.includes('run-campaign')) return <MissingPage />;
	const failed = [instruments, places, schools, today].find((query) => query.error);
	const isEmpty = schools.data?.length === 0 || places.data?.municipalities.length === 0;
	return (
		<Page title={t('form.page')} above={<Link to="/campaigns">{t('list.title')}</Link>} lead={t('form.lead')}>
			{failed ? (
				<ProblemNote problem={failed.error} retry={() => void failed.refetch()} />
			) : !instruments.data || !places.data || !schools.data || !today.data ? (
				<Loading shape="page" />
			) : isEmpty ? (
				<EmptyState title={t('form.no_schools')} action={<Link to="/imports">{t('form.to_imports')}</Link>}>
					{t('form.no_schools_why')}
				</EmptyState>
			) : instruments.data.length === 0 ? (
				<EmptyState title={t('form.no_instruments')}>{t('form.no_instruments_why')}</EmptyState>
			) : (
				<CampaignForm
					instruments={instruments.data}
					places={places.data}
					schools={schools.data}
					today={today.data.today}
				/>
			)}
		</Page>
	);
}

function CampaignForm(props: {
	instruments: InstrumentItem[];
	places: PlacesReply;
	schools: SchoolItem[];
	today: string;
}) {
	const { t } = useTranslation('campaigns');
	const text = useLocalText();
	const subjectName = useSubjectName();
	const navigate = useNavigate();
	const client = useQueryClient();
	const { municipalities } = props.places;
	const [draft, setDraft] = useState<CampaignDraft>(() =>
		startDraft(municipalities[0]?.municipality_id ?? '', props.today),
	);
	const values = useReply<FilterValues>('/api/analytics/deficit-map/filters');
	const known = values.data?.subject ?? [];
	const subjects =
		known.length > 0
			? known.map(({ value, label }) => ({ value: String(value), label }))
			: subjectIds.map((value) => ({ value, label: subjectName(value) }));
	const schools = props.schools.filter((school) => school.municipality_id === draft.municipality_id);
	const body = readDraft(draft);
	const create = useMutation({
		mutationFn: () => post<{ campaign_id: string }>('/api/campaigns', body),
		onSuccess: async ({ campaign_id }) => {
			await client.invalidateQueries({ queryKey: ['reply', '/api/campaigns'] });
			void navigate(`/campaigns/${campaign_id}`, { state: { created: true } });
		},
	});
	const change = (part: Partial<CampaignDraft>) => setDraft((old) => ({ ...old, ...part }));
	const field = (name: 'title' | 'goal' | 'basis_document' | 'opens_on' | 'closes_on' | 'reference_day') => ({
		label: t(`form.${name}`),
		description: t(`form.${name}_hint`),
		value: draft[name],
		onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
		required: true,
	});
	const isReversed = draft.closes_on !== '' && draft.closes_on < draft.opens_on;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (body) create.mutate();
	};
	return (
		<form onSubmit={submit} className={styles.columns}>
			<div className={styles.main}>
				<Card title={t('form.what')}>
					<div className={styles.fields}>
						<TextInput {...field('title')} maxLength={300} />
						<Textarea {...field('goal')} maxLength={4000} autosize minRows={2} />
						<TextInput {...field('basis_document')} maxLength={300} />
					</div>
				</Card>
				<Card title={t('form.instruments')}>
					<Checkbox.Group
						value={draft.instruments}
						onChange={(chosen) => change({ instruments: chosen })}
						aria-label={t('form.instruments')}
					>
						<div className={styles.options}>
							{props.instruments.map((item) => (
								<Checkbox
									key={item.instrument}
									value={`${item.instrument}@${item.version}`}
									label={text(item.title)}
									description={`${t('form.instrument', {
										minutes: item.minutes,
										count: item.items,
										version: item.version,
									})} ${text(item.purpose)}`}
								/>
							))}
						</div>
					</Checkbox.Group>
				</Card>
				<Card title={t('form.whom')}>
					<div className={styles.fields}>
						{municipalities.length > 1 && (
							<NativeSelect
								label={t('form.municipality')}
								value={draft.municipality_id}
								onChange={(event) => change({ municipality_id: event.currentTarget.value, schools: [] })}
								data={municipalities.map(({ municipality_id, name }) => ({
									value: municipality_id,
									label: name,
								}))}
							/>
						)}
						<MultiSelect
							label={t('form.schools')}
							description={t('form.schools_hint')}
							placeholder={draft.schools.length === 0 ? t('form.all_schools') : ''}
							data={schools.map(({ school_id, name }) => ({ value: school_id, label: name }))}
							value={draft.schools}
							onChange={(chosen) => change({ schools: chosen })}
							searchable
							clearable
							nothingFoundMessage={t('form.nothing')}
						/>
						<MultiSelect
							label={t('form.subjects')}
							description={t('form.subjects_hint')}
							placeholder={draft.subjects.length === 0 ? t('form.all_subjects') : ''}
							data={subjects}
							value={draft.subjects}
							onChange={(chosen) => change({ subjects: chosen })}
							searchable
							clearable
							nothingFoundMessage={t('form.nothing')}
						/>
						<TextInput {...field('reference_day')} type="date" />
					</div>
				</Card>
				<Card title={t('form.mode')}>
					<Radio.Group
						value={draft.mode}
						onChange={(mode) => change({ mode: mode as CampaignDraft['mode'] })}
						aria-label={t('form.mode')}
					>
						<div className={styles.options}>
							{(['confidential', 'anonymous'] as const).map((mode) => (
								<Radio
									key={mode}
									value={mode}
									label={t(`mode_short.${mode}`)}
									description={t(`mode_long.${mode}`)}
								/>
							))}
						</div>
					</Radio.Group>
					<p className={styles.locked}>{t('form.mode_locked')}</p>
				</Card>
				<Card title={t('form.when')}>
					<div className={styles.dates}>
						<TextInput {...field('opens_on')} type="date" />
						<TextInput
							{...field('closes_on')}
							type="date"
							min={draft.opens_on}
							error={isReversed ? t('form.reversed') : undefined}
						/>
					</div>
				</Card>
			</div>
			<div className={styles.side}>
				<PopulationPreview draft={draft} instrument={props.instruments[0]!} />
				{create.error && <ProblemNote problem={create.error} />}
				<div className={styles.foot}>
					<Button type="submit" loading={create.isPending} disabled={!body}>
						{t('form.create')}
					</Button>
					<Button component={Link} to="/campaigns" variant="subtle">
						{t('form.cancel')}
					</Button>
				</div>
				<p className={styles.aside}>{body ? t('form.nothing_sent') : t('form.incomplete')}</p>
			</div>
		</form>
	);
}
