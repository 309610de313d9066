import { Button, Checkbox, Radio, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { CampaignDetail, InstrumentItem } from '#server/contract/diagnostics.ts';
import type { PlacesReply, SchoolItem } from '#server/contract/registry.ts';
import { post, put } from '../api.ts';
import { useLocalText } from '../i18n.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { type CampaignDraft, readDraft, reopenDraft, startDraft } from './campaign-draft.ts';
import { PopulationFields } from './PopulationFields.tsx';
import { PopulationPreview } from './PopulationPreview.tsx';

/** The fields of a campaign; with a campaign, those of a draft that stands already. */
export function CampaignForm(props: {
	instruments: InstrumentItem[];
	places: PlacesReply;
	schools: SchoolItem[];
	today: string;
	campaign?: CampaignDetail | undefined;
}) {
	const { t } = useTranslation('campaigns');
	const text = useLocalText();
	const navigate = useNavigate();
	const client = useQueryClient();
	const { campaign } = props;
	const { municipalities } = props.places;
	const [draft, setDraft] = useState<CampaignDraft>(() =>
		campaign ? reopenDraft(campaign) : startDraft(municipalities[0]?.municipality_id ?? '', props.today),
	);
	const body = readDraft(draft);
	const save = useMutation({
		mutationFn: () =>
			campaign
				? put<{ campaign_id: string }>(`/api/campaigns/${campaign.campaign_id}`, body)
				: post<{ campaign_id: string }>('/api/campaigns', body),
		onSuccess: async ({ campaign_id }) => {
			await client.invalidateQueries({ queryKey: ['reply'] });
			void navigate(`/campaigns/${campaign_id}`, { state: campaign ? { changed: true } : { created: true } });
		},
	});
	const change = (part: Partial<CampaignDraft>) => setDraft((old) => ({ ...old, ...part }));
	const field = (name: 'title' | 'goal' | 'basis_document' | 'opens_on' | 'closes_on') => ({
		label: t(`form.${name}`),
		description: t(`form.${name}_hint`),
		value: draft[name],
		onChange: (event: { currentTarget: { value: string } }) => change({ [name]: event.currentTarget.value }),
		required: true,
	});
	const isReversed = draft.closes_on !== '' && draft.closes_on < draft.opens_on;
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (body) save.mutate();
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
									disabled={!item.is_usable}
									description={
										<>
											{!item.is_usable && <span className={styles.unusable}>{t('form.unusable')}</span>}
											{t('form.instrument', {
												minutes: item.minutes,
												count: item.items,
												version: item.version,
											})}{' '}
											{text(item.purpose)}
										</>
									}
								/>
							))}
						</div>
					</Checkbox.Group>
				</Card>
				<PopulationFields
					draft={draft}
					municipalities={municipalities}
					schools={props.schools}
					onChange={change}
				/>
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
				<PopulationPreview draft={draft} />
				{save.error && <ProblemNote problem={save.error} />}
				<div className={styles.foot}>
					<Button type="submit" loading={save.isPending} disabled={!body}>
						{t(campaign ? 'form.change' : 'form.create')}
					</Button>
					<Button
						component={Link}
						to={campaign ? `/campaigns/${campaign.campaign_id}` : '/campaigns'}
						variant="subtle"
					>
						{t('form.cancel')}
					</Button>
				</div>
				<p className={styles.aside}>{body ? t('form.nothing_sent') : t('form.incomplete')}</p>
			</div>
		</form>
	);
}
