import { type ReactNode, useEffect } from 'react';
import styles from './Page.module.css';

/** A page: its heading, one line under it, actions beside it; the heading is also the title of the window. */
export function Page(props: {
	title: string;
	lead?: ReactNode;
	actions?: ReactNode;
	/** above the title: where this page belongs */
	above?: ReactNode;
	narrow?: boolean;
	children: ReactNode;
}) {
	useEffect(() => {
		document.title = `${props.title} · Опора`;
	}, [props.title]);
	return (
		<div className={props.narrow ? `${styles.page} ${styles.narrow}` : styles.page}>
			<header className={styles.head}>
				<div className={styles.words}>
					{props.above && <div className={styles.above}>{props.above}</div>}
					<h1>{props.title}</h1>
					{props.lead && <p className={styles.lead}>{props.lead}</p>}
				</div>
				{props.actions && <div className={`${styles.actions} no-print`}>{props.actions}</div>}
			</header>
			{props.children}
		</div>
	);
}

/** A card: a thin rule around one matter; `title` names the region for those who listen. */
export function Card(props: { title?: string; aside?: ReactNode; children: ReactNode; quiet?: boolean }) {
	return (
		<section
			className={props.quiet ? `${styles.card} ${styles.quiet}` : styles.card}
			aria-label={props.title}
		>
			{(props.title || props.aside) && (
				<div className={styles.cardHead}>
					{props.title && <h2>{props.title}</h2>}
					{props.aside}
				</div>
			)}
			{props.children}
		</section>
	);
}
