import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { rowsOf, useModule, withQuery } from '../api.ts';
import { useFilterValues } from '../chart/catalogue.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { heatPicture } from '../chart/pictures.ts';
import { useNarrow } from '../ui/narrow.ts';
import { Card } from '../ui/Page.tsx';
import styles from './School.module.css';

/** What the school's teachers lack, by subject; groups under five people stay hidden. */
export function SchoolDeficits(props: { school: string }) {
	const { t } = useTranslation('school');
	const isNarrow = useNarrow();
	const values = useFilterValues('deficit-map');
	const channel = values.data?.channel?.[0]?.value ?? null;
	const filters = useMemo(() => ({ school: props.school, channel, by: 'subject' }), [props.school, channel]);
	const { data } = useModule('deficit-map', filters);
	const picture = useMemo(() => {
		const rows = data ? rowsOf(data).filter((row) => row.kind === 'competency') : [];
		const labels = (name: string) => [...new Set(rows.map((row) => String(row[name])))];
		return heatPicture({
			groups: labels('group_label'),
			competencies: labels('scale_title'),
			isNarrow,
			legend: false,
		});
	}, [data, isNarrow]);
	return (
		<Card
			title={t('deficits.title')}
			aside={
				<Link
					to={withQuery('/explore', { school: props.school, channel, by: 'subject' })}
					className="no-print"
				>
					{t('deficits.explore')}
				</Link>
			}
		>
			<ModulePicture
				module="deficit-map"
				filters={filters}
				specification={picture}
				empty={t('deficits.empty')}
			/>
			<p className={styles.legend}>{t('deficits.small')}</p>
		</Card>
	);
}
