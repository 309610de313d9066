import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProcedureItem } from '#server/contract/results.ts';
import { useReply } from '../api.ts';
import { formatDay, formatNumber, formatShort } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Imports.module.css';

/** Assessment procedures with the scale that turns points into marks, the document behind it, and how much is stored. */
export function ProceduresPage() {
	const { t } = useTranslation('imports');
	const language = useLanguage();
	const { session } = useSession();
	const procedures = useReply<ProcedureItem[]>('/api/procedures');
	const mayImport = session?.acts.includes('import-registry') ?? false;
	const load = mayImport && (
		<Button component={Link} to="/imports" variant="default">
			{t('procedures.load')}
		</Button>
	);
	const scale = (item: ProcedureItem) => {
		if (item.cutoffs)
			return Object.entries(item.cutoffs)
				.map(([mark, score]) => t('procedures.cutoff', { mark, score: formatShort(score, language) }))
				.join(', ');
		return item.fail_below === null
			? t('procedures.no_scale')
			: t('procedures.fail_below', { score: formatShort(item.fail_below, language) });
	};
	return (
		<Page
			title={t('procedures.title')}
			above={mayImport ? <Link to="/imports">{t('title')}</Link> : undefined}
			lead={t('procedures.lead')}
			actions={load}
		>
			<Card>
				{procedures.error ? (
					<ProblemNote problem={procedures.error} retry={() => void procedures.refetch()} />
				) : procedures.data ? (
					<DataTable
						caption={t('procedures.title')}
						hideCaption
						rows={procedures.data}
						rowKey={(item) => item.procedure_id}
						empty={
							<EmptyState title={t('procedures.none')} action={load}>
								{t('procedures.none_why')}
							</EmptyState>
						}
						columns={[
							{
								id: 'title',
								label: t('procedures.procedure'),
								width: '14em',
								value: (item) => item.title,
								render: (item) => (
									<>
										{item.title}
										<span className={styles.under}>{item.procedure_id}</span>
									</>
								),
								isHeading: true,
							},
							{ id: 'year', label: t('procedures.year'), value: (item) => item.year, align: 'end' },
							{
								id: 'max',
								label: t('procedures.max'),
								value: (item) => item.max_score,
								render: (item) => formatShort(item.max_score, language),
								align: 'end',
							},
							{ id: 'scale', label: t('procedures.scale'), value: scale, width: '12em' },
							{
								id: 'document',
								label: t('procedures.document'),
								width: '12em',
								value: (item) => item.document,
								render: (item) => (
									<>
										{item.document || '—'}
										<span className={styles.under}>
											{t('procedures.valid_from', { day: formatDay(item.valid_from, language) })}
										</span>
									</>
								),
							},
							{
								id: 'results',
								label: t('procedures.results'),
								value: (item) => item.results,
								render: (item) =>
									item.results === 0 ? t('procedures.no_results') : formatNumber(item.results, language),
								align: 'end',
							},
						]}
					/>
				) : (
					<Loading rows={5} />
				)}
			</Card>
		</Page>
	);
}
