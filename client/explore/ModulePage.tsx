import { NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import type { ModuleItem } from '#server/contract/analytics.ts';
import type { Query } from '../api.ts';
import { useCatalogue, useFilterValues } from '../chart/catalogue.ts';
import { MethodCard } from '../chart/MethodButton.tsx';
import { ModulePicture } from '../chart/ModulePicture.tsx';
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
	const item = catalogue.data?.find((module) => module.id === id);
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

function OneModule(props: { item: ModuleItem }) {
	const { t } = useTranslation('explore');
	const text = useLocalText();
	const { item } = props;
	const values = useFilterValues(item.id);
	const [params, setParams] = useSearchParams();
	const channel = values.data?.channel?.[0]?.value;
	const firstChannel = channel === undefined ? null : String(channel);
	const filters = useMemo(() => {
		const chosen: Query = {};
		for (const name of item.filters) chosen[name] = params.get(name);
		// channels stand side by side and never in one cell
		if (item.filters.includes('channel')) chosen.channel ??= firstChannel;
		return chosen;
	}, [item.filters, params, firstChannel]);
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
							label={name === 'by' ? t('by') : t(`dimension.${name}`, { defaultValue: name })}
							value={params.get(name) ?? (name === 'channel' ? (firstChannel ?? '') : '')}
							onChange={(event) => set(name, event.currentTarget.value)}
							data={[
								...(name === 'by' || name === 'channel' ? [] : [{ value: '', label: t('any') }]),
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
				<ModulePicture module={item.id} filters={filters} />
			</Card>
			<Card title={t('modules.method')}>
				<MethodCard module={item} />
				<p className={styles.legend}>{t('modules.version', { version: item.version })}</p>
			</Card>
		</Page>
	);
}
