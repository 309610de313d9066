import { rowsOf } from '#data/warehouse/columns.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { listCompetencies, listCompetencyGroups } from '#surveys/competencies.ts';
import { attributeLabel } from './labels.ts';
import {
	type AnalyticsModule,
	type FilterName,
	type Language,
	qualityChoices,
	type Viewer,
} from './module.ts';

interface FilterValue {
	value: string | number;
	/** null where the value is a code whose words belong to the interface */
	label: string | null;
}

export type FilterValueLists = Partial<Record<FilterName, FilterValue[]>>;

const file = new URL('./filter-values.sql', import.meta.url);
const numeric = new Set<string>(['year', 'grade']);
const channels = ['self_assessment', 'test', 'expert_review'];
const byName = new Intl.Collator('ru', { numeric: true });

/**
 * What the filters of a module can be set to within the viewer's places: years and campaigns newest first, the rest by
 * name. Competencies, channels and dimensions are the same for everybody.
 */
export async function listFilterValues(
	warehouse: Warehouse,
	definition: AnalyticsModule,
	viewer: Viewer,
	language: Language,
): Promise<FilterValueLists> {
	const found = rowsOf(
		await warehouse.query(file, {
			places: viewer.places,
			language,
			reads: definition.reads ?? null,
		}),
	);
	const byFilter = Map.groupBy(found, ({ filter }) => String(filter));
	const listed = (name: FilterName): FilterValue[] => {
		if (name === 'competency')
			return [...listCompetencyGroups(), ...listCompetencies()].map(({ id, title }) => ({
				value: id,
				label: title[language],
			}));
		if (name === 'channel') return channels.map((value) => ({ value, label: null }));
		if (name === 'quality') return qualityChoices.map((value) => ({ value, label: null }));
		if (name === 'by') return (definition.dimensions ?? []).map((value) => ({ value, label: null }));
		const rows = (byFilter.get(name) ?? []).map(({ value, label }) => ({
			value: numeric.has(name) ? Number(value) : String(value),
			label: label === null ? wordsOf(name, String(value), language) : String(label),
		}));
		return name === 'school' || name === 'municipality'
			? rows.toSorted((a, b) => byName.compare(String(a.label), String(b.label)))
			: rows;
	};
	return Object.fromEntries(definition.filters.map((name) => [name, listed(name)]));
}

function wordsOf(name: FilterName, value: string, language: Language): string | null {
	const label = attributeLabel(name, value, language);
	return label === value ? null : label;
}
