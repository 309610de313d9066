import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type ModuleResult, type ResultRow, rowsOf, useModule } from '../api.ts';
import { useCatalogue, useFilterValues } from '../chart/catalogue.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { withShortNames } from '../chart/schools.ts';
import { signPicture } from '../chart/sign-picture.ts';
import { useScheme } from '../theme/scheme.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Explore.module.css';
import { FilterSelect } from './FilterSelect.tsx';

const shortNames = (result: ModuleResult) => withShortNames(result, 'group_label');

const dimensions = ['municipality', 'school'] as const;

/**
 * Signs of inattentive answering in a campaign, municipality → school, and whether its results depend on such responses.
 * The address holds the whole state.
 */
export function QualityPage() {
	const { t } = useTranslation('quality');
	const isNarrow = useNarrow();
	const { scheme } = useScheme();
	const [params, setParams] = useSearchParams();
	const values = useFilterValues('response-quality');
	const catalogue = useCatalogue();
	const municipalities = values.data?.municipality ?? [];
	const [campaign, instrument, municipality] = ['campaign', 'instrument', 'municipality'].map((name) =>
		params.get(name),
	);
	const asked = params.get('by');
	const usual = municipality || municipalities.length === 1 ? 'school' : 'municipality';
	// an address may come from a picture that is split otherwise
	const by = dimensions.some((each) => each === asked) ? String(asked) : usual;
	const set = useCallback(
		(changes: Record<string, string | null>) => {
			const next = new URLSearchParams(params);
			for (const [name, value] of Object.entries(changes))
				if (value) next.set(name, value);
				else next.delete(name);
			setParams(next);
		},
		[params, setParams],
	);
	const filters = useMemo(
		() => ({ campaign, instrument, municipality, by }),
		[campaign, instrument, municipality, by],
	);
	const scaleFilters = useMemo(
		() => ({ campaign, instrument, municipality }),
		[campaign, instrument, municipality],
	);
	const answer = useModule('response-quality', values.data ? filters : { ...filters, by: 'municipality' });
	const picture = useMemo(
		() => signPicture(answer.data ? rowsOf(shortNames(answer.data)) : [], isNarrow, scheme),
		[answer.data, isNarrow, scheme],
	);
	const drill = useCallback(
		(row: ResultRow) => {
			if (by === 'municipality') set({ municipality: String(row.group_key), by: null });
		},
		[by, set],
	);
	const select = (name: 'campaign' | 'instrument' | 'municipality', any: string) => (
		<FilterSelect
			module="response-quality"
			filter={name}
			label={t(name)}
			any={any}
			value={params.get(name)}
			onChange={(value) => set({ [name]: value, ...(name === 'campaign' && { instrument: null }) })}
		/>
	);
	return (
		<Page
			title={t('title')}
			lead={t('lead')}
			above={<Link to="/explore">{t('explore')}</Link>}
			actions={
				catalogue.data?.some(({ id }) => id === 'scale-reliability') && (
					<Link to="/instrument">{t('instrument_page')}</Link>
				)
			}
		>
			{values.error && <ProblemNote problem={values.error} retry={() => void values.refetch()} />}
			<div className={`${styles.controls} no-print`}>
				{select('campaign', t('latest_campaign'))}
				{select('instrument', t('first_instrument'))}
				{select('municipality', t('all_municipalities'))}
			</div>
			<div className={`${styles.choices} no-print`}>
				<ChoiceRow
					label={t('by')}
					options={dimensions.map((value) => ({ value, label: t(`by_${value}`) }))}
					value={by}
					onChange={(value) => set({ by: value })}
				/>
				{params.size > 0 && (
					<button type="button" className={styles.reset} onClick={() => setParams(new URLSearchParams())}>
						{t('reset')}
					</button>
				)}
			</div>
			<Card title={t(`signs_${by === 'school' ? 'school' : 'municipality'}`)}>
				<ModulePicture
					module="response-quality"
					filters={filters}
					specification={picture}
					keep={shortNames}
					onSelect={by === 'municipality' ? drill : undefined}
					empty={t('empty')}
				/>
				<p className={styles.hint}>{t('marks')}</p>
			</Card>
			<Card title={t('sensitivity')}>
				<p className={styles.hint}>{t('sensitivity_marks')}</p>
				<ModulePicture module="result-sensitivity" filters={scaleFilters} empty={t('empty')} />
			</Card>
		</Page>
	);
}
