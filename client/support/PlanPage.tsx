import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useParams } from 'react-router';
import type { PlanDetail } from '#server/contract/support.ts';
import { useReply } from '../api.ts';
import { formatDate, formatMoment, formatShort } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Figure } from '../ui/Figure.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { EvidenceSummary } from './EvidenceSummary.tsx';
import { MeasureList } from './MeasureList.tsx';
import { PlanHistory } from './PlanHistory.tsx';
import { PlanSteps } from './PlanSteps.tsx';
import styles from './Plans.module.css';

/** One plan: what it is to change, by what measures and how far they are, and the evidence as it stood on its day. */
export function PlanPage() {
	const { id } = useParams();
	return id ? <Plan key={id} id={id} /> : null;
}

function Plan(props: { id: string }) {
	const { t } = useTranslation('plans');
	const isNew = (useLocation().state as { created?: boolean } | null)?.created === true;
	const plan = useReply<PlanDetail>(`/api/plans/${props.id}`);
	const above = <Link to="/plans">{t('list.title')}</Link>;
	if (plan.error)
		return (
			<Page title={t('one')} above={above}>
				<ProblemNote problem={plan.error} retry={() => void plan.refetch()} />
			</Page>
		);
	if (!plan.data) return <Loading shape="page" />;
	const { data } = plan;
	return (
		<Page
			title={data.title}
			above={above}
			lead={
				<>
					<strong>{t(`state.${data.state}`)}</strong>
					{' · '}
					<Link to={`/schools/${data.school_id}`}>{data.school_name}</Link>
				</>
			}
			actions={
				<Button variant="default" onClick={() => window.print()}>
					{t('print')}
				</Button>
			}
		>
			{isNew && data.state === 'draft' && (
				<p role="status" className={`${styles.saved} no-print`}>
					{t('form.saved')}
				</p>
			)}
			<PlanSteps plan={data} />
			<div className={styles.columns}>
				<div className={styles.main}>
					<Goal plan={data} />
					<MeasureList plan={data} />
					<Evidence plan={data} />
				</div>
				<div className={styles.main}>
					<Facts plan={data} />
					<PlanHistory plan={data} />
				</div>
			</div>
		</Page>
	);
}

function Goal(props: { plan: PlanDetail }) {
	const { t } = useTranslation('plans');
	const language = useLanguage();
	const { plan } = props;
	const value = (number: number | null) => (number === null ? '—' : formatShort(number, language));
	const share = plan.measures_total === 0 ? 0 : (plan.measures_done / plan.measures_total) * 100;
	return (
		<Card title={t('goal.title')}>
			<p className={styles.goal}>{plan.goal}</p>
			<p className={styles.aside}>{plan.indicator}</p>
			<div className={styles.figures}>
				<Figure
					size="large"
					value={value(plan.baseline)}
					unit={plan.unit}
					label={t('goal.baseline')}
					card={{
						definition: t('goal.baseline_definition'),
						date: formatDate(plan.created_at, language),
						caveat: t('goal.caveat'),
					}}
				/>
				<Figure
					size="large"
					value={value(plan.target)}
					unit={plan.unit}
					label={t('goal.target', { date: formatDate(plan.due_on, language) })}
				/>
				<Figure
					size="large"
					value={t('goal.done', { done: plan.measures_done, total: plan.measures_total })}
					label={t('goal.measures')}
				/>
			</div>
			<div className={styles.bar} aria-hidden="true">
				<span style={{ width: `${share}%` }} />
			</div>
			<p className={styles.aside}>{t('goal.effect')}</p>
		</Card>
	);
}

function Evidence(props: { plan: PlanDetail }) {
	const { t } = useTranslation('plans');
	const language = useLanguage();
	const { plan } = props;
	const { evidence } = plan;
	if (!evidence)
		return (
			<Card title={t('evidence.title')}>
				<p className={styles.aside}>{t('evidence.none')}</p>
			</Card>
		);
	const { meta } = evidence;
	const year = typeof meta.filters.year === 'number' ? meta.filters.year : null;
	return (
		<Card
			title={t('evidence.title')}
			aside={
				<span className={styles.aside}>
					{t('evidence.frozen', { at: formatMoment(meta.computed_at, language), version: meta.version })}
				</span>
			}
		>
			<EvidenceSummary result={evidence} school={plan.school_id} year={year} />
			<p className={styles.aside}>{t('evidence.unchanged', { watermark: meta.watermark })}</p>
		</Card>
	);
}

function Facts(props: { plan: PlanDetail }) {
	const { t } = useTranslation('plans');
	const language = useLanguage();
	const { plan } = props;
	const lines: [string, string][] = [
		['basis', t(`basis.${plan.basis}`)],
		['curator', plan.curator],
		['due_on', formatDate(plan.due_on, language)],
		['created', formatDate(plan.created_at, language)],
	];
	return (
		<Card title={t('facts.title')}>
			<dl className={styles.terms}>
				{lines.map(([name, value]) => (
					<div key={name}>
						<dt>{t(`facts.${name}`)}</dt>
						<dd>{value}</dd>
					</div>
				))}
			</dl>
		</Card>
	);
}
