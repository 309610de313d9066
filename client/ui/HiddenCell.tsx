import { useTranslation } from 'react-i18next';
import styles from './HiddenCell.module.css';

export type HiddenReason = 'suppressed' | 'not-asked' | 'no-data' | 'failed' | 'too-few' | 'protected';

const marks: Record<HiddenReason, string> = {
	suppressed: '▨',
	'not-asked': '·',
	'no-data': '—',
	failed: '!',
	'too-few': '…',
	protected: '▨',
};

/** Why there is no number here; each reason has its own look, so that hidden never reads as empty. */
export function HiddenCell(props: { reason: HiddenReason; detail?: string; compact?: boolean }) {
	const { t } = useTranslation('common');
	const words = props.detail
		? `${t(`hidden.${props.reason}`)}: ${props.detail}`
		: t(`hidden.${props.reason}`);
	return (
		<span className={`${styles.cell} ${styles[props.reason]}`} title={props.compact ? words : undefined}>
			<span aria-hidden="true" className={styles.mark}>
				{marks[props.reason]}
			</span>
			<span className={props.compact ? 'visually-hidden' : undefined}>{words}</span>
		</span>
	);
}
