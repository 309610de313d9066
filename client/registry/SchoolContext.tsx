import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useModuleItem } from '../chart/catalogue.ts';
import { MethodButton } from '../chart/MethodButton.tsx';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import type { SchoolContext as Context, ContextShare } from '../ui/evidence.ts';
import { Card } from '../ui/Page.tsx';
import styles from './School.module.css';

/** The social make-up of a school beside that of its region, and whether its conditions count as hard. */
export function SchoolContext(props: { context: Context }) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const item = useModuleItem('joint-picture');
	const { context } = props;
	const columns = useShareColumns();
	return (
		<Card title={t('context.title')} aside={item && <MethodButton module={item} />}>
			<p className={styles.verdict}>
				<strong>
					{t(`context.${context.is_hard === null ? 'unknown' : context.is_hard ? 'hard' : 'usual'}`)}
				</strong>
			</p>
			{context.decision !== null && (
				<p className={styles.quiet}>{t('context.decision', { decision: context.decision })}</p>
			)}
			<p className={styles.quiet}>
				{context.index === null
					? t('context.no_index')
					: t('context.index', { index: formatNumber(context.index, language, 1) })}{' '}
				{t('context.caveat')}
			</p>
			<DataTable
				caption={t('context.title')}
				hideCaption
				rows={context.shares}
				columns={columns}
				rowKey={(row) => row.title}
			/>
		</Card>
	);
}

function useShareColumns(): Column<ContextShare>[] {
	const { t } = useTranslation('school');
	const language = useLanguage();
	return useMemo(() => {
		const percent = (id: 'value' | 'mean'): Column<ContextShare> => ({
			id,
			label: t(`context.col_${id}`),
			value: (row) => row[id],
			align: 'end',
			render: (row) => `${formatNumber(row[id], language, 1)} %`,
		});
		return [
			{ id: 'title', label: t('context.col_share'), value: (row) => row.title, isHeading: true },
			percent('value'),
			percent('mean'),
			{
				id: 'side',
				label: t('context.col_side'),
				value: (row) => row.score,
				render: (row) =>
					row.score === null || Math.abs(row.score) < 0.5 ? (
						<span className={styles.aside}>{t('context.as_usual')}</span>
					) : (
						t(row.score > 0 ? 'context.harder' : 'context.easier')
					),
			},
		];
	}, [t, language]);
}
