import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AuditReply } from '#server/contract/administration.ts';
import { get } from '../api.ts';
import { formatMoment } from '../format.ts';
import { currentLanguage, useLanguage } from '../i18n.ts';
import { DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Administration.module.css';

/** The chained log, newest first: who did what, to what, and what for. */
export function LogPage() {
	const { t } = useTranslation(['administration', 'common']);
	const language = useLanguage();
	const log = useInfiniteQuery({
		queryKey: ['log', currentLanguage()],
		queryFn: ({ pageParam, signal }) =>
			get<AuditReply>('/api/audit', { limit: 100, before: pageParam }, signal),
		initialPageParam: null as number | null,
		getNextPageParam: (page) => page.next,
	});
	const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
	// who has no account is called by what they came by
	const nameOf = ({ who_name }: AuditReply['entries'][number]) =>
		t(`log.is.${who_name}`, { defaultValue: who_name });
	const objectWords = (object: string) => {
		const [kind = '', id = ''] = object.split('/');
		return kind === '' ? '—' : `${t(`object.${kind}`, { defaultValue: kind })} ${id.slice(0, 8)}`;
	};
	return (
		<Page title={t('log.title')} lead={t('log.lead')}>
			<Card>
				{log.error ? (
					<ProblemNote problem={log.error} retry={() => void log.refetch()} />
				) : !log.data ? (
					<Loading rows={6} />
				) : (
					<>
						<DataTable
							caption={t('log.title')}
							hideCaption
							limit={1000}
							rows={entries}
							rowKey={(entry) => String(entry.seq)}
							empty={<EmptyState title={t('log.none')}>{t('log.none_why')}</EmptyState>}
							columns={[
								{ id: 'seq', label: t('log.seq'), value: (entry) => entry.seq, align: 'end', width: '4em' },
								{
									id: 'at',
									label: t('log.at'),
									width: '10em',
									value: (entry) => entry.at,
									render: (entry) => formatMoment(entry.at, language),
								},
								{
									id: 'who',
									label: t('log.who'),
									width: '12em',
									value: nameOf,
									render: (entry) => (
										<>
											{nameOf(entry)}
											<span className={styles.under}>
												{t(`common:role.${entry.role}`, { defaultValue: entry.role })}
											</span>
										</>
									),
									isHeading: true,
								},
								{
									id: 'action',
									label: t('log.action'),
									value: (entry) => t(`action.${entry.action}`, { defaultValue: entry.action }),
								},
								{
									id: 'object',
									label: t('log.object'),
									value: (entry) => entry.object,
									render: (entry) => <span title={entry.object}>{objectWords(entry.object)}</span>,
								},
								{
									id: 'purpose',
									label: t('log.purpose'),
									value: (entry) => entry.purpose,
									render: (entry) => <span className={styles.purpose}>{entry.purpose || '—'}</span>,
								},
							]}
						/>
						{log.hasNextPage && (
							<Button
								className={`${styles.more} no-print`}
								variant="default"
								loading={log.isFetchingNextPage}
								onClick={() => void log.fetchNextPage()}
							>
								{t('log.more')}
							</Button>
						)}
					</>
				)}
			</Card>
		</Page>
	);
}
