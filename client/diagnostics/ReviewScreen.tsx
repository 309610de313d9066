import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/Button.tsx';
import type { SurveyItem } from './progress.ts';
import styles from './ReviewScreen.module.css';

/** Before sending: what is left open, each with a way back to it; what was sent cannot be changed. */
export function ReviewScreen(props: {
	items: SurveyItem[];
	isSending: boolean;
	onJump: (item: SurveyItem) => void;
	onBack: () => void;
	onSend: () => void;
}) {
	const { t } = useTranslation('diagnostics');
	const heading = useRef<HTMLHeadingElement>(null);
	// who listens or uses the keyboard is told where they are now
	useEffect(() => heading.current?.focus(), []);
	const open = props.items.filter(({ isAnswered }) => !isAnswered);
	const needed = open.filter(({ isRequired }) => isRequired);
	return (
		<section className={styles.review} aria-labelledby="review-title">
			<h2 id="review-title" ref={heading} tabIndex={-1}>
				{t('review.title')}
			</h2>
			<p>
				{open.length === 0
					? t('review.all', { count: props.items.length })
					: t('review.open', { count: open.length, total: props.items.length })}
			</p>
			{open.length > 0 && (
				<>
					<p className={styles.quiet}>{t(needed.length > 0 ? 'review.needed' : 'review.optional')}</p>
					<ul className={styles.open}>
						{open.map((item) => (
							<li key={`${item.question}/${item.row}`}>
								<button type="button" disabled={props.isSending} onClick={() => props.onJump(item)}>
									<span>{item.title}</span>
									{item.isRequired && <span className={styles.mark}>{t('review.required')}</span>}
								</button>
							</li>
						))}
					</ul>
				</>
			)}
			<p className={styles.quiet}>{t('review.final')}</p>
			<div className={styles.actions}>
				<Button look="primary" disabled={props.isSending || needed.length > 0} onClick={props.onSend}>
					{t(props.isSending ? 'review.sending' : 'review.send')}
				</Button>
				<Button disabled={props.isSending} onClick={props.onBack}>
					{t('review.back')}
				</Button>
			</div>
		</section>
	);
}
