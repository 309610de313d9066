import { rowsOf } from '#data/warehouse/columns.ts';
import type { Questions } from '#data/warehouse/warehouse.ts';
import { findModule } from './catalogue.ts';
import { discloseGroups } from './disclosure.ts';
import { conditionsInUse, populationConditions, revealingRows, type SizeRow } from './group-sizes.ts';
import { leftOutNote, type ResponseSizeRow } from './left-out.ts';
import {
	type CatalogueEntry,
	type Cell,
	type ComputeContext,
	type Computed,
	type Filters,
	type InputRow,
	type Language,
	type ModulePresets,
	type ModuleResult,
	qualityChoices,
	type Row,
	type Viewer,
} from './module.ts';
import { presetsOf } from './presets.ts';
import type { Watch } from './progress.ts';
import { qualityLimits } from './response-quality/definition.ts';
import { explainUnscored } from './unscored.ts';

export class ModuleError extends Error {
	readonly code: 'not-for-role' | 'unknown-filter' | 'unknown-dimension' | 'broken-contract';
	readonly values: Record<string, string>;

	constructor(code: ModuleError['code'], values: Record<string, string>) {
		super(`${code}: ${JSON.stringify(values)}`);
		this.code = code;
		this.values = values;
	}
}

/** Where the arithmetic of a module happens: in this thread, or in a worker that keeps the event loop free. */
export type Computer = (
	entry: CatalogueEntry,
	rows: InputRow[],
	context: ComputeContext,
	watch?: Watch,
) => Promise<Computed>;

export interface RunOptions {
	warehouse: Questions;
	viewer: Viewer;
	filters: Filters;
	language: Language;
	computer?: Computer;
	/** who waits: hears how far the computation is, and stops it by leaving, the engine's part as well */
	watch?: Watch;
	/** presets of modules that differ from their definitions */
	modulePresets?: ModulePresets;
	/** what modules that others rest on said since the data last changed; without it they are asked each time */
	remembered?: UsedRows;
	/** sizes of groups that questions shared since the data last changed; without it they are counted each time */
	countedSizes?: CountedSizes;
	/** the day for which deadlines are judged; the present one unless a test fixes it */
	today?: Date;
}

/** Answers of used modules, by module, language and regions: the same for every viewer, and for every filter. */
export type UsedRows = Map<string, Promise<Row[]>>;

/** Sizes by all that they depend on: the change of the data, the places of who asks, and what splits or selects. */
export type CountedSizes = Map<string, Promise<readonly SizeRow[]>>;

/** The cards of a visit differ in the school or the condition chosen, which selects among the same sizes. */
const MOST_COUNTED_SIZES = 8;

/** The arithmetic in this thread: for commands, which have nobody waiting beside them. */
export const computeHere: Computer = async (entry, rows, context, watch) =>
	entry.compute(rows, context, watch?.tell);

/**
 * Runs one module for one viewer: query → compute → disclose → note.
 *
 * @returns columns of the module's row contract, already safe to show to this viewer
 * @throws {ModuleError} when the role may not ask, a filter is not among the module's, or a row breaks its contract
 */
export async function runModule(entry: CatalogueEntry, asked: RunOptions): Promise<ModuleResult> {
	const { definition } = entry;
	const warehouse = asked.warehouse.until(asked.watch?.signal);
	const options = { ...asked, warehouse };
	const { viewer, language } = options;
	if (!definition.audience.includes(viewer.role))
		throw new ModuleError('not-for-role', { module: definition.id, role: viewer.role });
	const filters = completeFilters(entry, options.filters);
	const presets = presetsOf(definition, options.modulePresets);
	const context: ComputeContext = {
		presets,
		filters,
		language,
		may_read_keys: viewer.may_read_keys ?? false,
	};
	const watermark = await currentWatermark(warehouse);

	// What others will share does not end because the first who asked has left.
	const ofShared = { ...options, filters, ...(asked.countedSizes && { warehouse: asked.warehouse }) };
	// The sizes of groups do not wait for the rows: two cores, two questions.
	const [found, sizes] = await Promise.all([
		warehouse.query(new URL(`./${definition.id}/rows.sql`, import.meta.url), {
			...presets,
			...filters,
			quality_limits: qualityLimits,
			places: viewer.places,
			codes: viewer.codes,
			language,
			today: (options.today ?? new Date()).toISOString().slice(0, 10),
		}),
		readSizes(entry, ofShared, watermark),
	]);
	options.watch?.signal?.throwIfAborted();
	const rows = rowsOf(found);
	const ofUsed = asked.remembered ? { ...options, warehouse: asked.warehouse } : options;
	const used = definition.uses && (await readUsed(definition.uses, placesOf(rows), ofUsed));
	options.watch?.signal?.throwIfAborted();
	const computed = await (options.computer ?? computeHere)(
		entry,
		rows,
		used ? { ...context, used } : context,
		options.watch,
	);
	const disclosed = disclose(entry, computed, sizes, { ...options, filters });
	checkContract(entry, disclosed.rows);
	const unscored = await explainUnscored(warehouse, viewer, filters, disclosed.rows);

	return {
		module: definition.id,
		version: definition.version,
		fields: Object.entries(definition.row).map(([name, field]) => ({ name, ...field })),
		columns: columnsOf(Object.keys(definition.row), disclosed.rows),
		length: disclosed.rows.length,
		notes: unscored ? [...disclosed.notes, unscored.note] : disclosed.notes,
		finding: unscored?.finding ?? entry.summarise(disclosed.rows, context),
		meta: {
			filters,
			watermark,
			computed_at: new Date().toISOString(),
			presets,
		},
	};
}

