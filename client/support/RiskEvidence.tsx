import { useTranslation } from 'react-i18next';
import { formatDate, formatShort } from '../format.ts';
import { useLanguage, useLocalText } from '../i18n.ts';
import { RiskSignificance } from '../ui/DeficitLevel.tsx';
import styles from './Plans.module.css';
import type { RatedFactor } from './risk-evidence.ts';

/** A risk profile of one year as it stood: each factor with what the service proposed and what the school answered. */
export function RiskEvidence(props: { factors: RatedFactor[] }) {
	const { t } = useTranslation(['plans', 'risks']);
	const { factors } = props;
	const awaited = factors.filter(({ answer }) => answer === 'awaited').length;
	return (
		<section className={styles.evidence}>
			<p className={styles.verdict}>
				<strong>{t('evidence.year', { year: factors[0]?.year })}</strong>
				<span>{t('evidence.factors', { count: factors.length })}</span>
				{awaited > 0 && <span className={styles.aside}>{t('evidence.awaited', { count: awaited })}</span>}
			</p>
			<ul className={styles.factors}>
				{factors.map((factor) => (
					<Factor key={factor.factor} factor={factor} />
				))}
			</ul>
		</section>
	);
}

function Factor(props: { factor: RatedFactor }) {
	const { t } = useTranslation(['plans', 'risks']);
	const text = useLocalText();
	const language = useLanguage();
	const { factor } = props;
	const { answer, verified_on } = factor;
	const inputs = factor.inputs.map(
		({ title, value, good, bad }) =>
			`${text(title)}: ${formatShort(value, language)} (${t('risks:proposal.norm', {
				good: formatShort(good, language),
				bad: formatShort(bad, language),
			})})`,
	);
	return (
		<li>
			<strong>{text(factor.title)}</strong>
			<span className={styles.facts}>
				<RiskSignificance level={factor.significance} />
				{factor.index !== null && (
					<>
						{' · '}
						{t('evidence.index', { index: formatShort(Math.round(factor.index), language) })}
					</>
				)}
				{' · '}
				{t('evidence.proposed', { date: formatDate(factor.proposed_on, language) })}
			</span>
			<span className={styles.facts}>
				{t(`risks:answer.${answer}`)}
				{verified_on && `, ${formatDate(verified_on, language)}`}
				{factor.is_chosen && <strong> · {t('risks:answer.chosen')}</strong>}
			</span>
			{inputs.length > 0 && <span className={styles.aside}>{inputs.join('; ')}</span>}
			{factor.remark && <span className={styles.aside}>{t('evidence.remark', { text: factor.remark })}</span>}
			{factor.answer_remark && (
				<span className={styles.aside}>{t('evidence.answer_remark', { text: factor.answer_remark })}</span>
			)}
		</li>
	);
}
