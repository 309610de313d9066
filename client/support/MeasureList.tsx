import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MeasureItem, PlanDetail } from '#server/contract/support.ts';
import { dayIn } from '../days.ts';
import { formatDate } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { useSession } from '../session.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Card } from '../ui/Page.tsx';
import { MeasureAdd } from './MeasureAdd.tsx';
import { MeasureReport } from './MeasureReport.tsx';
import styles from './Plans.module.css';

const marks: Record<MeasureItem['state'], string> = {
	planned: '○',
	in_progress: '◔',
	done: '●',
	cancelled: '—',
};

/** Measures with their owners, dates and states; whoever carries them out reports right here. */
export function MeasureList(props: { plan: PlanDetail }) {
	const { t } = useTranslation('plans');
	const { session } = useSession();
	const { plan } = props;
	const isOver = plan.state === 'completed' || plan.state === 'cancelled';
	const may = (act: string) => !isOver && (session?.acts.includes(act) ?? false);
	return (
		<Card title={t('measures.title')}>
			{plan.measures.length === 0 ? (
				<EmptyState title={t('measures.none')}>{t('measures.none_why')}</EmptyState>
			) : (
				<ol className={styles.measures}>
					{plan.measures.map((measure) => (
						<Measure
							key={measure.measure_id}
							measure={measure}
							plan={plan.plan_id}
							mayReport={may('report-measure') && plan.state !== 'draft'}
						/>
					))}
				</ol>
			)}
			{may('decide-plan') && <MeasureAdd plan={plan} />}
			{plan.state === 'draft' && <p className={styles.aside}>{t('measures.after_agreement')}</p>}
		</Card>
	);
}

function Measure(props: { measure: MeasureItem; plan: string; mayReport: boolean }) {
	const { t } = useTranslation('plans');
	const language = useLanguage();
	const [isOpen, setOpen] = useState(false);
	const [isSaved, setSaved] = useState(false);
	const { measure } = props;
	const isLate =
		(measure.state === 'planned' || measure.state === 'in_progress') && measure.due_on < dayIn(0);
	return (
		<li className={styles.measure}>
			<div className={styles.planHead}>
				<span className={styles.name}>{measure.title}</span>
				<span className={styles.measureState}>
					<span aria-hidden="true">{marks[measure.state]} </span>
					{t(`measure_state.${measure.state}`)}
					{isLate && <strong className={styles.overdue}> · {t('measures.late')}</strong>}
				</span>
			</div>
			<p className={styles.facts}>
				{measure.owner} ·{' '}
				{t('measures.window', {
					from: formatDate(measure.starts_on, language),
					to: formatDate(measure.due_on, language),
				})}
				{measure.done_on && ` · ${t('measures.done_on', { date: formatDate(measure.done_on, language) })}`}
			</p>
			{measure.progress && <p className={styles.progress}>{measure.progress}</p>}
			{props.mayReport && !isOpen && (
				<div className={`${styles.foot} no-print`}>
					<Button
						variant="default"
						aria-label={t('measures.report_of', { title: measure.title })}
						onClick={() => {
							setSaved(false);
							setOpen(true);
						}}
					>
						{t('measures.report')}
					</Button>
					<span role="status" className={styles.aside}>
						{isSaved && t('measures.saved')}
					</span>
				</div>
			)}
			{isOpen && (
				<MeasureReport
					plan={props.plan}
					measure={measure}
					onClose={(saved) => {
						setOpen(false);
						setSaved(saved);
					}}
				/>
			)}
		</li>
	);
}