const placesOf = (rows: readonly InputRow[]): string[] => [
	...new Set(rows.map(({ region_id }) => `region/${region_id}`)),
];

/**
 * What other modules say of all schools of the regions that stand in the rows, by module. They are asked for whole regions,
 * whoever asks: what is compared with all schools must not depend on the viewer's places. They are asked for all years, for
 * a rule may look at the year before; and each once, though several rest on it.
 */
export async function readUsed(
	ids: readonly string[],
	places: readonly string[],
	options: Pick<RunOptions, 'warehouse' | 'language' | 'modulePresets' | 'computer' | 'remembered'>,
): Promise<Record<string, Row[]>> {
	const { warehouse, language, modulePresets, computer = computeHere } = options;
	const asked: UsedRows = options.remembered ?? new Map();
	const where = `${language} ${places.toSorted().join(' ')}`;
	const readAll = async (wanted: readonly string[]): Promise<Record<string, Row[]>> =>
		Object.fromEntries(await Promise.all(wanted.map(async (id) => [id, await readOnce(id)] as const)));
	const readOnce = (id: string): Promise<Row[]> => {
		const key = `${id} ${where}`;
		const known = asked.get(key);
		if (known) return known;
		const answer = readRows(id);
		asked.set(key, answer);
		answer.catch(() => asked.delete(key));
		return answer;
	};
	async function readRows(id: string): Promise<Row[]> {
		const entry = findModule(id)!;
		const { definition } = entry;
		const filters = completeFilters(entry, {});
		const presets = presetsOf(definition, modulePresets);
		const context: ComputeContext = { presets, filters, language };
		const [found, used] = await Promise.all([
			warehouse.query(new URL(`./${id}/rows.sql`, import.meta.url), { ...presets, ...filters, places }),
			definition.uses && readAll(definition.uses),
		]);
		return (await computer(entry, rowsOf(found), used ? { ...context, used } : context)).rows;
	}
	return readAll(ids);
}

async function currentWatermark(warehouse: Questions): Promise<number> {
	const { columns } = await warehouse.ask('select seq::integer as seq from watermark', {}, 'watermark');
	return Number(columns[0]?.[0] ?? 0);
}

function completeFilters(entry: CatalogueEntry, given: Filters): Filters {
	const { definition } = entry;
	const known = new Set<string>(definition.filters);
	for (const [name, value] of Object.entries(given))
		if (!known.has(name) && value !== null && value !== undefined)
			throw new ModuleError('unknown-filter', { filter: name });
	const filters: Filters = Object.fromEntries(definition.filters.map((name) => [name, given[name] ?? null]));
	if (definition.dimensions) {
		const by = filters.by ?? definition.dimensions[0] ?? null;
		if (by !== null && !definition.dimensions.includes(String(by)))
			throw new ModuleError('unknown-dimension', {
				dimension: String(by),
				known: definition.dimensions.join(', '),
			});
		filters.by = by;
	}
	if (definition.filters.includes('quality')) {
		const quality = filters.quality ?? qualityChoices[0];
		if (!qualityChoices.some((choice) => choice === quality))
			throw new ModuleError('unknown-filter', { filter: `quality=${quality}` });
		filters.quality = quality === 'unflagged' ? quality : null;
	}
	return filters;
}

