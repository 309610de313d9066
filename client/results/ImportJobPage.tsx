import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { BatchItem, ImportJob } from '#server/contract/imports.ts';
import { ApiProblem, remove, useReply } from '../api.ts';
import { formatMoment, formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { ImportConfirm } from './ImportConfirm.tsx';
import { ImportReportView } from './ImportReportView.tsx';
import styles from './Imports.module.css';
import { isRunning, useImportJob } from './import-job.ts';
import { JobProgress } from './JobProgress.tsx';

/** One file on its way: progress, the report of the dry run, the word to store it, and what came of it. */
export function ImportJobPage() {
	const { id } = useParams();
	return id ? <Job key={id} id={id} /> : null;
}

function Job(props: { id: string }) {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const job = useImportJob(props.id);
	const client = useQueryClient();
	const state = job.data?.state;
	useEffect(() => {
		// what was stored is now everywhere: lists, procedures, cards
		if (state === 'stored')
			void client.invalidateQueries({
				predicate: ({ queryKey }) => !String(queryKey[1]).startsWith('/api/imports/'),
			});
	}, [state, client]);
	const above = <Link to="/imports">{t('title')}</Link>;
	if (job.error)
		return (
			<Page title={t('one')} above={above}>
				{job.error instanceof ApiProblem && job.error.status === 404 ? (
					<EmptyState title={t('lost')} action={<Link to="/imports">{t('again')}</Link>}>
						{t('lost_why')}
					</EmptyState>
				) : (
					<ProblemNote problem={job.error} retry={() => void job.refetch()} />
				)}
			</Page>
		);
	if (!job.data) return <Loading shape="page" />;
	const { data } = job;
	return (
		<Page
			title={data.file_name}
			above={above}
			lead={`${t(`kind.${data.kind}`)} · ${t(`state.${data.state}`)} · ${formatMoment(data.started_at, language)}`}
		>
			{isRunning(data) && (
				<Card>
					<JobProgress job={data} />
					<p className={styles.aside}>{t('leave')}</p>
				</Card>
			)}
			<Outcome job={data} />
			{data.state === 'checked' && data.report && <ImportConfirm job={data} report={data.report} />}
			{data.report && <ImportReportView job={data} report={data.report} />}
		</Page>
	);
}

/** Refused as a whole, failed, or stored: said with what to do next. */
function Outcome(props: { job: ImportJob }) {
	const { t } = useTranslation('imports');
	const client = useQueryClient();
	const navigate = useNavigate();
	const language = useLanguage();
	const { job } = props;
	const batches = useReply<BatchItem[]>(job.batch ? '/api/batches' : null);
	const batch = batches.data?.find(({ batch_id }) => batch_id === job.batch);
	const forget = useMutation({
		mutationFn: () => remove(`/api/imports/${job.id}`),
		onSuccess: async () => {
			await client.invalidateQueries({ queryKey: ['reply', '/api/imports'] });
			void navigate('/imports');
		},
	});
	if (job.state === 'refused' || job.state === 'failed')
		return (
			<div role="alert" className={styles.problem}>
				<strong>{t(job.state === 'refused' ? 'refused_title' : 'failed_title')}</strong>
				<p>{job.problem?.text}</p>
				{job.state === 'failed' && <p className={styles.soft}>{t('nothing_stored')}</p>}
				<div className={styles.foot}>
					<Button component={Link} to="/imports" variant="default">
						{t('again')}
					</Button>
					<Button variant="subtle" onClick={() => forget.mutate()} loading={forget.isPending}>
						{t('forget')}
					</Button>
				</div>
				{forget.error && <ProblemNote problem={forget.error} />}
			</div>
		);
	if (job.state !== 'stored') return null;
	const next = {
		schools: '/schools',
		staff: '/people',
		procedures: '/imports/procedures',
		results: '/explore',
		'federal-list': '/explore',
		'medal-candidates': '/explore',
		'school-context': '/modules/joint-picture',
	};
	return (
		<div role="status" className={styles.stored}>
			<strong>{t('stored_title')}</strong>
			{batch && (
				<p>
					{t('stored_counts', {
						new: formatNumber(batch.rows_new, language),
						changed: formatNumber(batch.rows_changed, language),
						refused: formatNumber(batch.rows_refused, language),
					})}
				</p>
			)}
			<p>{t(`stored.${job.kind}`)}</p>
			<div className={styles.foot}>
				<Button component={Link} to={next[job.kind]}>
					{t(`stored_next.${job.kind}`)}
				</Button>
				<Button component={Link} to="/imports" variant="default">
					{t('another')}
				</Button>
			</div>
		</div>
	);
}
