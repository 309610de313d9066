import styles from './IntervalMark.module.css';

/** A share with its interval on a line from 0 to 100 %, and the threshold it is held against: a dot among words. */
export function IntervalMark(props: {
	/** shares between 0 and 1 */
	value: number;
	low: number | null;
	high: number | null;
	threshold?: number;
	/** what a screen reader says instead */
	label: string;
}) {
	const place = (share: number) => 4 + Math.min(1, Math.max(0, share)) * 152;
	return (
		<svg className={styles.mark} viewBox="0 0 160 20" role="img" aria-label={props.label}>
			<line className={styles.line} x1="4" x2="156" y1="10" y2="10" />
			{props.threshold !== undefined && (
				<line
					className={styles.threshold}
					x1={place(props.threshold)}
					x2={place(props.threshold)}
					y1="1"
					y2="19"
				/>
			)}
			{props.low !== null && props.high !== null && (
				<line className={styles.interval} x1={place(props.low)} x2={place(props.high)} y1="10" y2="10" />
			)}
			<circle className={styles.dot} cx={place(props.value)} cy="10" r="4.5" />
		</svg>
	);
}
