import { Progress } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ImportJob } from '#server/contract/imports.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import styles from './Imports.module.css';

/** What the import does right now, in words and as a bar. */
export function JobProgress(props: { job: ImportJob }) {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const { phase, done, total, state } = props.job;
	const share = total > 0 ? (done / total) * 100 : 0;
	const words = t(`phase.${phase || state}`);
	return (
		<div className={styles.progress} role="status">
			<span>
				{words}
				{total > 1 &&
					` ${t('phase.rows', { done: formatNumber(done, language), total: formatNumber(total, language) })}`}
			</span>
			<Progress
				value={Math.max(share, 3)}
				animated={total <= 1}
				aria-label={words}
				transitionDuration={120}
				radius="sm"
			/>
		</div>
	);
}
