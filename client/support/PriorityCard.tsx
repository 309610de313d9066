import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlanItem } from '#server/contract/support.ts';
import { type ResultRow, rowsOf, useModule, withQuery } from '../api.ts';
import { useModuleItem } from '../chart/catalogue.ts';
import { MethodButton } from '../chart/MethodButton.tsx';
import { formatNumber, formatShare } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { type Column, DataTable } from '../ui/DataTable.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { latestYear } from '../ui/evidence.ts';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Plans.module.css';

const shownAtFirst = 7;

/** With which schools support begins, and why: sorts the work of the service, and is seen by it and its leader only. */
export function PriorityCard(props: { plans: PlanItem[] }) {
	const { t } = useTranslation('plans');
	const item = useModuleItem('support-priority');
	const answer = useModule('support-priority');
	const { rows, year } = useMemo(() => {
		const all = answer.data ? rowsOf(answer.data) : [];
		const newest = latestYear(all.map((row) => ({ year: Number(row.year) })));
		return { rows: all.filter((row) => row.year === newest), year: newest };
	}, [answer.data]);
	const columns = usePriorityColumns(props.plans);
	return (
		<Card
			title={year === null ? t('priority.title_plain') : t('priority.title', { year })}
			aside={item && <MethodButton module={item} />}
		>
			{answer.error ? (
				<ProblemNote problem={answer.error} retry={() => void answer.refetch()} />
			) : !answer.data ? (
				<Loading rows={4} />
			) : (
				<>
					{rows.length > 0 && <p className={styles.aside}>{t('priority.lead')}</p>}
					<DataTable
						caption={t('priority.title_plain')}
						hideCaption
						rows={rows}
						columns={columns}
						rowKey={(row) => String(row.school_id)}
						sort={{ id: 'priority', desc: true }}
						limit={shownAtFirst}
						empty={<EmptyState title={t('priority.none')}>{t('priority.none_why')}</EmptyState>}
					/>
				</>
			)}
		</Card>
	);
}

function usePriorityColumns(plans: PlanItem[]): Column<ResultRow>[] {
	const { t } = useTranslation('plans');
	const language = useLanguage();
	const { session } = useSession();
	const mayDraft = session?.acts.includes('draft-plan') ?? false;
	return useMemo(() => {
		const open = new Map(
			plans
				.filter(({ state }) => state !== 'completed' && state !== 'cancelled')
				.map((plan) => [plan.school_id, plan]),
		);
		const number = (id: string, isShare: boolean): Column<ResultRow> => ({
			id,
			label: t(`priority.${id}`),
			value: (row) => row[id] as number | null,
			align: 'end',
			render: (row) =>
				typeof row[id] !== 'number'
					? '—'
					: isShare
						? formatShare(row[id], language)
						: formatNumber(row[id], language, 1),
		});
		return [
			{
				id: 'school',
				label: t('priority.school'),
				value: (row) => String(row.school_name),
				isHeading: true,
				render: (row) => (
					<Link to={withQuery(`/schools/${row.school_id}`, { year: Number(row.year) })}>
						{String(row.school_name)}
					</Link>
				),
			},
			number('priority', false),
			{
				id: 'reason',
				label: t('priority.reason'),
				value: (row) => String(row.reason_text),
				width: '30ch',
			},
			number('need', false),
			number('certainty', true),
			number('coverage', true),
			{
				id: 'plan',
				label: t('priority.plan'),
				value: (row) => (row.has_plan ? 1 : 0),
				render: (row) => {
					const plan = open.get(String(row.school_id));
					if (plan) return <Link to={`/plans/${plan.plan_id}`}>{t('priority.open_plan')}</Link>;
					if (!mayDraft) return '—';
					const module = row.is_doubtful ? 'result-objectivity' : 'low-results';
					const query = { school: String(row.school_id), module, year: Number(row.year) };
					return <Link to={withQuery('/plans/new', query)}>{t('priority.make_plan')}</Link>;
				},
			},
		];
	}, [t, language, plans, mayDraft]);
}
