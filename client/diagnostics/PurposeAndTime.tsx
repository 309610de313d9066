import { useTranslation } from 'react-i18next';
import type { MyDiagnostic } from '#server/contract/my.ts';
import { formatDate } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import styles from './ConsentScreen.module.css';

/** The first thing that is said of an instrument: what it is for, how long it takes, and whether one may break off. */
export function PurposeAndTime({ diagnostic }: { diagnostic: MyDiagnostic }) {
	const { t } = useTranslation('diagnostics');
	const text = useLocalText();
	const language = useLanguage();
	const limit = Number(diagnostic.survey?.timeLimit ?? diagnostic.survey?.maxTimeToFinish ?? 0);
	return (
		<section className={styles.plain} aria-label={t('start.title')}>
			<p className={styles.purpose}>{text(diagnostic.purpose)}</p>
			<ul>
				<li>{t('start.minutes', { count: diagnostic.minutes })}</li>
				{limit > 0 ? (
					<li>{t('start.limit', { count: Math.ceil(limit / 60) })}</li>
				) : (
					<li>{t(diagnostic.mode === 'anonymous' ? 'start.pause_here' : 'start.pause')}</li>
				)}
				<li>{t('start.until', { day: formatDate(diagnostic.closes_on, language) })}</li>
			</ul>
		</section>
	);
}
