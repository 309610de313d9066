import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PlanItem } from '#server/contract/support.ts';
import { rowsOf, useModule, useReply, withQuery } from '../api.ts';
import { formatInterval } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { EvidenceLevel } from '../ui/EvidenceLevel.tsx';
import { latestYear, readEvidence, readLowResults } from '../ui/evidence.ts';
import { Loading } from '../ui/Loading.tsx';
import { Card } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { unbroken } from '../ui/unbroken.ts';
import { type Concern, listConcerns } from './attention.ts';
import styles from './Today.module.css';

const shownAtFirst = 7;

/** Schools that ask for a decision: level, the strongest reason, the next step, and where the plan stands. */
export function AttentionList(props: { year: number | null }) {
	const { t } = useTranslation(['dashboard', 'school']);
	const { session } = useSession();
	const mayPlans = session?.acts.includes('see-plans') ?? false;
	const signs = useModule('result-objectivity', { year: props.year });
	const results = useModule('low-results', { year: props.year });
	const plans = useReply<PlanItem[]>(mayPlans ? '/api/plans' : null);
	const [isWhole, setWhole] = useState(false);

	const { concerns, year } = useMemo(() => {
		const evidence = signs.data ? rowsOf(signs.data).map(readEvidence) : [];
		const low = results.data ? rowsOf(results.data).map(readLowResults) : [];
		const newest = latestYear([...evidence, ...low]);
		const ofYear = <Row extends { year: number }>(rows: Row[]) => rows.filter((row) => row.year === newest);
		return {
			year: newest,
			concerns: listConcerns(ofYear(evidence), ofYear(low), plans.data ?? []),
		};
	}, [signs.data, results.data, plans.data]);

	const isLoading =
		(!signs.data && !signs.error) ||
		(!results.data && !results.error) ||
		(mayPlans && !plans.data && !plans.error);
	const shown = isWhole ? concerns : concerns.slice(0, shownAtFirst);
	return (
		<Card
			title={t('attention.title')}
			aside={year !== null && <span className={styles.aside}>{t('attention.year', { year })}</span>}
		>
			<div className={styles.problems}>
				{[
					{ query: signs, title: t('attention.signs_failed') },
					{ query: results, title: t('attention.results_failed') },
					{ query: plans, title: t('attention.plans_failed') },
				].map(
					({ query, title }) =>
						query.error && (
							<ProblemNote
								key={title}
								title={title}
								problem={query.error}
								retry={() => void query.refetch()}
							/>
						),
				)}
			</div>
			{isLoading ? (
				<Loading rows={6} />
			) : concerns.length === 0 ? (
				!signs.error &&
				!results.error && (
					<EmptyState
						title={year === null ? t('attention.no_results') : t('attention.none')}
						action={
							year === null && session?.acts.includes('import-results') ? (
								<Link to="/imports">{t('attention.to_imports')}</Link>
							) : undefined
						}
					>
						{year === null ? t('attention.no_results_why') : t('attention.none_why')}
					</EmptyState>
				)
			) : (
				<>
					<ul className={styles.concerns}>
						{shown.map((concern) => (
							<ConcernRow key={concern.school_id} concern={concern} isPlanKnown={Boolean(plans.data)} />
						))}
					</ul>
					<div className={`${styles.cardFoot} no-print`}>
						{concerns.length > shown.length && (
							<button type="button" className={styles.more} onClick={() => setWhole(true)}>
								{t('attention.all', { count: concerns.length })}
							</button>
						)}
						<span className={styles.aside}>{t('attention.order')}</span>
					</div>
				</>
			)}
		</Card>
	);
}

function ConcernRow(props: { concern: Concern; isPlanKnown: boolean }) {
	const { t } = useTranslation(['dashboard', 'school']);
	const text = useLocalText();
	const { concern } = props;
	const { evidence } = concern;
	const first = evidence?.reasons.for[0];
	return (
		<li className={styles.concern}>
			<div className={styles.concernHead}>
				<Link
					to={withQuery(`/schools/${concern.school_id}`, { year: concern.year })}
					className={styles.school}
				>
					{concern.school_name}
				</Link>
				<span className={styles.marks}>
					{evidence && evidence.level !== 'none' && <EvidenceLevel level={evidence.level} />}
					{concern.low?.flag && (
						<span className={styles.lowMark}>
							{t('attention.low')}
							{concern.low.label && (
								<span className={styles.aside}> · {t(`school:certainty.${concern.low.label}`)}</span>
							)}
						</span>
					)}
				</span>
			</div>
			{first && <p className={styles.reason}>{unbroken(text(first.text))}</p>}
			{concern.low?.flag && <LowReason concern={concern} />}
			<div className={styles.concernFoot}>
				<span>
					<span className={styles.aside}>{t('attention.next')}: </span>
					{t(`school:step.${concern.step}`)}
				</span>
				{props.isPlanKnown && <PlanPart concern={concern} />}
			</div>
		</li>
	);
}

function LowReason(props: { concern: Concern }) {
	const { t } = useTranslation(['dashboard', 'school']);
	const language = useLanguage();
	const low = props.concern.low!;
	if (low.share === null) return null;
	const share = formatInterval(
		low.share * 100,
		low.low === null ? null : low.low * 100,
		low.high === null ? null : low.high * 100,
		language,
	);
	return (
		<p className={styles.reason}>
			{unbroken(t('attention.low_reason', { share, n: low.n, count: low.low_procedures }))}
		</p>
	);
}

function PlanPart(props: { concern: Concern }) {
	const { t } = useTranslation(['dashboard', 'school']);
	const { session } = useSession();
	const { plan, evidence, school_id, year } = props.concern;
	if (plan)
		return (
			<Link to={`/plans/${plan.plan_id}`}>
				{t('attention.plan', {
					state: t(`school:plan_state.${plan.state}`),
					done: plan.measures_done,
					total: plan.measures_total,
				})}
				{plan.measures_overdue > 0 && (
					<strong className={styles.overdue}>
						{' '}
						· {t('attention.overdue', { count: plan.measures_overdue })}
					</strong>
				)}
			</Link>
		);
	const module = evidence && evidence.level !== 'none' ? 'result-objectivity' : 'low-results';
	return (
		<span className={styles.noPlan}>
			<span className={styles.aside}>{t('attention.no_plan')}</span>
			{session?.acts.includes('draft-plan') && (
				<Link to={withQuery('/plans/new', { school: school_id, module, year })}>
					{t('attention.make_plan')}
				</Link>
			)}
		</span>
	);
}
