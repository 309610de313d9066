import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { keepAhead } from '../offline/shelf.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/Button.tsx';
import { LeftBehind } from './LeftBehind.tsx';
import styles from './OutgoingNote.module.css';
import { dropRefused, startSending, useOutgoing } from './outgoing.ts';

const changed = ['/api/my/diagnostics', '/api/my/profile', '/api/observations'];

/**
 * On every page: finished answers that wait for a connection, that they have arrived, or that they were not taken. As wide
 * as the page below it, or as narrow as the pages of those who answer.
 */
export function OutgoingNote({ isNarrow = false }: { isNarrow?: boolean }) {
	const { t } = useTranslation('common');
	const { session } = useSession();
	const language = useLanguage();
	const queries = useQueryClient();
	const { waiting, refused, sent_at, sendNow, dismiss } = useOutgoing();
	const holder = session?.holder ?? '';
	const acts = session?.acts.join(' ') ?? '';

	useEffect(() => {
		const may = new Set(acts.split(' '));
		return startSending({
			holder,
			mayCarry: ({ about }) => may.has(about === undefined ? 'answer' : 'observe'),
		});
	}, [holder, acts]);

	useEffect(() => {
		if (sent_at === null) return;
		for (const path of changed) void queries.invalidateQueries({ queryKey: ['reply', path] });
		// the next observation of the same teacher has another id
		if (acts.split(' ').includes('observe')) void keepAhead(holder, '/api/observations');
	}, [sent_at, queries, holder, acts]);

	return (
		<div className={`${styles.around} ${isNarrow ? styles.narrow : ''} no-print`}>
			<div role="status">
				{waiting.length > 0 ? (
					<div className={`${styles.note} ${styles.waiting}`}>
						<p>
							<strong>{t('outgoing.waiting')}</strong> {t('outgoing.why', { count: waiting.length })}
						</p>
						<Button onClick={() => void sendNow()}>{t('outgoing.now')}</Button>
					</div>
				) : (
					sent_at !== null && (
						<div className={styles.note}>
							<p>
								<strong>{t('outgoing.sent', { time: formatTime(sent_at, language) })}</strong>{' '}
								{t('outgoing.sent_why')}
							</p>
							<Button look="quiet" onClick={dismiss}>
								{t('outgoing.close')}
							</Button>
						</div>
					)
				)}
			</div>
			{refused.length > 0 && <LeftBehind left={refused} onForgotten={dropRefused} />}
		</div>
	);
}
