import { Button, NativeSelect, Textarea } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReplyItem } from '#server/contract/results.ts';
import { post, useReply } from '../api.ts';
import { formatMoment, formatTime } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './School.module.css';

/** What the school answered to its signs, and for its coordinator the field to answer in. */
export function SchoolReplies(props: { school: string; year: number }) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const { session } = useSession();
	const replies = useReply<ReplyItem[]>(`/api/schools/${props.school}/replies`);
	const mayReply = session?.acts.includes('reply') ?? false;
	return (
		<Card title={t('reply.title')}>
			{replies.error ? (
				<ProblemNote problem={replies.error} retry={() => void replies.refetch()} />
			) : !replies.data ? (
				<Loading rows={3} />
			) : replies.data.length === 0 ? (
				<EmptyState title={t('reply.none')}>
					{mayReply ? t('reply.none_own') : t('reply.none_other')}
				</EmptyState>
			) : (
				<ul className={styles.replies}>
					{replies.data.map((reply) => (
						<li key={reply.reply_id}>
							<p className={styles.replyText}>{reply.text}</p>
							<p className={styles.aside}>
								{t(`reply.about_${reply.module}`, { year: reply.year })} · {reply.replied_by_name},{' '}
								{formatMoment(reply.replied_at, language)}
							</p>
						</li>
					))}
				</ul>
			)}
			{mayReply && <ReplyForm school={props.school} year={props.year} />}
		</Card>
	);
}

function ReplyForm(props: { school: string; year: number }) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const client = useQueryClient();
	const [module, setModule] = useState<ReplyItem['module']>('result-objectivity');
	const [text, setText] = useState('');
	const path = `/api/schools/${props.school}/replies`;
	const send = useMutation({
		mutationFn: () => post<ReplyItem>(path, { module, year: props.year, text: text.trim() }),
		onSuccess: async () => {
			setText('');
			await client.invalidateQueries({ queryKey: ['reply', path] });
		},
	});
	const submit = (event: FormEvent) => {
		event.preventDefault();
		if (text.trim()) send.mutate();
	};
	return (
		<form className={`${styles.form} no-print`} onSubmit={submit}>
			<NativeSelect
				label={t('reply.module')}
				value={module}
				onChange={(event) => setModule(event.currentTarget.value as ReplyItem['module'])}
				data={(['result-objectivity', 'low-results'] as const).map((value) => ({
					value,
					label: t(`reply.module_${value}`),
				}))}
			/>
			<Textarea
				label={t('reply.text')}
				description={t('reply.hint')}
				value={text}
				onChange={(event) => setText(event.currentTarget.value)}
				maxLength={4000}
				autosize
				minRows={3}
			/>
			{send.error && <ProblemNote problem={send.error} />}
			<div className={styles.formFoot}>
				<Button type="submit" loading={send.isPending} disabled={text.trim() === ''}>
					{t('reply.send')}
				</Button>
				<span role="status" className={styles.aside}>
					{send.data && t('reply.sent', { time: formatTime(send.data.replied_at, language) })}
				</span>
			</div>
		</form>
	);
}
