import { Button, Textarea, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReminderPlan, ReminderPreview } from '#server/contract/campaign-centre.ts';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { downloadPosted, post, useReply } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';
import { ReminderList } from './ReminderList.tsx';
import { SchoolChoice } from './SchoolChoice.tsx';

/** Reminders of a campaign: the letter, exactly who would get it, when; and what became of those before. */
export function Reminders(props: { campaign: CampaignDetail; school: string | null }) {
	const { t } = useTranslation('campaigns');
	const path = `/api/campaigns/${props.campaign.campaign_id}/reminders`;
	const isAnonymous = props.campaign.mode === 'anonymous';
	const plan = useReply<ReminderPlan>(isAnonymous ? null : path);
	if (isAnonymous) return <Card title={t('reminders.title')}>{t('reminders.anonymous')}</Card>;
	if (plan.error) return <ProblemNote problem={plan.error} retry={() => void plan.refetch()} />;
	if (!plan.data) return <Loading shape="card" rows={3} />;
	const mayRemind = props.campaign.state === 'open' || props.campaign.state === 'approved';
	return (
		<>
			{mayRemind && <ReminderForm {...props} plan={plan.data} path={path} />}
			<ReminderList campaign={props.campaign} plan={plan.data} path={path} />
		</>
	);
}

function ReminderForm(props: {
	campaign: CampaignDetail;
	school: string | null;
	plan: ReminderPlan;
	path: string;
}) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const client = useQueryClient();
	const { plan, path } = props;
	const [school, setSchool] = useState(props.school);
	const [subject, setSubject] = useState(plan.preset.subject);
	const [body, setBody] = useState(plan.preset.body);
	const [day, setDay] = useState(plan.today);
	const [id, setId] = useState(() => crypto.randomUUID());
	const [isSent, setSent] = useState(false);
	const letter = { school_id: school, subject, body };
	const preview = useMutation({ mutationFn: () => post<ReminderPreview>(`${path}/preview`, letter) });
	const send = useMutation({
		mutationFn: () => post<ReminderPlan>(path, { ...letter, reminder_id: id, send_on: day }),
		onSuccess: async () => {
			preview.reset();
			setId(crypto.randomUUID());
			setSent(true);
			await client.invalidateQueries({ queryKey: ['reply', path] });
		},
	});
	const list = useMutation({
		mutationFn: (format: 'xlsx' | 'csv') =>
			downloadPosted(
				`${path}/list`,
				{ school_id: school, body, format },
				`${t('reminders.list_file')}.${format}`,
			),
	});
	const retry = useMutation({
		mutationFn: (email: string) => post(`${path}/retry-address`, { email }),
		onSuccess: () => preview.mutate(),
	});
	const isReady = plan.missing_settings.length === 0;
	const people = preview.data?.to ?? [];
	return (
		<Card title={t('reminders.new')}>
			<div className={`${styles.stack} ${styles.letter}`}>
				<p className={styles.soft}>{t('reminders.lead', { count: plan.most_per_person })}</p>
				<div className={styles.fields}>
					<SchoolChoice campaign={props.campaign} value={school} onChange={setSchool} />
					<TextInput
						label={t('reminders.subject')}
						value={subject}
						maxLength={300}
						onChange={(event) => setSubject(event.currentTarget.value)}
					/>
					<Textarea
						label={t('reminders.body')}
						description={t('reminders.body_hint')}
						value={body}
						maxLength={4000}
						autosize
						minRows={6}
						onChange={(event) => setBody(event.currentTarget.value)}
					/>
					<TextInput
						label={t('reminders.day')}
						description={t('reminders.day_hint')}
						type="date"
						min={plan.today}
						value={day}
						onChange={(event) => setDay(event.currentTarget.value)}
					/>
				</div>
				{!isReady && (
					<p className={styles.reminder}>
						{t('reminders.no_mail', { settings: plan.missing_settings.join(', ') })}
					</p>
				)}
				{preview.error && <ProblemNote problem={preview.error} />}
				{list.error && <ProblemNote problem={list.error} />}
				<div className={styles.foot}>
					<Button onClick={() => preview.mutate()} loading={preview.isPending}>
						{t('reminders.preview')}
					</Button>
					<Button variant="default" onClick={() => list.mutate('xlsx')} loading={list.isPending}>
						{t('reminders.list_xlsx')}
					</Button>
					<Button variant="subtle" onClick={() => list.mutate('csv')} disabled={list.isPending}>
						{t('reminders.list')}
					</Button>
					<span role="status" className={styles.aside}>
						{isSent && t('reminders.planned')}
					</span>
				</div>
				<p className={styles.aside}>{t('reminders.list_what')}</p>
				<ConfirmDialog
					isOpen={preview.data !== undefined}
					title={t('reminders.who', { count: people.length })}
					confirm={t(day === plan.today ? 'reminders.send' : 'reminders.plan', {
						count: people.length,
						date: formatDate(day, language),
					})}
					onConfirm={() => send.mutate()}
					onClose={() => preview.reset()}
					isPending={send.isPending}
					isDisabled={!isReady || people.length === 0}
					problem={send.error}
				>
					<ul className={styles.names} aria-label={t('reminders.recipients')}>
						{people.map((person) => (
							<li key={`${person.full_name} ${person.email}`}>
								{person.full_name}{' '}
								<span className={styles.aside}>
									{person.school_name} · {person.email}
								</span>
							</li>
						))}
					</ul>
					{preview.data && preview.data.without_email.length > 0 && (
						<details>
							<summary>{t('reminders.without_email', { count: preview.data.without_email.length })}</summary>
							<ul className={styles.names}>
								{preview.data.without_email.map((person) => (
									<li key={`${person.full_name} ${person.school_name}`}>
										{person.full_name} <span className={styles.aside}>{person.school_name}</span>
									</li>
								))}
							</ul>
						</details>
					)}
					{preview.data && preview.data.address_refused.length > 0 && (
						<details open>
							<summary>
								{t('reminders.address_refused', { count: preview.data.address_refused.length })}
							</summary>
							<ul className={styles.listed}>
								{preview.data.address_refused.map((person) => (
									<li key={`${person.full_name} ${person.email}`}>
										{person.full_name}{' '}
										<span className={styles.aside}>
											{person.school_name} · {person.email} ·{' '}
											{t('reminders.letter.server', { answer: person.answer })}
										</span>{' '}
										<Button
											variant="subtle"
											size="compact-sm"
											aria-label={t('reminders.retry_address_of', { email: person.email })}
											loading={retry.isPending}
											onClick={() => retry.mutate(person.email)}
										>
											{t('reminders.retry_address')}
										</Button>
									</li>
								))}
							</ul>
							<p className={styles.aside}>{t('reminders.address_remedy')}</p>
							{retry.error && <ProblemNote problem={retry.error} />}
						</details>
					)}
					{preview.data && preview.data.reminded_enough > 0 && (
						<p className={styles.aside}>
							{t('reminders.reminded_enough', { count: preview.data.reminded_enough })}
						</p>
					)}
					{preview.data && (
						<div className={styles.reminder}>
							<strong>{preview.data.sample.subject}</strong>
							<p style={{ whiteSpace: 'pre-wrap' }}>{preview.data.sample.body}</p>
						</div>
					)}
					<p className={styles.aside}>{t('reminders.rule')}</p>
				</ConfirmDialog>
			</div>
		</Card>
	);
}
