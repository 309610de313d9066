import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { FilterValues, ModuleItem } from '#server/contract/analytics.ts';
import type { ModuleResult, Query } from '../api.ts';
import { useCatalogue, useFilterValues } from '../chart/catalogue.ts';
import { MethodCard } from '../chart/MethodButton.tsx';
import { ModulePicture } from '../chart/ModulePicture.tsx';
import { withShortNames } from '../chart/schools.ts';
import { useLocalText } from '../i18n.ts';
import { EmptyState } from '../ui/EmptyState.tsx';
import { Loading } from '../ui/Loading.tsx';
import { Card, Page } from '../ui/Page.tsx';
import { ProblemNote } from '../ui/ProblemNote.tsx';
import styles from './Explore.module.css';

/** Any module of the catalogue: question, filters, finding, picture, table, notes, method. Knows none by name. */
export function ModulePage() {
	const { t } = useTranslation('explore');
	const { id } = useParams();
	const catalogue = useCatalogue();
	// what is about one person is read on that person's page
	const item = catalogue.data?.find((module) => module.id === id && !module.is_individual);
	if (item) return <OneModule key={item.id} item={item} />;
	return (
		<Page title={t('modules.title')} above={<Link to="/modules">{t('modules.title')}</Link>}>
			{catalogue.error ? (
				<ProblemNote problem={catalogue.error} retry={() => void catalogue.refetch()} />
			) : catalogue.data ? (
				<EmptyState title={t('modules.missing')} />
			) : (
				<Loading shape="chart" rows={7} />
			)}
		</Page>
	);
}

/**
 * What stands chosen at first, because it is never mixed: channels stand side by side and not in one cell, scores are
 * read one school at a time, and the years of a picture that does not draw years would lie over one another.
 */
function presetFilters(item: ModuleItem, values: FilterValues | undefined): Record<string, string> {
	const presets: Record<string, string> = {};
	const set = (name: string, value: string | number | undefined) => {
		if (item.filters.includes(name) && value !== undefined) presets[name] = String(value);
	};
	set('channel', values?.channel?.[0]?.value);
	set('quality', values?.quality?.[0]?.value);
	if (item.fields.some(({ name }) => name === 'score')) set('school', values?.school?.[0]?.value);
	if (!/"[xy]":\{"field":"year"/.test(JSON.stringify(item.chart)))
		set(
			'year',
			values?.year?.map(({ value }) => Number(value)).reduce((a, b) => Math.max(a, b), 0) || undefined,
		);
	return presets;
}

const withSchoolNames = (result: ModuleResult) =>
	withShortNames(withShortNames(result, 'school_name'), 'group_label');

function OneModule(props: { item: ModuleItem }) {
	const { t } = useTranslation('explore');
	const text = useLocalText();
	const { item } = props;
	const values = useFilterValues(item.id);
	const [params, setParams] = useSearchParams();
	const presets = useMemo(() => presetFilters(item, values.data), [item, values.data]);
	const filters = useMemo(() => {
		const given: Query = { ...presets };
		for (const name of item.filters) given[name] = params.get(name) ?? presets[name];
		// an address may come from a picture that is split otherwise
		if (!item.dimensions.includes(String(given.by))) delete given.by;
		return given;
	}, [item.filters, item.dimensions, params, presets]);
	const set = (name: string, value: string) => {
		const changed = new URLSearchParams(params);
		if (value) changed.set(name, value);
		else changed.delete(name);
		setParams(changed);
	};
	const optionsOf = (name: string) =>
		name === 'by'
			? item.dimensions.map((value) => ({ value, label: t(`dimension.${value}`, { defaultValue: value }) }))
			: (values.data?.[name] ?? []).map(({ value, label }) => ({ value: String(value), label }));
	const chosen = (name: string) => params.get(name) ?? presets[name] ?? '';
	const labelOf = (name: string) => optionsOf(name).find(({ value }) => value === chosen(name))?.label;
	/** What a half of a phone's width shows whole. */
	const isLong = (label: string | undefined) => (label?.length ?? 0) > 14;
	const choosable = item.filters.filter((name) => optionsOf(name).length > 1 || params.has(name));
	return (
		<Page
			title={text(item.question)}
			lead={text(item.grain)}
			above={<Link to="/modules">{t('modules.title')}</Link>}
		>
			{choosable.length > 0 && (
				<div className={styles.controls}>
					{choosable.map((name) => (
						<NativeSelect
							key={name}
							className={isLong(labelOf(name)) ? styles.long : undefined}
							label={name === 'by' ? t('by') : t(`dimension.${name}`, { defaultValue: name })}
							value={chosen(name)}
							onChange={(event) => set(name, event.currentTarget.value)}
							data={[
								...(name === 'by' || name in presets ? [] : [{ value: '', label: t('any') }]),
								...optionsOf(name),
							]}
						/>
					))}
					{params.size > 0 && (
						<button
							type="button"
							className={`${styles.reset} no-print`}
							onClick={() => setParams(new URLSearchParams())}
						>
							{t('reset')}
						</button>
					)}
				</div>
			)}
			{values.error && <ProblemNote problem={values.error} retry={() => void values.refetch()} />}
			<Card>
				{values.data || values.error ? (
					<ModulePicture module={item.id} filters={filters} keep={withSchoolNames} />
				) : (
					<Loading shape="chart" rows={7} />
				)}
			</Card>
			<Card title={t('modules.method')}>
				<MethodCard module={item} />
				<p className={styles.legend}>{t('modules.version', { version: item.version })}</p>
			</Card>
		</Page>
	);
}
