import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { listWaitingFiles, onWaitingFiles, refersTo, type WaitingFile } from '../offline/waiting-files.ts';
import { useFileSize } from '../ui/file-size.ts';
import styles from './SurveyPage.module.css';
import type { SavingState } from './use-saving.ts';

/** Files of this form that are on this device only: which, and when they go. */
export function FilesWaiting({ kept }: { kept: SavingState['kept'] }) {
	const { t } = useTranslation('diagnostics');
	const size = useFileSize();
	const [files, setFiles] = useState<WaitingFile[]>([]);
	useEffect(() => {
		let isShown = true;
		const list = async () => {
			const found = await listWaitingFiles(kept.current.holder, kept.current.response_id);
			if (isShown) setFiles(found);
		};
		void list();
		const stop = onWaitingFiles(() => void list());
		return () => {
			isShown = false;
			stop();
		};
	}, [kept]);
	const waiting = files.filter(({ id }) => refersTo(kept.current.answers, id));
	if (waiting.length === 0) return null;
	return (
		<div className={styles.files} role="status">
			<strong>{t('survey.files_waiting', { count: waiting.length })}</strong>
			<ul>
				{waiting.map(({ id, name, bytes }) => (
					<li key={id}>
						{name} · {size(bytes.byteLength)}
					</li>
				))}
			</ul>
			<p>{t('survey.files_waiting_why')}</p>
		</div>
	);
}
