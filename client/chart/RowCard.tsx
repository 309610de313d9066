import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultField, ResultRow } from '../api.ts';
import { useLanguage } from '../i18n.ts';
import styles from './Chart.module.css';
import { boundOf, cellText, isReadable } from './cells.ts';
import { labelOf } from './specification.ts';

/** What stands behind a mark: the same card for hover, tap and keyboard. */
export function RowCard(props: {
	row: ResultRow;
	fields: ResultField[];
	x: number;
	y: number;
	width: number;
	hint?: string;
	/** what is said instead of the row's own cells */
	children?: ReactNode;
}) {
	const language = useLanguage();
	const { t } = useTranslation('common');
	const shown = props.fields.filter((field) => isReadable(field) && props.row[field.name] !== null);
	const isRight = props.x > props.width / 2;
	return (
		<div
			className={styles.rowCard}
			role="status"
			style={{
				insetBlockStart: props.y + 12,
				...(isRight
					? { insetInlineEnd: Math.max(0, props.width - props.x + 8) }
					: { insetInlineStart: Math.max(0, props.x + 8) }),
			}}
		>
			{props.children ?? (
				<dl>
					{shown.slice(0, 9).map((field) => (
						<div key={field.name}>
							<dt>{labelOf(field, false)}</dt>
							<dd>
								{boundOf(props.row, field)}
								{cellText(props.row[field.name] ?? null, field, language, t)}
							</dd>
						</div>
					))}
				</dl>
			)}
			{props.hint && <span className={styles.hint}>{props.hint}</span>}
		</div>
	);
}
