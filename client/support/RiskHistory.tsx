import { useTranslation } from 'react-i18next';
import type { RiskProfile } from '#server/contract/risks.ts';
import { formatMoment } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Card } from '../ui/Page.tsx';
import styles from './Plans.module.css';

/** Who proposed what and what the school answered, newest first; lines are never changed. */
export function RiskHistory(props: { history: RiskProfile['history'] }) {
	const { t } = useTranslation('risks');
	const language = useLanguage();
	const text = useLocalText();
	return (
		<Card title={t('history.title')}>
			{props.history.length === 0 ? (
				<EmptyState title={t('history.none')} />
			) : (
				<ul className={styles.history}>
					{props.history.map((line, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: several lines may share a moment, and none ever moves
						<li key={`${line.at}-${index}`}>
							<span>
								{text(line.title)}:{' '}
								{line.act === 'proposed'
									? t('history.proposed', { significance: t(`significance.${line.significance}`) })
									: t(`answer.${line.act}`)}
								{line.is_chosen && `, ${t('answer.chosen')}`}
								{line.remark && ` — ${line.remark}`}
							</span>
							<span className={styles.aside}>
								{line.by_name} · {formatMoment(line.at, language)}
							</span>
						</li>
					))}
				</ul>
			)}
		</Card>
	);
}
