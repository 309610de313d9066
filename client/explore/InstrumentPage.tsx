import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { rowsOf, useModule } from '../api.ts';
import { useCatalogue, useFilterValues } from '../chart/catalogue.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { QualityChoice } from '../chart/QualityChoice.tsx';
import { reliabilityPicture } from '../chart/scale-pictures.ts';
import { useNarrow } from '../ui/narrow.ts';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { BiasCard } from './BiasCard.tsx';
import styles from './Explore.module.css';
import { FilterSelect } from './FilterSelect.tsx';
import { ItemCards } from './ItemCards.tsx';

/**
 * How well an instrument measured in a campaign: precision of its scales, its items, and groups that take an item otherwise.
 * The address holds the whole state.
 */
export function InstrumentPage() {
	const { t } = useTranslation('measurement');
	const isNarrow = useNarrow();
	const [params, setParams] = useSearchParams();
	const values = useFilterValues('scale-reliability');
	const catalogue = useCatalogue();
	const [campaign, instrument, competency] = ['campaign', 'instrument', 'competency'].map((name) =>
		params.get(name),
	);
	const quality = params.get('quality') === 'unflagged' ? 'unflagged' : null;
	const set = useCallback(
		(changes: Record<string, string | null>) =>
			setParams((before) => {
				const next = new URLSearchParams(before);
				for (const [name, value] of Object.entries(changes))
					if (value) next.set(name, value);
					else next.delete(name);
				return next;
			}),
		[setParams],
	);
	const whole = useMemo(() => ({ campaign, instrument, quality }), [campaign, instrument, quality]);
	const part = useMemo(() => ({ ...whole, competency }), [whole, competency]);
	const answer = useModule('scale-reliability', whole);
	const rows = useMemo(() => (answer.data ? rowsOf(answer.data) : []), [answer.data]);
	const weak = Number(catalogue.data?.find(({ id }) => id === 'scale-reliability')?.presets.weak_alpha ?? 0);
	const picture = useMemo(() => reliabilityPicture(rows, isNarrow, weak), [rows, isNarrow, weak]);
	const scales = rows.filter(({ kind, items }) => kind !== 'whole' && Number(items) > 1);
	const isEmpty = answer.data !== undefined && rows.length === 0;
	const select = (name: 'campaign' | 'instrument', any: string) => (
		<FilterSelect
			module="scale-reliability"
			filter={name}
			label={t(name)}
			any={any}
			value={params.get(name)}
			onChange={(value) =>
				set({ [name]: value, competency: null, ...(name === 'campaign' && { instrument: null }) })
			}
		/>
	);
	return (
		<Page title={t('title')} lead={t('lead')} above={<Link to="/modules">{t('all')}</Link>}>
			{values.error && <ProblemNote problem={values.error} retry={() => void values.refetch()} />}
			<div className={`${styles.controls} no-print`}>
				{select('campaign', t('latest_campaign'))}
				{select('instrument', t('first_instrument'))}
			</div>
			<QualityChoice
				value={quality}
				onChange={(value) => set({ quality: value })}
				result={answer.data}
				campaign={campaign}
				hasPage
			/>
			<Card title={t('precision')}>
				<p className={styles.hint}>{t('precision_marks')}</p>
				<ModulePicture
					module="scale-reliability"
					filters={whole}
					specification={picture}
					empty={t('empty')}
				/>
			</Card>
			{!isEmpty && !answer.error && (
				<>
					{scales.length > 1 && (
						<div className={`${styles.controls} no-print`}>
							<NativeSelect
								label={t('scale')}
								value={competency ?? ''}
								onChange={(event) => set({ competency: event.currentTarget.value || null })}
								data={[
									{ value: '', label: t('all_items') },
									...scales.map(({ scale, scale_title }) => ({
										value: String(scale),
										label: String(scale_title),
									})),
								]}
							/>
						</div>
					)}
					<ItemCards filters={part} item={params.get('item')} onItem={(item) => set({ item })} />
					<BiasCard
						filters={part}
						by={params.get('by')}
						group={params.get('group')}
						onBy={(by) => set({ by, group: null })}
						onGroup={(group) => set({ group })}
					/>
				</>
			)}
		</Page>
	);
}
