import { useTranslation } from 'react-i18next';
import { saveAs } from '../api.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Button } from '../ui/Button.tsx';
import { forgetKept, type LeftBehind as Left } from './answer-store.ts';
import styles from './OutgoingNote.module.css';

/** Finished answers that the server did not take: why, and what may be done with this copy. Never thrown away in silence. */
export function LeftBehind(props: { left: readonly Left[]; onForgotten: (left: Left) => void }) {
	const { t } = useTranslation('diagnostics');
	const language = useLanguage();
	return props.left.map((left) => (
		<article key={left.kept.response_id} className={styles.refused} role="alert">
			<h2>{t('left.title')}</h2>
			<p>
				{t('left.why', { time: formatMoment(left.kept.changed_at, language) })} {left.problem.message}.{' '}
				{left.problem.detail}
			</p>
			<div className={styles.action}>
				<Button
					onClick={() =>
						saveAs(
							new Blob([JSON.stringify(left.kept.answers, null, '\t')], { type: 'application/json' }),
							'opora-answers.json',
						)
					}
				>
					{t('left.copy')}
				</Button>
				<Button
					look="quiet"
					onClick={() => {
						forgetKept(left.kept);
						props.onForgotten(left);
					}}
				>
					{t('left.forget')}
				</Button>
			</div>
		</article>
	));
}
