import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatNumber } from '../format.ts';
import { useLanguage } from '../i18n.ts';
import styles from './Figure.module.css';

/** What stands behind a number; every given line is shown, none is made up. */
export interface FigureCard {
	definition: ReactNode;
	formula?: ReactNode;
	source?: ReactNode;
	date?: ReactNode;
	version?: ReactNode;
	/** what would change it */
	caveat?: ReactNode;
}

/**
 * A number with its unit, interval and n; the dotted underline opens the card that says where it comes from.
 * `value` is already in words of the reader's language (see format.ts).
 */
export function Figure(props: {
	value: string;
	unit?: string;
	/** «36–46» or «± 7» */
	interval?: string | null;
	n?: number | null;
	label?: string;
	size?: 'large' | 'text';
	card?: FigureCard;
}) {
	const { t } = useTranslation('common');
	const language = useLanguage();
	const [isOpen, setOpen] = useState(false);
	const id = useId();
	const root = useRef<HTMLSpanElement>(null);

	useEffect(() => {
		if (!isOpen) return;
		const close = (event: Event) => {
			if (
				event instanceof KeyboardEvent
					? event.key === 'Escape'
					: !root.current?.contains(event.target as Node)
			)
				setOpen(false);
		};
		document.addEventListener('keydown', close);
		document.addEventListener('pointerdown', close);
		return () => {
			document.removeEventListener('keydown', close);
			document.removeEventListener('pointerdown', close);
		};
	}, [isOpen]);

	const number = (
		<>
			<span className={styles.value}>{props.value}</span>
			{props.unit && <span className={styles.unit}> {props.unit}</span>}
		</>
	);
	const lines: [string, ReactNode][] = props.card
		? [
				[t('figure.formula'), props.card.formula],
				[t('figure.source'), props.card.source],
				[t('figure.date'), props.card.date],
				[t('figure.version'), props.card.version],
				[t('figure.caveat'), props.card.caveat],
			]
		: [];

	return (
		<span ref={root} className={props.size === 'large' ? `${styles.figure} ${styles.large}` : styles.figure}>
			{props.label && <span className={styles.label}>{props.label}</span>}
			{props.card ? (
				<button
					type="button"
					className={styles.opener}
					aria-expanded={isOpen}
					aria-controls={id}
					title={t('figure.open')}
					onClick={() => setOpen(!isOpen)}
				>
					{number}
				</button>
			) : (
				<span>{number}</span>
			)}
			{(props.interval || props.n != null) && (
				<span className={styles.spread}>
					{props.interval && <span>{props.interval}</span>}
					{props.n != null && <span>n = {formatNumber(props.n, language)}</span>}
				</span>
			)}
			{props.card && isOpen && (
				<span id={id} role="note" className={styles.card}>
					<span className={styles.definition}>{props.card.definition}</span>
					{lines
						.filter(([, text]) => text)
						.map(([name, text]) => (
							<span key={name} className={styles.line}>
								<span className={styles.name}>{name}</span>
								<span>{text}</span>
							</span>
						))}
				</span>
			)}
		</span>
	);
}
