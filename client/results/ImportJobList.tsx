import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportJob } from '#server/contract/imports.ts';
import { formatMoment, formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Imports.module.css';
import { isRunning, useImportJobs } from './import-job.ts';
import { JobProgress } from './JobProgress.tsx';

/** Files under way and lately: an import can be left and is found again here. */
export function ImportJobList() {
	const { t } = useTranslation('imports');
	const jobs = useImportJobs();
	if (jobs.error) return <ProblemNote problem={jobs.error} retry={() => void jobs.refetch()} />;
	if (!jobs.data || jobs.data.length === 0) return null;
	return (
		<Card title={t('jobs.title')}>
			<ul className={styles.jobs}>
				{jobs.data.slice(0, 8).map((job) => (
					<JobRow key={job.id} job={job} />
				))}
			</ul>
		</Card>
	);
}

function JobRow(props: { job: ImportJob }) {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const { job } = props;
	const counts = job.report?.counts;
	return (
		<li>
			<div className={styles.jobHead}>
				<Link to={`/imports/${job.id}`} className={styles.fileName}>
					{job.file_name}
				</Link>
				<strong>{t(`state.${job.state}`)}</strong>
			</div>
			<p className={styles.aside}>
				{t(`kind.${job.kind}`)} · {formatMoment(job.started_at, language)}
				{counts &&
					job.state === 'checked' &&
					` · ${t('jobs.counts', {
						new: formatNumber(counts.new, language),
						changed: formatNumber(counts.changed, language),
						refused: formatNumber(counts.refused, language),
					})}`}
			</p>
			{isRunning(job) && <JobProgress job={job} />}
		</li>
	);
}
