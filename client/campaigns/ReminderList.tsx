import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveryItem, ReminderItem, ReminderPlan } from '#server/contract/campaign-centre.ts';
import type { CampaignDetail } from '#server/contract/diagnostics.ts';
import { remove, useReply } from '../api.ts';
import { formatDate, formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Campaigns.module.css';

/** Reminders planned and sent, with what became of each letter. */
export function ReminderList(props: { campaign: CampaignDetail; plan: ReminderPlan; path: string }) {
	const { t } = useTranslation('campaigns');
	const { items } = props.plan;
	if (items.length === 0)
		return <EmptyState title={t('reminders.none')}>{t('reminders.none_why')}</EmptyState>;
	return (
		<Card title={t('reminders.title')}>
			<ul className={styles.tree}>
				{items.map((item) => (
					<Reminder key={item.reminder_id} item={item} path={props.path} />
				))}
			</ul>
		</Card>
	);
}

function Reminder(props: { item: ReminderItem; path: string }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const client = useQueryClient();
	const [isOpen, setOpen] = useState(false);
	const { item, path } = props;
	const cancel = useMutation({
		mutationFn: () => remove(`${path}/${item.reminder_id}`),
		onSuccess: () => client.invalidateQueries({ queryKey: ['reply', path] }),
	});
	const state = stateOf(item);
	const letters = item.sent + item.refused + item.uncertain + item.deferred;
	return (
		<li className={styles.school}>
			<p>
				<strong>{formatDate(item.send_on, language)}</strong> · {item.school_name ?? t('form.all_schools')} ·{' '}
				{t(`reminders.state.${state}`)}
			</p>
			<p className={styles.aside}>
				{t('reminders.counts', {
					sent: item.sent,
					refused: item.refused,
					deferred: item.deferred,
					uncertain: item.uncertain,
				})}
			</p>
			{item.problem && <p className={styles.reminder}>{t('reminders.waits', { problem: item.problem })}</p>}
			{cancel.error && <ProblemNote problem={cancel.error} />}
			<div className={styles.foot}>
				{letters > 0 && (
					<Button variant="subtle" size="compact-sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
						{t('reminders.letters')}
					</Button>
				)}
				{item.state === 'planned' && !item.is_sending && (
					<Button variant="subtle" size="compact-sm" onClick={() => cancel.mutate()}>
						{t('reminders.cancel')}
					</Button>
				)}
			</div>
			{isOpen && <Letters path={`${path}/${item.reminder_id}/deliveries`} />}
		</li>
	);
}

/** A plan whose letters a mail server put off is neither planned nor sent. */
function stateOf({ state, is_sending, deferred }: ReminderItem): string {
	if (is_sending) return 'sending';
	return state === 'planned' && deferred > 0 ? 'waiting' : state;
}

function Letters(props: { path: string }) {
	const { t } = useTranslation('campaigns');
	const language = useLanguage();
	const rows = useReply<DeliveryItem[]>(props.path);
	const outcome = (row: DeliveryItem): string => {
		if (row.state === 'refused' && row.is_address_refused) return t('reminders.letter.address');
		if (row.state === 'given_up') return t('reminders.letter.given_up', { count: row.attempts });
		if (row.state === 'deferred')
			return t('reminders.letter.deferred', { at: row.retry_at ? formatMoment(row.retry_at, language) : '' });
		return t(`reminders.letter.${row.state}`);
	};
	if (rows.error) return <ProblemNote problem={rows.error} />;
	if (!rows.data) return <Loading rows={2} />;
	return (
		<DataTable
			caption={t('reminders.letters')}
			hideCaption
			rows={rows.data}
			rowKey={(row) => `${row.full_name} ${row.at}`}
			columns={[
				{ id: 'person', label: t('links.person'), value: (row) => row.full_name, isHeading: true },
				{ id: 'email', label: t('reminders.email'), value: (row) => row.email ?? '' },
				{
					id: 'state',
					label: t('reminders.outcome'),
					value: outcome,
					render: (row) => (
						<>
							{outcome(row)}
							{row.answer && row.state !== 'sent' && (
								<span className={styles.answer}>{t('reminders.letter.server', { answer: row.answer })}</span>
							)}
						</>
					),
				},
				{
					id: 'at',
					label: t('reminders.at'),
					value: (row) => row.at,
					render: (row) => formatMoment(row.at, language),
				},
			]}
		/>
	);
}
