import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type ModuleResult, type Query, rowsOf, useModule } from '../api.ts';
import { keepRows } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { optionsPicture, wrightPicture } from '../chart/scale-pictures.ts';
import { useNarrow } from '../ui/narrow.ts';
import { Card } from '../ui/Page.tsx';
import styles from './Explore.module.css';

const withoutOptions = (result: ModuleResult) => keepRows(result, 'kind', (kind) => kind !== 'option');

/** Items of a scale: what is worth a look in words, items and people on one ruler, and how options of an item are used. */
export function ItemCards(props: { filters: Query; item: string | null; onItem: (item: string) => void }) {
	const { t } = useTranslation('measurement');
	const isNarrow = useNarrow();
	const answer = useModule('item-quality', props.filters);
	const rows = useMemo(() => (answer.data ? rowsOf(answer.data) : []), [answer.data]);
	const flagged = rows.filter(({ kind, flags }) => kind === 'item' && typeof flags === 'string');
	const map = useMemo(() => wrightPicture(rows, isNarrow, { people: t('people') }), [rows, isNarrow, t]);
	const hasModel = rows.some(({ difficulty }) => typeof difficulty === 'number');
	const withOptions = useMemo(
		() => [
			...new Map(
				rows.filter(({ kind }) => kind === 'option').map((row) => [String(row.item), String(row.item_label)]),
			),
		],
		[rows],
	);
	const chosen = withOptions.some(([item]) => item === props.item) ? props.item : withOptions[0]?.[0];
	const ofItem = useMemo(
		() => rows.filter(({ kind, item }) => kind === 'option' && item === chosen),
		[rows, chosen],
	);
	const title = ofItem[0] ? String(ofItem[0].item_title) : '';
	const keepItem = useCallback(
		(result: ModuleResult): ModuleResult => ({
			...keepRows(
				keepRows(result, 'kind', (kind) => kind === 'option'),
				'item',
				(item) => item === chosen,
			),
			notes: [],
			finding: { title, subtitle: t('options_subtitle'), summary: title },
		}),
		[chosen, title, t],
	);
	const options = useMemo(() => optionsPicture(ofItem, isNarrow), [ofItem, isNarrow]);
	return (
		<>
			<Card title={t('items')}>
				{hasModel && <p className={styles.hint}>{t('items_marks')}</p>}
				<ModulePicture
					module="item-quality"
					filters={props.filters}
					{...(hasModel && { specification: map })}
					keep={withoutOptions}
					empty={t('empty')}
				/>
				{flagged.length > 0 && (
					<ul className={styles.words}>
						{flagged.map(({ item, item_title, flags }) => (
							<li key={String(item)}>
								{item_title} — <strong>{flags}</strong>
							</li>
						))}
					</ul>
				)}
			</Card>
			{chosen && (
				<Card title={t('options')}>
					<NativeSelect
						className="no-print"
						label={t('item')}
						value={chosen}
						onChange={(event) => props.onItem(event.currentTarget.value)}
						data={withOptions.map(([value, label]) => ({ value, label }))}
					/>
					<ModulePicture
						module="item-quality"
						filters={props.filters}
						specification={options}
						keep={keepItem}
						empty={t('empty')}
						isEcho
					/>
				</Card>
			)}
		</>
	);
}
