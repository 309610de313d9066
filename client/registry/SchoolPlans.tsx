import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlanItem } from '#server/contract/support.ts';
import { useReply, withQuery } from '../api.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import type { LowResults, SchoolEvidence } from '../ui/evidence.ts';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './School.module.css';

/** Plans of the school with their state, and the way to make one out of what this page shows. */
export function SchoolPlans(props: {
	school: string;
	year: number | null;
	evidence: SchoolEvidence | null;
	low: LowResults | null;
}) {
	const { t } = useTranslation('school');
	const language = useLanguage();
	const { session } = useSession();
	const plans = useReply<PlanItem[]>('/api/plans', { school: props.school });
	const mayDraft = session?.acts.includes('draft-plan') ?? false;
	const hasSigns = props.evidence !== null && !['none', 'insufficient'].includes(props.evidence.level);
	const module = hasSigns || !props.low?.flag ? 'result-objectivity' : 'low-results';
	const make = mayDraft && (
		<Button
			component={Link}
			to={withQuery('/plans/new', { school: props.school, module, year: props.year })}
			variant={plans.data && plans.data.length > 0 ? 'default' : 'filled'}
			className="no-print"
		>
			{t('plans.make')}
		</Button>
	);
	return (
		<Card title={t('plans.title')}>
			{plans.error ? (
				<ProblemNote problem={plans.error} retry={() => void plans.refetch()} />
			) : !plans.data ? (
				<Loading rows={2} />
			) : plans.data.length === 0 ? (
				<EmptyState title={t('plans.none')} action={make}>
					{mayDraft ? t('plans.none_why') : t('plans.none_own')}
				</EmptyState>
			) : (
				<>
					<ul className={styles.plans}>
						{plans.data.map((plan) => (
							<li key={plan.plan_id}>
								<Link to={`/plans/${plan.plan_id}`}>{plan.title}</Link>
								<span className={styles.planLine}>
									<strong>{t(`plan_state.${plan.state}`)}</strong>
									<span>{t('plans.progress', { done: plan.measures_done, total: plan.measures_total })}</span>
									{plan.measures_overdue > 0 && (
										<span className={styles.overdue}>
											{t('plans.overdue', { count: plan.measures_overdue })}
										</span>
									)}
									<span>{t('plans.due', { date: formatDate(plan.due_on, language) })}</span>
								</span>
							</li>
						))}
					</ul>
					{make}
				</>
			)}
		</Card>
	);
}
