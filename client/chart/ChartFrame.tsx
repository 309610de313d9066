import { type KeyboardEvent, lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ModuleResult, type ResultRow, rowsOf, saveAs } from '../api.ts';
import { useLanguage } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { unbroken } from '../ui/unbroken.ts';
import styles from './Chart.module.css';
import type { Picture } from './Chart.tsx';
import { toCsv } from './export.ts';
import { groupKey, groupRows, type RowGroup, readGrouping } from './groups.ts';
import { RowGroups } from './RowGroups.tsx';
import type { Specification } from './specification.ts';

const Chart = lazy(() => import('./Chart.tsx').then((file) => ({ default: file.Chart })));
const ChartTable = lazy(() => import('./ChartTable.tsx').then((file) => ({ default: file.ChartTable })));

/**
 * A finding with its picture: title and subtitle in words, the drawing, its table one key (T) away, exports, notes.
 * Loading, failed and empty are told apart. Pages use this; Vega arrives only when a picture is to be drawn.
 */
export function ChartFrame(props: {
	/** file name of exports and key of the picture */
	name: string;
	specification: Specification | null;
	result: ModuleResult | undefined;
	problem?: unknown;
	retry?: () => void;
	onSelect?: (row: ResultRow) => void;
	/** heading level and extra actions of the page */
	actions?: ReactNode;
	empty?: string;
}) {
	const { t } = useTranslation('common');
	const language = useLanguage();
	const [isTable, setTable] = useState(props.specification === null);
	const [picture, setPicture] = useState<Picture | null>(null);
	const [failure, setFailure] = useState<Error | null>(null);
	const { result } = props;
	const rows = useMemo(() => (result ? rowsOf(result) : []), [result]);
	const fields = useFields(result);
	const [chosen, setChosen] = useState<{ key: string; at: number } | null>(null);
	const grouping = useMemo(
		() => props.specification && readGrouping(props.specification),
		[props.specification],
	);
	const groups = useMemo(() => (grouping ? groupRows(grouping, rows) : []), [grouping, rows]);
	const onReady = useCallback((ready: Picture | null) => {
		setPicture(ready);
		if (ready) setFailure(null);
	}, []);

	if (props.problem && !result) return <ProblemNote problem={props.problem} retry={props.retry} />;
	if (!result || !fields) return <Loading shape="chart" rows={7} />;
	const { title, subtitle, summary } = result.finding;

	const onKeyDown = (event: KeyboardEvent) => {
		const isTyping =
			event.target instanceof HTMLElement && /input|select|textarea/i.test(event.target.tagName);
		if (event.code === 'KeyT' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey)
			setTable(!isTable);
	};
	const save = async (kind: 'svg' | 'png' | 'csv') => {
		if (kind === 'csv')
			saveAs(new Blob([toCsv(fields, rows, language)], { type: 'text/csv' }), `${props.name}.csv`);
		else if (picture && kind === 'svg')
			saveAs(new Blob([await picture.toSvg()], { type: 'image/svg+xml' }), `${props.name}.svg`);
		else if (picture) saveAs(await picture.toPng(), `${props.name}.png`);
	};

	return (
		<figure className={styles.frame} onKeyDown={onKeyDown}>
			<figcaption className={styles.words}>
				<h3>{unbroken(title)}</h3>
				<p className={styles.subtitle}>{unbroken(subtitle)}</p>
				{summary && summary !== title && <p className="visually-hidden">{summary}</p>}
			</figcaption>
			{rows.length === 0 ? (
				<EmptyState title={props.empty ?? t('chart.empty')} />
			) : isTable || !props.specification ? (
				<Suspense fallback={<Loading />}>
					<ChartTable fields={fields} rows={rows} caption={title} onSelect={props.onSelect} />
				</Suspense>
			) : failure ? (
				<ProblemNote problem={failure} title={t('chart.failed')} />
			) : (
				<Suspense fallback={<Loading shape="chart" rows={7} />}>
					<Chart
						specification={props.specification}
						fields={fields}
						rows={rows}
						description={summary || title}
						groups={
							grouping
								? {
										of: (row) => groups.find(({ key }) => key === groupKey(grouping, row)),
										choose: ({ key }: RowGroup) => setChosen((last) => ({ key, at: (last?.at ?? 0) + 1 })),
									}
								: undefined
						}
						onSelect={props.onSelect}
						onReady={onReady}
						onFailure={setFailure}
					/>
				</Suspense>
			)}
			{grouping && !isTable && <RowGroups groups={groups} fields={fields} chosen={chosen} />}
			{result.notes.length > 0 && (
				<ul className={styles.notes}>
					{result.notes.map((note) => (
						<li key={`${note.code}${note.text}`}>
							{note.text}
							{note.count !== undefined && ` (${note.count})`}
						</li>
					))}
				</ul>
			)}
			<div className={`${styles.tools} no-print`}>
				{props.specification && rows.length > 0 && (
					<button
						type="button"
						aria-pressed={isTable}
						aria-keyshortcuts="t"
						onClick={() => setTable(!isTable)}
					>
						{isTable ? t('chart.picture') : t('chart.table')} <kbd>T</kbd>
					</button>
				)}
				{rows.length > 0 && (
					<>
						{picture && !isTable && (
							<>
								<button type="button" onClick={() => void save('svg')}>
									SVG
								</button>
								<button type="button" onClick={() => void save('png')}>
									PNG
								</button>
							</>
						)}
						<button type="button" onClick={() => void save('csv')}>
							CSV
						</button>
					</>
				)}
				{props.actions}
			</div>
		</figure>
	);
}

/** Fields keep their identity while their names stay, so that new rows never draw a picture anew. */
function useFields(result: ModuleResult | undefined) {
	const fields = result?.fields;
	const signature = fields && JSON.stringify(fields);
	// biome-ignore lint/correctness/useExhaustiveDependencies: compared by content
	return useMemo(() => fields, [signature]);
}
