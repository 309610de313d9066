import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ModuleResult } from '../api.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import styles from './QualityChoice.module.css';

/**
 * Whether responses with signs of inattentive answering count. Nothing is left out unless somebody chooses so; then it
 * stands here in words how many, and why.
 */
export function QualityChoice(props: {
	value: string | null;
	onChange: (quality: string | null) => void;
	/** the answer whose notes say how many were left out */
	result?: ModuleResult | undefined;
	/** the campaign whose signs the link opens */
	campaign?: string | null;
	hasPage?: boolean;
}) {
	const { t } = useTranslation('quality');
	const isLeftOut = props.value === 'unflagged';
	const said = isLeftOut ? props.result?.notes.find(({ code }) => code.startsWith('left-out')) : undefined;
	const campaign = props.campaign ? `?campaign=${encodeURIComponent(props.campaign)}` : '';
	return (
		<div className={styles.quality}>
			<ChoiceRow
				label={t('choice.label')}
				options={['all', 'unflagged'].map((value) => ({ value, label: t(`choice.${value}`) }))}
				value={isLeftOut ? 'unflagged' : 'all'}
				onChange={(value) => props.onChange(value === 'unflagged' ? value : null)}
			/>
			{said && (
				<p className={styles.said} role="status">
					{said.text}
				</p>
			)}
			{props.hasPage && (
				<Link to={`/quality${campaign}`} className="no-print">
					{t('choice.more')}
				</Link>
			)}
		</div>
	);
}
