import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isOfResults } from '#server/contract/import-kinds.ts';
import type { BatchItem } from '#server/contract/imports.ts';
import { post, useReply } from '../api.ts';
import { formatMoment, formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Imports.module.css';

/** Files stored before, with who and when; results can be withdrawn as a whole. */
export function BatchTable() {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const { session } = useSession();
	const mayWithdraw = session?.acts.includes('withdraw-batch') ?? false;
	const batches = useReply<BatchItem[]>('/api/batches');
	const [chosen, setChosen] = useState<BatchItem | null>(null);
	const columns: Column<BatchItem>[] = [
		{
			id: 'file',
			label: t('batches.file'),
			width: '14em',
			value: (batch) => batch.file_name,
			render: (batch) => (
				<>
					<span className={styles.fileName}>{batch.file_name}</span>
					<span className={styles.under}>
						{batch.procedure_title ?? t(`kind.${batch.kind}`, { defaultValue: batch.kind })}
					</span>
				</>
			),
			isHeading: true,
		},
		{
			id: 'new',
			label: t('count.new'),
			value: (batch) => batch.rows_new,
			render: (batch) => formatNumber(batch.rows_new, language),
			align: 'end',
		},
		{
			id: 'changed',
			label: t('count.changed'),
			value: (batch) => batch.rows_changed,
			render: (batch) => formatNumber(batch.rows_changed, language),
			align: 'end',
		},
		{
			id: 'refused',
			label: t('count.refused'),
			value: (batch) => batch.rows_refused,
			render: (batch) => formatNumber(batch.rows_refused, language),
			align: 'end',
		},
		{
			id: 'at',
			label: t('batches.at'),
			width: '11em',
			value: (batch) => batch.imported_at,
			render: (batch) => (
				<>
					{formatMoment(batch.imported_at, language)}
					<span className={styles.under}>{batch.imported_by_name}</span>
				</>
			),
		},
		{
			id: 'act',
			label: t('batches.state'),
			value: (batch) => batch.withdrawn_at,
			render: (batch) =>
				batch.withdrawn_at ? (
					t('batches.withdrawn', { at: formatMoment(batch.withdrawn_at, language) })
				) : mayWithdraw && isOfResults(batch.kind) ? (
					<Button
						variant="subtle"
						size="compact-sm"
						onClick={() => setChosen(batch)}
						aria-label={t('batches.withdraw_of', { file: batch.file_name })}
					>
						{t('batches.withdraw')}
					</Button>
				) : (
					t('batches.kept')
				),
		},
	];
	return (
		<Card title={t('batches.title')}>
			{batches.error ? (
				<ProblemNote problem={batches.error} retry={() => void batches.refetch()} />
			) : batches.data ? (
				<DataTable
					caption={t('batches.table')}
					hideCaption
					rows={batches.data}
					columns={columns}
					rowKey={(batch) => batch.batch_id}
					limit={20}
					empty={<EmptyState title={t('batches.none')}>{t('batches.none_why')}</EmptyState>}
				/>
			) : (
				<Loading rows={4} />
			)}
			{chosen && <WithdrawDialog key={chosen.batch_id} batch={chosen} onClose={() => setChosen(null)} />}
		</Card>
	);
}

function WithdrawDialog(props: { batch: BatchItem; onClose: () => void }) {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const client = useQueryClient();
	const [reason, setReason] = useState('');
	const { batch } = props;
	const withdraw = useMutation({
		mutationFn: () => post<BatchItem>(`/api/batches/${batch.batch_id}/withdraw`, { reason: reason.trim() }),
		onSuccess: async () => {
			props.onClose();
			await client.invalidateQueries();
		},
	});
	const rows = formatNumber(batch.rows_new + batch.rows_changed, language);
	return (
		<ConfirmDialog
			isOpen
			title={t('withdraw.title', { file: batch.file_name })}
			confirm={t('withdraw.confirm')}
			onConfirm={() => withdraw.mutate()}
			onClose={props.onClose}
			isPending={withdraw.isPending}
			isDisabled={reason.trim() === ''}
			problem={withdraw.error}
			isGrave
		>
			<ul>
				<li>
					{t('withdraw.rows', { n: rows, procedure: batch.procedure_title ?? t(`kind.${batch.kind}`) })}
				</li>
				<li>{t('withdraw.recount')}</li>
				<li>{t('withdraw.plans')}</li>
				<li>{t('withdraw.undo')}</li>
			</ul>
			<TextInput
				label={t('withdraw.reason')}
				description={t('withdraw.reason_hint')}
				value={reason}
				onChange={(event) => setReason(event.currentTarget.value)}
				maxLength={300}
				required
			/>
		</ConfirmDialog>
	);
}
