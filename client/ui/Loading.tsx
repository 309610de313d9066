import { useTranslation } from 'react-i18next';
import styles from './Loading.module.css';

/** Grey shapes where the content will stand, so that nothing jumps when it arrives. */
export function Loading(props: { shape?: 'page' | 'card' | 'lines' | 'chart'; rows?: number }) {
	const { t } = useTranslation('common');
	const rows = Array.from({ length: props.rows ?? (props.shape === 'page' ? 3 : 4) }, (_, index) => index);
	return (
		<div className={`${styles.loading} ${styles[props.shape ?? 'lines']}`} role="status" aria-busy="true">
			<span className="visually-hidden">{t('loading')}</span>
			{rows.map((row) => (
				<span key={row} className={styles.bar} aria-hidden="true" />
			))}
		</div>
	);
}
