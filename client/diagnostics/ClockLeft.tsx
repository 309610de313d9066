import { useTranslation } from 'react-i18next';
import styles from './ClockLeft.module.css';

/** Seconds before the end at which those who listen are told. */
const told = new Set([600, 300, 60, 30]);
const short = 60;

/** The time left of a survey with a limit: always in sight, said aloud only where it matters. */
export function ClockLeft({ seconds }: { seconds: number }) {
	const { t } = useTranslation('diagnostics');
	if (seconds <= 0)
		return (
			<span className={styles.over} role="status">
				{t('clock.over')}
			</span>
		);
	const left = t('clock.left', { time: clockTime(seconds) });
	return (
		<>
			<span className={seconds <= short ? styles.short : styles.left} role="timer">
				{left}
			</span>
			<span className={styles.told} aria-live="polite">
				{told.has(seconds) && left}
			</span>
		</>
	);
}

/** `9:05`, and with hours `1:09:05`. */
function clockTime(seconds: number): string {
	const two = (value: number) => String(value).padStart(2, '0');
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor((seconds % 3600) / 60);
	const rest = two(seconds % 60);
	return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}
