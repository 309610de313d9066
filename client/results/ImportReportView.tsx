import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportJob, ImportReport } from '#server/contract/imports.ts';
import { download } from '../api.ts';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Imports.module.css';

type PreviewRow = ImportReport['preview']['rows'][number];

/** What the dry run found: counts, faults by row and column, cells read otherwise than written, first rows. */
export function ImportReportView(props: { job: ImportJob; report: ImportReport }) {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const { job, report } = props;
	const number = (value: number) => formatNumber(value, language);
	const counts = (['new', 'changed', 'skipped', 'refused', 'absent'] as const).filter(
		(name) => name !== 'absent' || job.kind === 'results',
	);
	return (
		<>
			<Card title={t('report.title')}>
				{job.state === 'stored' && <p className={styles.soft}>{t('report.before')}</p>}
				<dl className={styles.counts}>
					{counts.map((name) => (
						<div key={name}>
							<dt>{t(`count.${name}`)}</dt>
							<dd>{number(report.counts[name])}</dd>
							<dd className={styles.hint}>{t(`count_hint.${name}`)}</dd>
						</div>
					))}
				</dl>
				{report.notes.length > 0 && (
					<ul className={styles.notes}>
						{report.notes.map((note) => (
							<li key={note.code}>
								{note.text}: <strong>{number(note.count)}</strong>
							</li>
						))}
					</ul>
				)}
			</Card>
			{report.issue_total > 0 && <Issues job={job} report={report} />}
			{report.preview.rows.length > 0 && (
				<Card title={t('report.preview')}>
					<DataTable
						caption={t('report.preview_table')}
						hideCaption
						rows={report.preview.rows}
						rowKey={(_, index) => String(index)}
						columns={report.preview.columns.map(({ name, label }) => ({
							id: name,
							label,
							value: (row: PreviewRow) => row[name],
							render: (row: PreviewRow) => {
								const value = row[name];
								return typeof value === 'boolean' ? t(value ? 'yes' : 'no') : (value ?? '—');
							},
						}))}
					/>
				</Card>
			)}
			{report.coerced_total > 0 && (
				<Card title={t('report.coerced', { count: report.coerced_total, n: number(report.coerced_total) })}>
					<p className={styles.soft}>{t('report.coerced_why')}</p>
					<DataTable
						caption={t('report.coerced_table')}
						hideCaption
						limit={20}
						rows={report.coerced}
						rowKey={(row) => `${row.row}-${row.column}`}
						columns={[
							{ id: 'row', label: t('report.row'), value: (row) => row.row, align: 'end' },
							{ id: 'column', label: t('report.column'), value: (row) => row.column },
							{ id: 'from', label: t('report.written'), value: (row) => row.from },
							{ id: 'to', label: t('report.read'), value: (row) => row.to },
						]}
					/>
				</Card>
			)}
		</>
	);
}

function Issues(props: { job: ImportJob; report: ImportReport }) {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const { job, report } = props;
	const { waiting } = report.counts;
	// rows of schools to be created say one thing many times over: they are counted, the rest is listed
	const own = report.issue_total - waiting;
	const shown = report.issues.slice(0, own);
	const save = useMutation({
		mutationFn: (format: 'xlsx' | 'csv') =>
			download(`/api/imports/${job.id}/refused`, { format }, `${t('report.refused_file')}.${format}`),
	});
	return (
		<Card
			title={
				own === 0
					? t('report.refused_rows')
					: t('report.issues', { count: own, n: formatNumber(own, language) })
			}
		>
			{report.counts.refused > 0 && (
				<div className={styles.foot}>
					<span className={styles.soft}>{t('report.refused_what')}</span>
					{(['xlsx', 'csv'] as const).map((format) => (
						<Button
							key={format}
							variant="default"
							loading={save.isPending && save.variables === format}
							onClick={() => save.mutate(format)}
						>
							{t(`start.template_${format}`)}
						</Button>
					))}
				</div>
			)}
			{save.error && <ProblemNote problem={save.error} />}
			{waiting > 0 && job.state === 'checked' && (
				<p className={styles.soft}>{t('report.waiting', { n: formatNumber(waiting, language) })}</p>
			)}
			{own > 0 && (
				<DataTable
					caption={t('report.issue_table')}
					hideCaption
					limit={30}
					rows={shown}
					rowKey={(issue, index) => `${issue.row}-${issue.column}-${issue.code}-${index}`}
					columns={[
						{ id: 'row', label: t('report.row'), value: (issue) => issue.row, align: 'end', width: '5.5em' },
						{ id: 'column', label: t('report.column'), value: (issue) => issue.column, width: '7em' },
						{ id: 'value', label: t('report.value'), value: (issue) => issue.value, width: '7em' },
						{ id: 'text', label: t('report.reason'), value: (issue) => issue.text, width: '18em' },
					]}
				/>
			)}
			{own > shown.length && <p className={styles.aside}>{t('report.first', { n: shown.length })}</p>}
		</Card>
	);
}
