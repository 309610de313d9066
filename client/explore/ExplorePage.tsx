import { NativeSelect } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { type ModuleResult, type ResultRow, rowsOf, useModule } from '../api.ts';
import { useCatalogue, useFilterValues } from '../chart/catalogue.ts';
import { keepCompetencies } from '../chart/keep-rows.ts';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { bandsPicture, groupsPicture, heatPicture, heatSides } from '../chart/pictures.ts';
import { QualityChoice } from '../chart/QualityChoice.tsx';
import { withShortNames } from '../chart/schools.ts';
import { useScheme } from '../theme/scheme.ts';
import { ChoiceRow } from '../ui/ChoiceRow.tsx';
import { HiddenCell } from '../ui/HiddenCell.tsx';
import { Loading } from '../ui/Loading.tsx';
import { useNarrow } from '../ui/narrow.ts';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import { ConditionBar } from './ConditionBar.tsx';
import styles from './Explore.module.css';
import {
	type Condition,
	conditions,
	filtersOf,
	narrowed,
	readSelection,
	type Selection,
	writeSelection,
} from './selection.ts';

/** Deficits by competency and group, three linked views of one selection; the address holds the whole state. */
export function ExplorePage() {
	const { t } = useTranslation('explore');
	const catalogue = useCatalogue();
	const item = catalogue.data?.find((module) => module.id === 'deficit-map');
	const values = useFilterValues('deficit-map');
	const problem = catalogue.error ?? values.error;
	return (
		<Page title={t('title')} lead={t('lead')} actions={<Link to="/modules">{t('all_modules')}</Link>}>
			{problem ? (
				<ProblemNote
					problem={problem}
					retry={() => {
						void catalogue.refetch();
						void values.refetch();
					}}
				/>
			) : item && values.data ? (
				<Exploration dimensions={item.dimensions} values={values.data} />
			) : (
				<Loading shape="chart" rows={7} />
			)}
		</Page>
	);
}

type Values = NonNullable<ReturnType<typeof useFilterValues>['data']>;

function Exploration(props: { dimensions: string[]; values: Values }) {
	const { t } = useTranslation('explore');
	const { values } = props;
	const isNarrow = useNarrow();
	const { scheme } = useScheme();
	const catalogue = useCatalogue();
	const [params, setParams] = useSearchParams();
	const asked = useMemo(() => readSelection(params), [params]);

	const dimensions = useMemo(
		() => usableDimensions(props.dimensions, values, asked.population),
		[props.dimensions, values, asked],
	);
	const channels = values.channel ?? [];
	const firstChannel = channels[0] ? String(channels[0].value) : null;
	const selection: Selection = useMemo(
		() => ({
			...asked,
			channel: asked.channel ?? firstChannel,
			by: asked.by && dimensions.includes(asked.by) ? asked.by : (dimensions[0] ?? null),
		}),
		[asked, firstChannel, dimensions],
	);
	const change = useCallback(
		(changed: Partial<Selection>) => setParams(writeSelection({ ...selection, ...changed })),
		[selection, setParams],
	);
	const select = useCallback(
		(row: ResultRow) => setParams(writeSelection(narrowed(selection, row))),
		[selection, setParams],
	);

	const mapFilters = useMemo(() => filtersOf(selection, ['by']), [selection]);
	const map = useModule('deficit-map', mapFilters);
	const keep = selection.by === 'school' ? shortSchools : keepCompetencies;
	const rows = useMemo(() => (map.data ? rowsOf(keep(map.data)) : []), [map.data, keep]);
	const competencies = useMemo(
		() => [...new Map(rows.map((row) => [String(row.scale), String(row.scale_title)]))],
		[rows],
	);
	const isChosen =
		selection.competency !== null && competencies.some(([scale]) => scale === selection.competency);
	const shown = isChosen ? selection.competency : surest(rows);
	const shownTitle = competencies.find(([scale]) => scale === shown)?.[1];
	const focused = useMemo(() => ({ ...selection, competency: shown }), [selection, shown]);
	const groupFilters = useMemo(() => filtersOf(focused, ['by', 'competency']), [focused]);
	const bandFilters = useMemo(() => filtersOf(focused, ['competency']), [focused]);
	const heat = useMemo(
		() =>
			heatPicture({ ...heatSides(rows), isNarrow, scheme, chosen: isChosen ? selection.competency : null }),
		[rows, isNarrow, scheme, isChosen, selection.competency],
	);
	const dots = useMemo(() => groupsPicture(byPrevalence(rows, shown), isNarrow), [rows, shown, isNarrow]);
	const hasBands = catalogue.data?.some((module) => module.id === 'deficit-distribution');
	const by = selection.by ? t(`dimension.${selection.by}`) : '';

	return (
		<>
			<div className={`${styles.controls} no-print`}>
				{(values.campaign?.length ?? 0) > 1 && (
					<NativeSelect
						label={t('campaign')}
						value={selection.campaign ?? ''}
						onChange={(event) => change({ campaign: event.currentTarget.value || null })}
						data={[
							{ value: '', label: t('latest_campaign') },
							...(values.campaign ?? []).map(({ value, label }) => ({ value: String(value), label })),
						]}
					/>
				)}
				<NativeSelect
					label={t('competency')}
					value={isChosen ? selection.competency! : ''}
					onChange={(event) => change({ competency: event.currentTarget.value || null })}
					data={[
						{ value: '', label: t('all_competencies') },
						...competencies.map(([value, label]) => ({ value, label })),
					]}
				/>
			</div>
			<div className={styles.choices}>
				{channels.length > 1 && (
					<ChoiceRow
						label={t('channel')}
						options={channels.map(({ value, label }) => ({ value: String(value), label }))}
						value={selection.channel ?? ''}
						onChange={(channel) => change({ channel, competency: null })}
					/>
				)}
				{dimensions.length > 0 && (
					<ChoiceRow
						label={t('by')}
						options={dimensions.map((value) => ({ value, label: t(`dimension.${value}`) }))}
						value={selection.by ?? ''}
						onChange={(value) => change({ by: value })}
					/>
				)}
				<QualityChoice
					value={selection.quality}
					onChange={(quality) => change({ quality })}
					result={map.data}
					campaign={selection.campaign}
					hasPage
				/>
				<ConditionBar
					selection={selection}
					values={values}
					available={available(props.dimensions, values)}
					onChange={(population) => change({ population })}
					canReset={params.size > 0}
					onReset={() => setParams(new URLSearchParams())}
				/>
				{selection.population.school && (
					<Link to={`/schools/${selection.population.school}`}>{t('to_school')}</Link>
				)}
			</div>
			<Card title={t('map', { by })}>
				<ModulePicture
					module="deficit-map"
					filters={mapFilters}
					specification={heat}
					keep={keep}
					onSelect={select}
					empty={t('empty')}
				/>
				<Legend />
			</Card>
			{shown && (
				<div className={styles.pair}>
					<Card title={t('groups', { competency: shownTitle, by })}>
						{!isChosen && <p className={styles.hint}>{t('surest')}</p>}
						<ModulePicture
							module="deficit-map"
							filters={groupFilters}
							specification={dots}
							keep={keep}
							onSelect={select}
							empty={t('empty')}
						/>
					</Card>
					{hasBands && (
						<Card title={t('bands', { competency: shownTitle })}>
							<ModulePicture
								module="deficit-distribution"
								filters={bandFilters}
								specification={bandsPicture}
								empty={t('empty')}
							/>
						</Card>
					)}
				</div>
			)}
		</>
	);
}

