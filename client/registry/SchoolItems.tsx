import { NativeSelect } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResultRow } from '../api.ts';
import { itemsPicture } from '../chart/items-picture.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { Card } from '../ui/Page.tsx';
import styles from './School.module.css';

/** How the school did on each item beside the region, one procedure at a time; nothing where no items are known. */
export function SchoolItems(props: { school: string; rows: ResultRow[] }) {
	const { t } = useTranslation('school');
	const [chosen, setChosen] = useState<string | null>(null);
	const byProcedure = Map.groupBy(props.rows, (row) => String(row.procedure_id));
	const known = [...byProcedure.keys()];
	const procedure = chosen !== null && byProcedure.has(chosen) ? chosen : known[0];
	const rows = byProcedure.get(procedure ?? '') ?? [];
	// the picture keeps its identity while the items stay the same
	const items = rows.map(({ item }) => String(item)).join('\n');
	const specification = useMemo(() => itemsPicture(items.split('\n')), [items]);
	const filters = useMemo(
		() => ({ school: props.school, procedure: procedure ?? null }),
		[props.school, procedure],
	);
	const first = rows[0];
	if (!first) return null;
	return (
		<Card title={t('items.title')}>
			<NativeSelect
				className={`${styles.select} no-print`}
				label={t('items.procedure')}
				data={known.map((id) => ({
					value: id,
					label: String(byProcedure.get(id)![0]!.procedure_title),
				}))}
				value={procedure}
				onChange={(event) => setChosen(event.currentTarget.value)}
			/>
			<ModulePicture module="item-completion" filters={filters} specification={specification} />
			<p className={styles.legend}>
				{first.reference === null
					? t('items.legend_alone')
					: t('items.legend', { reference: String(first.reference) })}
			</p>
		</Card>
	);
}
