import { useTranslation } from 'react-i18next';
import { chooseScheme, type SchemeChoice, useScheme } from '../theme/scheme.ts';
import styles from './Switch.module.css';

const next: Record<SchemeChoice, SchemeChoice> = { auto: 'light', light: 'dark', dark: 'auto' };

/** One button through three states: as the system, light, dark. */
export function SchemeSwitch() {
	const { t } = useTranslation('common');
	const { choice } = useScheme();
	const words = t(`scheme.${choice}`);
	return (
		<button
			type="button"
			className={styles.icon}
			title={words}
			aria-label={words}
			onClick={() => chooseScheme(next[choice])}
		>
			<svg viewBox="0 0 20 20" aria-hidden="true">
				<circle cx="10" cy="10" r="6.5" />
				{choice === 'auto' && <path d="M10 3.5a6.5 6.5 0 0 1 0 13z" />}
				{choice === 'dark' && <path d="M10 3.5a6.5 6.5 0 1 0 6.5 6.5A5 5 0 0 1 10 3.5z" />}
				{choice === 'light' && <circle cx="10" cy="10" r="2.5" className={styles.dot} />}
			</svg>
		</button>
	);
}
