import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { rowsOf, useModule, withQuery } from '../api.ts';
import { useFilterValues } from '../chart/catalogue.ts';
import { keepCompetencies } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { heatPicture, heatSides } from '../chart/pictures.ts';
import { QualityChoice } from '../chart/QualityChoice.tsx';
import { useScheme } from '../theme/scheme.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { EmptyState } from '../ui/EmptyState.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { Card } from '../ui/Page.tsx';
import styles from './School.module.css';

const splits = ['seniority_band', 'category', 'subject'];

/** What the school's teachers lack, by seniority first, since its groups are the largest; groups under five people stay hidden. */
export function SchoolDeficits(props: { school: string }) {
	const { t } = useTranslation('school');
	const isNarrow = useNarrow();
	const { scheme } = useScheme();
	const values = useFilterValues('deficit-map');
	const [by, setBy] = useState<string>('seniority_band');
	const channel = values.data?.channel?.[0]?.value ?? null;
	const [params, setParams] = useSearchParams();
	const quality = params.get('quality') === 'unflagged' ? 'unflagged' : null;
	const filters = useMemo(
		() => ({ school: props.school, channel, by, quality }),
		[props.school, channel, by, quality],
	);
	const { data } = useModule('deficit-map', filters);
	const choose = (wanted: string | null) =>
		setParams((before) => {
			const next = new URLSearchParams(before);
			if (wanted) next.set('quality', wanted);
			else next.delete('quality');
			return next;
		});
	const picture = useMemo(
		() => heatPicture({ ...heatSides(data ? rowsOf(data) : []), isNarrow, scheme, legend: false }),
		[data, isNarrow, scheme],
	);
	const shares = data?.columns.prevalence ?? [];
	const isAllHidden = data !== undefined && shares.length > 0 && shares.every((share) => share === null);
	return (
		<Card
			title={t('deficits.title')}
			aside={
				<Link to={withQuery('/explore', { school: props.school, channel, by, quality })} className="no-print">
					{t('deficits.explore')}
				</Link>
			}
		>
			<div className={`${styles.select} no-print`}>
				<ChoiceRow
					label={t('deficits.by')}
					options={splits.map((value) => ({ value, label: t(`deficits.by_${value}`) }))}
					value={by}
					onChange={setBy}
				/>
			</div>
			<QualityChoice value={quality} onChange={choose} result={data} />
			{isAllHidden ? (
				<EmptyState title={data.finding.title}>{t('deficits.small')}</EmptyState>
			) : (
				<>
					<ModulePicture
						module="deficit-map"
						filters={filters}
						specification={picture}
						keep={keepCompetencies}
						empty={t('deficits.empty')}
					/>
					<p className={styles.legend}>{t('deficits.small')}</p>
				</>
			)}
		</Card>
	);
}