const shortSchools = (result: ModuleResult) => withShortNames(keepCompetencies(result), 'group_label');

/** Groups from the largest share to the smallest, the hidden ones last. */
function byPrevalence(rows: ResultRow[], scale: string | null): string[] {
	return rows
		.filter((row) => row.scale === scale)
		.sort((left, right) => Number(right.prevalence ?? -1) - Number(left.prevalence ?? -1))
		.map((row) => String(row.group_label));
}

/**
 * The competency whose deficit is surely large somewhere: what to show before anything was chosen. A share that is told
 * only as «at least» comes from a handful of people and settles nothing while others have an interval.
 */
function surest(rows: ResultRow[]): string | null {
	const least = (row: ResultRow) => Number(row.prevalence_lo ?? Number(row.prevalence ?? -1) - 2);
	const best = rows.reduce<ResultRow | undefined>(
		(found, row) => (found === undefined || least(row) > least(found) ? row : found),
		undefined,
	);
	return best ? String(best.scale) : null;
}

/** Dimensions that still split what was chosen: not those of one value, and no places above a chosen school. */
function usableDimensions(
	dimensions: string[],
	values: Values,
	population: Selection['population'],
): string[] {
	const isSplit = (name: string) => values[name]?.length !== 1 && !(name in population);
	const left = dimensions.filter(isSplit);
	// groups of seniority are the largest inside one school
	return population.school || values.school?.length === 1
		? ['seniority_band', 'subject', 'category'].filter((name) => left.includes(name))
		: left;
}

function available(dimensions: string[], values: Values): Condition[] {
	return conditions.filter((name) => dimensions.includes(name) && (values[name]?.length ?? 0) > 1);
}

/** What the marks in place of a number mean: four reasons, four looks. */
function Legend() {
	const { t } = useTranslation('explore');
	return (
		<div className={styles.legend}>
			<span>{t('cells')}</span>
			<HiddenCell reason="suppressed" />
			<HiddenCell reason="protected" />
			<HiddenCell reason="not-asked" detail={t('blank')} />
			<HiddenCell reason="no-data" />
			<HiddenCell reason="failed" />
		</div>
	);
}
