import { useTranslation } from 'react-i18next';
import { saveAs } from '../api.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { listWaitingFiles } from '../offline/waiting-files.ts';
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
			{left.problem.issues.length > 0 && (
				<ul className={styles.issues}>
					{left.problem.issues.map(({ path, text }) => (
						<li key={`${path} ${text}`}>{text}</li>
					))}
				</ul>
			)}
			<div className={styles.action}>
				<Button onClick={() => void saveCopy(left)}>{t('left.copy')}</Button>
				<Button
					look="quiet"
					onClick={() => {
						void forgetKept(left.kept);
						props.onForgotten(left);
					}}
				>
					{t('left.forget')}
				</Button>
			</div>
		</article>
	));
}

/** The answers as a file, and each file that waited with them. */
async function saveCopy({ kept }: Left): Promise<void> {
	const words = JSON.stringify(kept.answers, null, '\t');
	saveAs(new Blob([words], { type: 'application/json' }), 'opora-answers.json');
	for (const { bytes, type, name } of await listWaitingFiles(kept.holder, kept.response_id))
		saveAs(new Blob([bytes], { type }), name);
}
