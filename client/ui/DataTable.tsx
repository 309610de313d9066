import {
	createSortedRowModel,
	rowSortingFeature,
	type SortingState,
	tableFeatures,
	useTable,
} from '@tanstack/react-table';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './DataTable.module.css';

type Sortable = string | number | boolean | null | undefined;

export interface Column<Row> {
	id: string;
	label: string;
	/** what sorting compares and what is shown when there is no `render` */
	value: (row: Row) => Sortable;
	render?: (row: Row) => ReactNode;
	align?: 'start' | 'end';
	/** the cell that names the row, read out as its heading */
	isHeading?: boolean;
	width?: string;
}

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** Empty cells stand last whichever way the column is sorted. */
function compare(left: Sortable, right: Sortable): number {
	if (typeof left === 'number' && typeof right === 'number') return left - right;
	return String(left).localeCompare(String(right), 'ru', { numeric: true });
}

/** A table that sorts: the twin of every picture and every list of staff pages. On a phone each row is a paragraph whose
 * values carry their labels. */
export function DataTable<Row>(props: {
	caption: string;
	rows: Row[];
	columns: Column<Row>[];
	rowKey: (row: Row, index: number) => string;
	/** Enter or a click on a row */
	onRow?: (row: Row) => void;
	sort?: { id: string; desc?: boolean };
	empty?: ReactNode;
	/** rows drawn at first; the rest one button away */
	limit?: number;
	hideCaption?: boolean;
}) {
	const { t } = useTranslation('common');
	const { rows, columns, limit = 200 } = props;
	const [sorting, setSorting] = useState<SortingState>(
		props.sort ? [{ id: props.sort.id, desc: props.sort.desc ?? false }] : [],
	);
	const [isWhole, setWhole] = useState(false);
	const definitions = useMemo(
		() =>
			columns.map((column) => ({
				id: column.id,
				accessorFn: (row: Row) => column.value(row) ?? undefined,
				sortUndefined: 'last' as const,
				sortFn: (left: { original: Row }, right: { original: Row }) =>
					compare(column.value(left.original), column.value(right.original)),
			})),
		[columns],
	);
	const table = useTable({
		features,
		columns: definitions as never,
		data: rows as never[],
		state: { sorting },
		onSortingChange: setSorting as never,
	});
	if (rows.length === 0 && props.empty) return props.empty;
	const byId = new Map(columns.map((column) => [column.id, column]));
	const sorted = table.getRowModel().rows as { index: number; original: Row }[];
	const shown = isWhole ? sorted : sorted.slice(0, limit);

	const sortBy = (id: string) => {
		const current = sorting[0];
		setSorting([{ id, desc: current?.id === id ? !current.desc : false }]);
	};

	return (
		// biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
		<section className={styles.scroll} aria-label={props.caption} tabIndex={0}>
			<table className={styles.table}>
				<caption className={props.hideCaption ? 'visually-hidden' : styles.caption}>{props.caption}</caption>
				<thead>
					<tr>
						{columns.map((column) => {
							const mine = sorting[0]?.id === column.id ? sorting[0] : undefined;
							return (
								<th
									key={column.id}
									scope="col"
									className={column.align === 'end' ? styles.end : undefined}
									style={{ width: column.width, minWidth: column.width }}
									aria-sort={mine ? (mine.desc ? 'descending' : 'ascending') : undefined}
								>
									<button type="button" className={styles.sort} onClick={() => sortBy(column.id)}>
										{column.label}
										<span aria-hidden="true" className={styles.arrow}>
											{mine ? (mine.desc ? '↓' : '↑') : ''}
										</span>
									</button>
								</th>
							);
						})}
					</tr>
				</thead>
				<tbody>
					{shown.map((entry) => {
						const row = entry.original;
						const open = props.onRow && (() => props.onRow?.(row));
						return (
							<tr
								key={props.rowKey(row, entry.index)}
								className={open ? styles.active : undefined}
								tabIndex={open ? 0 : undefined}
								onClick={open}
								onKeyDown={
									open && ((event) => event.key === 'Enter' && event.target === event.currentTarget && open())
								}
							>
								{columns.map((column) => {
									const { render, value, isHeading, align } = byId.get(column.id)!;
									const content = render ? render(row) : (value(row) ?? '—');
									const className = align === 'end' ? styles.end : undefined;
									return isHeading ? (
										<th key={column.id} scope="row" className={className}>
											{content}
										</th>
									) : (
										<td key={column.id} className={className} data-label={column.label}>
											{content}
										</td>
									);
								})}
							</tr>
						);
					})}
				</tbody>
			</table>
			{shown.length < sorted.length && (
				<button type="button" className={styles.more} onClick={() => setWhole(true)}>
					{t('table.all', { count: sorted.length })}
				</button>
			)}
		</section>
	);
}
