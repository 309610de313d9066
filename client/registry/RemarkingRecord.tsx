import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemarkingItem } from '#server/contract/remarkings.ts';
import { post } from '../api.ts';
import { formatDate, formatInterval, formatMoment, formatNumber, formatShare } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx';
import { Figure } from '../ui/Figure.tsx';
import { IntervalMark } from '../ui/IntervalMark.tsx';
import styles from './School.module.css';

/** One record: the share with its interval against the target, who marked, and what became of the record. */
export function RemarkingRecord(props: { item: RemarkingItem; onChange: (() => void) | null }) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const [isLeaving, setLeaving] = useState(false);
	const { item } = props;
	const isStanding = item.withdrawn_at === null;
	const target = formatShare(item.target, language);
	const place = item.class === null ? t('remarking.whole') : t('remarking.of_class', { name: item.class });
	return (
		<article className={isStanding ? styles.remarking : `${styles.remarking} ${styles.withdrawn}`}>
			<h3>
				{item.procedure_title} <span className={styles.aside}>· {place}</span>
			</h3>
			<p className={styles.verdict}>
				<Figure
					value={formatInterval(item.share * 100, item.low * 100, item.high * 100, language)}
					card={{
						definition: t('remarking.share_definition'),
						formula: t('remarking.share_formula'),
						source: item.document || undefined,
						date: formatDate(item.remarked_on, language),
						caveat: t('remarking.share_caveat', { target }),
					}}
				/>
				<IntervalMark
					value={item.share}
					low={item.low}
					high={item.high}
					threshold={item.target}
					label={t('remarking.interval', {
						share: formatShare(item.share, language),
						low: formatShare(item.low, language),
						high: formatShare(item.high, language),
						target,
					})}
				/>
				{isStanding ? (
					<strong>{t(item.is_objective ? 'remarking.objective' : 'remarking.differs', { target })}</strong>
				) : (
					<span className={styles.aside}>{t('remarking.is_withdrawn')}</span>
				)}
			</p>
			<p className={styles.remarkingFacts}>
				{useFacts(item).map((fact) => (
					<span key={fact}>{fact}</span>
				))}
			</p>
			{item.remark && <p className={styles.replyText}>{item.remark}</p>}
			<p className={styles.aside}>
				{[
					t('remarking.by', {
						commission: item.commission,
						date: formatDate(item.remarked_on, language),
					}),
					item.document,
				]
					.filter(Boolean)
					.join(' · ')}
			</p>
			<History item={item} />
			{isStanding && props.onChange && (
				<div className={`${styles.formFoot} no-print`}>
					<Button variant="default" size="xs" onClick={props.onChange}>
						{t('remarking.change')}
					</Button>
					<Button variant="subtle" size="xs" onClick={() => setLeaving(true)}>
						{t('remarking.withdraw')}
					</Button>
				</div>
			)}
			{isLeaving && <Withdrawal item={item} onClose={() => setLeaving(false)} />}
		</article>
	);
}

const counts = ['sampled', 'remarked', 'unchanged', 'raised', 'lowered'] as const;

/** The counts in words; those that the document does not give are left out. */
function useFacts(item: RemarkingItem): string[] {
	const { t } = useTranslation('school');
	const language = useLanguage();
	return counts.flatMap((name) => {
		const value = item[name];
		return value === null ? [] : `${t(`remarking.${name}`)}: ${formatNumber(value, language)}`;
	});
}

function History(props: { item: RemarkingItem }) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const nothing = t('remarking.nothing');
	const say = (field: string, value: string | number | null) =>
		value === null || value === ''
			? nothing
			: field === 'remarked_on'
				? formatDate(String(value), language)
				: value;
	return (
		<details className={styles.history}>
			<summary>{t('remarking.history')}</summary>
			<ul>
				{props.item.events.map((event) => (
					<li key={`${event.at}${event.action}`}>
						{t(`remarking.event_${event.action}`)}, {event.by_name}, {formatMoment(event.at, language)}
						{event.reason && `: ${event.reason}`}
						{event.changes.length > 0 && (
							<ul>
								{event.changes.map(({ field, from, to }) => (
									<li key={field}>
										{t(`remarking.${field}`)}: {say(field, from)} → {say(field, to)}
									</li>
								))}
							</ul>
						)}
					</li>
				))}
			</ul>
		</details>
	);
}

function Withdrawal(props: { item: RemarkingItem; onClose: () => void }) {
	const { t } = useTranslation('school');
	const client = useQueryClient();
	const [reason, setReason] = useState('');
	const { school_id, remarking_id } = props.item;
	const withdraw = useMutation({
		mutationFn: () =>
			post<RemarkingItem>(`/api/schools/${school_id}/remarkings/${remarking_id}/withdraw`, {
				reason: reason.trim(),
			}),
		onSuccess: async () => {
			await Promise.all([
				client.invalidateQueries({ queryKey: ['reply', `/api/schools/${school_id}/remarkings`] }),
				client.invalidateQueries({ queryKey: ['module'] }),
			]);
			props.onClose();
		},
	});
	return (
		<ConfirmDialog
			isOpen
			title={t('remarking.withdraw_title')}
			confirm={t('remarking.withdraw_confirm')}
			onConfirm={() => withdraw.mutate()}
			onClose={props.onClose}
			isPending={withdraw.isPending}
			isDisabled={reason.trim() === ''}
			problem={withdraw.error}
			isGrave
		>
			<p>{t('remarking.withdraw_why')}</p>
			<TextInput
				label={t('remarking.reason')}
				value={reason}
				onChange={(event) => setReason(event.currentTarget.value)}
				maxLength={300}
				required
			/>
		</ConfirmDialog>
	);
}
