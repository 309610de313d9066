import { useTranslation } from 'react-i18next';
import styles from './Level.module.css';

export type Evidence = 'none' | 'watch' | 'sign' | 'persistent' | 'insufficient';

const order: Record<string, Evidence> = {
	'0': 'none',
	'1': 'watch',
	'2': 'sign',
	'3': 'persistent',
	X: 'insufficient',
};

/** The level behind the codes 0, 1, 2, 3, X of a result row. */
export function evidenceOf(code: string | number | null): Evidence {
	return order[String(code)] ?? (code as Evidence | null) ?? 'insufficient';
}

/** Shape, word and hue: ○ ◔ ◑ ● ▢. The shape is drawn, so that it looks alike on every machine. */
export function EvidenceLevel(props: { level: Evidence; compact?: boolean }) {
	const { t } = useTranslation('common');
	const word = t(`evidence.${props.level}`);
	return (
		<span className={`${styles.level} ${styles[props.level]}`} title={props.compact ? word : undefined}>
			<EvidenceShape level={props.level} />
			<span className={props.compact ? 'visually-hidden' : undefined}>{word}</span>
		</span>
	);
}

function EvidenceShape(props: { level: Evidence }) {
	return (
		<svg className={styles.shape} viewBox="0 0 16 16" aria-hidden="true">
			{props.level === 'insufficient' ? (
				<rect x="2.5" y="2.5" width="11" height="11" rx="1.5" strokeDasharray="2.6 1.8" />
			) : (
				<circle cx="8" cy="8" r="6" />
			)}
			{props.level === 'watch' && <path className={styles.fill} d="M8 8V2a6 6 0 0 1 6 6z" />}
			{props.level === 'sign' && <path className={styles.fill} d="M8 2a6 6 0 0 1 0 12z" />}
			{props.level === 'persistent' && <circle className={styles.fill} cx="8" cy="8" r="6" />}
		</svg>
	);
}