/** The groups that disclosure goes by: of the selection, of it without flagged responses, and of what that leaves out. */
interface Sizes {
	selected: readonly SizeRow[];
	without: readonly SizeRow[] | null;
	leftOut: readonly SizeRow[] | null;
}

const unflagged = (filters: Filters): Filters => ({ ...filters, quality: 'unflagged' });

async function readSizes(
	entry: CatalogueEntry,
	options: RunOptions,
	watermark: number,
): Promise<Sizes | null> {
	const rule = entry.definition.disclosure;
	if (rule.kind !== 'group') return null;
	const { filters } = options;
	const unit = rule.of ?? 'scales';
	const [selected, without, leftOut] = await Promise.all([
		sizesOf(entry, filters, options, unit, watermark),
		rule.without ? sizesOf(entry, unflagged(filters), options, unit, watermark) : null,
		filters.quality === 'unflagged'
			? sizesOf(entry, { ...filters, by: null }, options, 'responses', watermark)
			: null,
	]);
	return { selected, without, leftOut };
}

function disclose(
	entry: CatalogueEntry,
	computed: Computed,
	sizes: Sizes | null,
	{ filters, language }: RunOptions,
): Computed {
	const rule = entry.definition.disclosure;
	if (rule.kind !== 'group' || sizes === null) return computed;
	const revealing = (selected: Filters, counted: readonly SizeRow[]): boolean[] =>
		revealingRows(computed.rows, rule.group, selected, counted, rule.minimum);
	const { rows, notes } = discloseGroups(
		computed.rows,
		rule,
		revealing(filters, sizes.selected),
		sizes.without ? revealing(unflagged(filters), sizes.without) : [],
	);
	const all = [...computed.notes, ...notes];
	if (sizes.leftOut) {
		const counted = sizes.leftOut as readonly ResponseSizeRow[];
		all.unshift(leftOutNote(counted, { ...filters, by: null }, rule.minimum, language));
	}
	return { rows, notes: all };
}

const sizeFiles = {
	scales: new URL('./group-sizes.sql', import.meta.url),
	responses: new URL('./response-sizes.sql', import.meta.url),
};

/** People by scale, or responses by instrument, split by exactly the conditions that the filters use. */
async function sizesOf(
	{ definition }: CatalogueEntry,
	filters: Filters,
	{ warehouse, viewer, countedSizes }: RunOptions,
	unit: keyof typeof sizeFiles,
	watermark: number,
): Promise<readonly SizeRow[]> {
	const inUse = new Set<string>(conditionsInUse(filters));
	const uses = Object.fromEntries(populationConditions.map((name) => [`use_${name}`, inUse.has(name)]));
	const parameters = {
		...uses,
		places: viewer.places,
		campaign: filters.campaign ?? null,
		channel: filters.channel ?? null,
		reads: definition.reads ?? null,
		quality_limits: qualityLimits,
	};
	const count = async (): Promise<SizeRow[]> =>
		rowsOf(await warehouse.query(sizeFiles[unit], parameters)) as SizeRow[];
	if (!countedSizes) return count();
	const key = JSON.stringify([watermark, unit, parameters]);
	const known = countedSizes.get(key);
	if (known) return known;
	const sizes = count();
	countedSizes.set(key, sizes);
	sizes.catch(() => countedSizes.delete(key));
	for (const [oldest] of countedSizes) {
		if (countedSizes.size <= MOST_COUNTED_SIZES) break;
		countedSizes.delete(oldest);
	}
	return sizes;
}

function columnsOf(names: string[], rows: Row[]): Record<string, Cell[]> {
	return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] ?? null)]));
}

const typeChecks: Record<string, (value: Cell) => boolean> = {
	integer: Number.isInteger,
	double: Number.isFinite,
	varchar: (value) => typeof value === 'string',
	boolean: (value) => typeof value === 'boolean',
	date: (value) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value),
};

/** A forgotten guard in SQL or arithmetic (NaN, Infinity, a foreign field) is a failure here, not a strange chart there. */
function checkContract(entry: CatalogueEntry, rows: Row[]): void {
	const { id, row: contract } = entry.definition;
	for (const row of rows) {
		for (const [name, value] of Object.entries(row)) {
			const field = contract[name];
			if (!field)
				throw new ModuleError('broken-contract', { module: id, field: name, problem: 'unknown field' });
			if (value !== null && value !== undefined && !typeChecks[field.type]?.(value))
				throw new ModuleError('broken-contract', {
					module: id,
					field: name,
					problem: `${typeof value} ${value}`,
				});
		}
	}
}
