import { useTranslation } from 'react-i18next';
import type { DraftFinding } from '#server/contract/workshop.ts';
import styles from './Workshop.module.css';

/** What the linter says: each with its remedy, and a way to the question where there is one. */
export function FindingList(props: { findings: DraftFinding[]; onOpen?: (at: string) => void }) {
	const { t } = useTranslation('workshop');
	if (props.findings.length === 0) return null;
	return (
		<ul className={styles.findings}>
			{props.findings.map((finding) => (
				<li key={`${finding.code}${finding.at}${finding.text}`} className={styles[finding.severity]}>
					<strong>{t(`severity.${finding.severity}`)}.</strong> {finding.text}{' '}
					<span className={styles.remedy}>{finding.remedy}</span>
					{props.onOpen && (
						<button type="button" className={styles.link} onClick={() => props.onOpen?.(finding.at)}>
							{t('finding.open')}
						</button>
					)}
				</li>
			))}
		</ul>
	);
}
