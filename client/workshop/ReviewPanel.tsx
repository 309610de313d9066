import { Button, Textarea } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DraftDetail } from '#server/contract/workshop.ts';
import { post } from '../api.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import type { DraftInHand } from './use-draft.ts';
import styles from './Workshop.module.css';

const moves = {
	submit: 'in_review',
	withdraw: 'draft',
	return: 'draft',
	publish: 'published',
	discard: 'discarded',
} as const;
type Move = keyof typeof moves;

/** What comes next for a draft, a word to the colleague, and what happened so far. */
export function ReviewPanel(props: {
	draft: DraftDetail;
	hand: DraftInHand;
	onMoved: (draft: DraftDetail) => void;
}) {
	const { t } = useTranslation('workshop');
	const language = useLanguage();
	const { draft, hand } = props;
	const [comment, setComment] = useState('');
	const errors = hand.findings.filter(({ severity }) => severity === 'error').length;
	const path = `/api/workshop/drafts/${draft.draft_id}`;
	const act = useMutation({
		mutationFn: async (move: Move | 'comment') => {
			if (move === 'comment') return post<DraftDetail>(`${path}/comments`, { comment });
			if (!(await hand.save())) throw hand.problem ?? new Error('not saved');
			return post<DraftDetail>(`${path}/state`, { to: moves[move], revision: hand.revision(), comment });
		},
		onSuccess: (moved) => {
			setComment('');
			props.onMoved(moved);
		},
	});
	const may = draft.may.filter((each): each is Move => each !== 'edit' && each !== 'comment');
	const isBlocked = (move: Move) =>
		(move === 'submit' && errors > 0) || (move === 'return' && comment.trim() === '');
	return (
		<div className={styles.form}>
			<Card title={t('review.next')}>
				<div className={styles.fields}>
					<p>{t(`review.hint_${draft.state}`)}</p>
					{draft.state === 'draft' && errors > 0 && (
						<p className={styles.bad}>{t('review.errors', { count: errors })}</p>
					)}
					{draft.may.length > 0 && (
						<Textarea
							label={t('review.comment')}
							value={comment}
							autosize
							minRows={2}
							maxLength={4000}
							onChange={(event) => setComment(event.currentTarget.value)}
						/>
					)}
					{act.error && <ProblemNote problem={act.error} />}
					<div className={styles.foot}>
						{may.map((move) => (
							<Button
								key={move}
								variant={move === 'submit' || move === 'publish' ? 'filled' : 'default'}
								disabled={isBlocked(move)}
								loading={act.isPending && act.variables === move}
								onClick={() => act.mutate(move)}
							>
								{t(`review.${move}`)}
							</Button>
						))}
						{draft.may.includes('comment') && (
							<Button variant="subtle" disabled={comment.trim() === ''} onClick={() => act.mutate('comment')}>
								{t('review.say')}
							</Button>
						)}
					</div>
				</div>
			</Card>
			<Card title={t('review.history')}>
				<ol className={styles.history}>
					{draft.events.toReversed().map((event) => (
						<li key={event.event_id}>
							<strong>{t(`event.${event.action}`)}</strong>
							<span className={styles.aside}>
								{' '}
								{event.by_name}, {formatMoment(event.at, language)}
							</span>
							{event.comment !== '' && <p>{event.comment}</p>}
						</li>
					))}
				</ol>
			</Card>
		</div>
	);
}
