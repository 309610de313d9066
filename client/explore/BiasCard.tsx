import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ModuleResult, type Query, rowsOf, useModule } from '../api.ts';
import { useCatalogue } from '../chart/catalogue.ts';
import { keepRows } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { biasPicture } from '../chart/scale-pictures.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { Card } from '../ui/Page.tsx';
import styles from './Explore.module.css';

/** Whether groups of teachers take the items alike: one dimension, one group against the largest. */
export function BiasCard(props: {
	filters: Query;
	by: string | null;
	group: string | null;
	onBy: (by: string) => void;
	onGroup: (group: string) => void;
}) {
	const { t } = useTranslation('measurement');
	const { t: explore } = useTranslation('explore');
	const isNarrow = useNarrow();
	const dimensions =
		useCatalogue().data?.find(({ id }) => id === 'item-bias')?.dimensions ?? ([] as readonly string[]);
	const by = dimensions.find((name) => name === props.by) ?? dimensions[0] ?? null;
	const filters = useMemo(() => ({ ...props.filters, by }), [props.filters, by]);
	const answer = useModule('item-bias', filters);
	const rows = useMemo(() => (answer.data ? rowsOf(answer.data) : []), [answer.data]);
	const groups = useMemo(
		() => [
			...new Map(
				rows
					.filter(({ size }) => size !== null)
					.map((row) => [String(row.group_key), String(row.group_label)]),
			),
		],
		[rows],
	);
	const chosen = groups.some(([key]) => key === props.group) ? props.group : groups[0]?.[0];
	const keep = useCallback(
		(result: ModuleResult) =>
			chosen === undefined ? result : keepRows(result, 'group_key', (key) => key === chosen),
		[chosen],
	);
	const ofGroup = useMemo(() => rows.filter(({ group_key }) => group_key === chosen), [rows, chosen]);
	const picture = useMemo(() => biasPicture(ofGroup, isNarrow), [ofGroup, isNarrow]);
	const named = rows.filter(({ size }) => size === 'moderate' || size === 'large');
	return (
		<Card title={t('bias')}>
			<p className={styles.hint}>{t('bias_marks')}</p>
			<div className={`${styles.choices} no-print`}>
				<ChoiceRow
					label={t('by')}
					options={dimensions.map((value) => ({ value, label: explore(`dimension.${value}`) }))}
					value={by ?? ''}
					onChange={props.onBy}
				/>
				{groups.length > 1 && (
					<ChoiceRow
						label={t('group')}
						options={groups.map(([value, label]) => ({ value, label }))}
						value={chosen ?? ''}
						onChange={props.onGroup}
					/>
				)}
			</div>
			<ModulePicture
				module="item-bias"
				filters={filters}
				{...(ofGroup.length > 0 && { specification: picture })}
				keep={keep}
				empty={t('nothing_to_compare')}
			/>
			{named.length > 0 && (
				<ul className={styles.words}>
					{named.map((row) => (
						<li key={`${row.item} ${row.group_key}`}>
							{row.item_title} — <strong>{row.verdict}</strong> ({row.group_label})
						</li>
					))}
				</ul>
			)}
		</Card>
	);
}
