import { useTranslation } from 'react-i18next';
import type { PlanDetail } from '#server/contract/support.ts';
import { formatMoment } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import { Card } from '../ui/Page.tsx';
import styles from './Plans.module.css';

/** Who did what with the plan, newest first; lines are never changed. */
export function PlanHistory(props: { plan: PlanDetail }) {
	const { t } = useTranslation('plans');
	const language = useLanguage();
	const events = props.plan.events.toSorted((a, b) => b.at.localeCompare(a.at));
	return (
		<Card title={t('history.title')}>
			<ul className={styles.history}>
				{events.map((event, index) => (
					// biome-ignore lint/suspicious/noArrayIndexKey: several lines may share a moment, and none ever moves
					<li key={`${event.at}-${index}`}>
						<span>
							{t(`event.${event.action}`, { defaultValue: event.action })}
							{event.detail && `: ${event.detail}`}
						</span>
						<span className={styles.aside}>
							{event.by_name} · {formatMoment(event.at, language)}
						</span>
					</li>
				))}
			</ul>
		</Card>
	);
}
