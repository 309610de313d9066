import { rowsOf } from '#data/warehouse/columns.ts';
import type { Questions } from '#data/warehouse/warehouse.ts';
import { conditionsInUse, populationConditions, type SizeRow } from './group-sizes.ts';
import type { AnalyticsModule, Filters, Viewer } from './module.ts';
import { qualityLimits } from './response-quality/definition.ts';
import { readShared, type SharedReads } from './shared-reads.ts';

/** The cards of a visit differ in the school or the condition chosen, which selects among the same sizes. */
const MOST_SHARED = 8;

/** The groups that disclosure goes by: of the selection, of it without flagged responses, and of what that leaves out. */
export interface Sizes {
	selected: readonly SizeRow[];
	without: readonly SizeRow[] | null;
	leftOut: readonly SizeRow[] | null;
}

export interface SizesAsked {
	warehouse: Questions;
	viewer: Viewer;
	filters: Filters;
	/** the one that the module reads, whether chosen or the last */
	campaign: string | null;
	/** what was counted under the same watermark is not counted again */
	shared?: SharedReads;
	watermark: number;
}

/** The same selection without flagged responses. */
export const unflagged = (filters: Filters): Filters => ({ ...filters, quality: 'unflagged' });

/** Counts the groups by which the rows of a module on staff are disclosed; null for every other module. */
export async function readSizes({ disclosure }: AnalyticsModule, asked: SizesAsked): Promise<Sizes | null> {
	if (disclosure.kind !== 'group') return null;
	const { filters } = asked;
	const unit = disclosure.of ?? 'scales';
	const [selected, without, leftOut] = await Promise.all([
		sizesOf(unit, filters, asked),
		disclosure.without ? sizesOf(unit, unflagged(filters), asked) : null,
		filters.quality === 'unflagged' ? sizesOf('responses', { ...filters, by: null }, asked) : null,
	]);
	return { selected, without, leftOut };
}

const files = {
	scales: new URL('./group-sizes.sql', import.meta.url),
	responses: new URL('./response-sizes.sql', import.meta.url),
};

/** People by scale, or responses by instrument, split by exactly the conditions that the filters use. */
async function sizesOf(
	unit: keyof typeof files,
	filters: Filters,
	{ warehouse, viewer, campaign, shared, watermark }: SizesAsked,
): Promise<readonly SizeRow[]> {
	const inUse = new Set<string>(conditionsInUse(filters));
	const uses = Object.fromEntries(populationConditions.map((name) => [`use_${name}`, inUse.has(name)]));
	const parameters = {
		...uses,
		places: viewer.places,
		campaign,
		channel: filters.channel ?? null,
		quality_limits: qualityLimits,
	};
	const count = async (): Promise<SizeRow[]> => rowsOf(await warehouse.query(files[unit], parameters));
	return shared ? readShared(shared.sizes, [watermark, unit, parameters], MOST_SHARED, count) : count();
}
