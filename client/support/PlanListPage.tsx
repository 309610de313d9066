import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import type { PlanItem, PlanState } from '#server/contract/support.ts';
import { useReply } from '../api.ts';
import { useCatalogue } from '../chart/catalogue.ts';
import { dayIn } from '../days.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Plans.module.css';
import { PriorityCard } from './PriorityCard.tsx';

/** In the order of work: what runs, what waits, what is over. */
const states: PlanState[] = ['active', 'agreed', 'draft', 'completed', 'cancelled'];

/** Support plans by state, those with overdue measures first. */
export function PlanListPage() {
	const { t } = useTranslation('plans');
	const { session } = useSession();
	const [params, setParams] = useSearchParams();
	const plans = useReply<PlanItem[]>('/api/plans');
	const catalogue = useCatalogue();
	const maySort = catalogue.data?.some(({ id }) => id === 'support-priority') ?? false;
	const mayDraft = session?.acts.includes('draft-plan') ?? false;
	const isLateOnly = params.get('show') === 'late';
	const all = plans.data ?? [];
	const shown = isLateOnly ? all.filter(isLate) : all;
	const make = mayDraft && (
		<Button component={Link} to="/plans/new">
			{t('list.new')}
		</Button>
	);
	return (
		<Page title={t('list.title')} lead={t('list.lead')} actions={make}>
			{plans.error ? (
				<ProblemNote problem={plans.error} retry={() => void plans.refetch()} />
			) : !plans.data ? (
				<Loading shape="card" rows={3} />
			) : all.length === 0 ? (
				<EmptyState title={t('list.none')} action={make}>
					{mayDraft ? t('list.none_why') : t('list.none_own')}
				</EmptyState>
			) : (
				<>
					{all.some(isLate) && (
						<ChoiceRow
							label={t('list.show')}
							options={['all', 'late'].map((value) => ({ value, label: t(`list.show_${value}`) }))}
							value={isLateOnly ? 'late' : 'all'}
							onChange={(value) => setParams(value === 'late' ? { show: 'late' } : {})}
						/>
					)}
					{states.map((state) => (
						<PlansOfState key={state} state={state} plans={shown.filter((plan) => plan.state === state)} />
					))}
				</>
			)}
			{maySort && !isLateOnly && <PriorityCard plans={all} />}
		</Page>
	);
}

/** Something was due and is not done, in a plan that is still meant to be carried out. */
function isLate(plan: PlanItem): boolean {
	const isOver = plan.state === 'completed' || plan.state === 'cancelled';
	return !isOver && (plan.measures_overdue > 0 || plan.due_on < dayIn(0));
}

function PlansOfState(props: { state: PlanState; plans: PlanItem[] }) {
	const { t } = useTranslation('plans');
	const language = useLanguage();
	if (props.plans.length === 0) return null;
	const plans = props.plans.toSorted(
		(a, b) => Number(isLate(b)) - Number(isLate(a)) || a.due_on.localeCompare(b.due_on),
	);
	return (
		<Card title={t(`group.${props.state}`)}>
			<ul className={styles.plans}>
				{plans.map((plan) => (
					<li key={plan.plan_id}>
						<div className={styles.planHead}>
							<Link to={`/plans/${plan.plan_id}`} className={styles.name}>
								{plan.title}
							</Link>
							{isLate(plan) && (
								<strong className={styles.overdue}>
									{plan.measures_overdue > 0
										? t('list.overdue', { count: plan.measures_overdue })
										: t('list.plan_overdue')}
								</strong>
							)}
						</div>
						<p className={styles.facts}>{plan.school_name}</p>
						<p className={styles.facts}>
							{t('list.measures', { done: plan.measures_done, total: plan.measures_total })}
							{' · '}
							{t('list.due', { date: formatDate(plan.due_on, language) })}
							{' · '}
							{t('list.curator', { name: plan.curator })}
						</p>
					</li>
				))}
			</ul>
		</Card>
	);
}
