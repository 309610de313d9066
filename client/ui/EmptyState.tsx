import type { ReactNode } from 'react';
import styles from './Note.module.css';

/** Nothing is here yet, said with what would fill it. Not for hidden or failed things. */
export function EmptyState(props: { title: string; children?: ReactNode; action?: ReactNode }) {
	return (
		<div className={`${styles.note} ${styles.empty}`}>
			<strong>{props.title}</strong>
			{props.children && <p>{props.children}</p>}
			{props.action}
		</div>
	);
}
