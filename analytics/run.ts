import { rowsOf } from '#data/warehouse/columns.ts';
import type { Parameters, Questions } from '#data/warehouse/warehouse.ts';
import { findModule } from './catalogue.ts';
import { chosenCampaign } from './chosen-campaign.ts';
import { discloseGroups } from './disclosure.ts';
import { revealingRows, type SizeRow } from './group-sizes.ts';
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
import { readSizes, type Sizes, unflagged } from './read-sizes.ts';
import { qualityLimits } from './response-quality/definition.ts';
import { type ResultReads, readShared, type SharedReads } from './shared-reads.ts';
import { showChosen } from './shown-schools.ts';
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
	/** what questions share; without it each reads for itself */
	shared?: SharedReads;
	/** what they share of results, until those change; without it each reads for itself */
	ofResults?: ResultReads;
	/** the day for which deadlines are judged; the present one unless a test fixes it */
	today?: Date;
}

/** How many readings are kept at a time, each of another selection. */
const MOST_SHARED = { schools: 3, used: 16 };

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
	const ofShared = { ...options, filters, watermark, ...(asked.shared && { warehouse: asked.warehouse }) };
	const campaign = await chosenCampaign(definition, ofShared);
	options.watch?.signal?.throwIfAborted();
	const parameters = {
		...presets,
		...filters,
		campaign,
		quality_limits: qualityLimits,
		places: viewer.places,
		codes: viewer.codes,
		language,
		today: (options.today ?? new Date()).toISOString().slice(0, 10),
	};
	// The sizes of groups do not wait for the rows: two cores, two questions.
	const [found, sizes] = await Promise.all([
		readRows(entry, parameters, asked),
		readSizes(definition, { ...ofShared, campaign }),
	]);
	options.watch?.signal?.throwIfAborted();
	const rows = showChosen(found, filters);
	const ofUsed = asked.ofResults ? { ...options, warehouse: asked.warehouse } : options;
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
	options: Pick<RunOptions, 'warehouse' | 'language' | 'modulePresets' | 'computer' | 'ofResults'>,
): Promise<Record<string, Row[]>> {
	const { warehouse, language, modulePresets, computer = computeHere } = options;
	const known = options.ofResults?.used ?? new Map();
	const where = [language, places.toSorted()];
	const readAll = async (wanted: readonly string[]): Promise<Record<string, Row[]>> =>
		Object.fromEntries(await Promise.all(wanted.map(async (id) => [id, await readOnce(id)] as const)));
	const readOnce = (id: string): Promise<Row[]> =>
		readShared(known, [id, where], MOST_SHARED.used, () => readAnswer(id));
	async function readAnswer(id: string): Promise<Row[]> {
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

/** The rows that a module is computed from; rows of all schools are read once for whichever of them is shown. */
async function readRows(
	{ definition }: CatalogueEntry,
	parameters: Parameters,
	{ warehouse, watch, ofResults }: RunOptions,
): Promise<InputRow[]> {
	const file = new URL(`./${definition.id}/rows.sql`, import.meta.url);
	if (!definition.isOfAllSchools || !ofResults)
		return rowsOf(await warehouse.until(watch?.signal).query(file, parameters));
	const key = [definition.id, { ...parameters, school: null, municipality: null }];
	const read = async (): Promise<InputRow[]> => rowsOf(await warehouse.query(file, parameters));
	return readShared(ofResults.schools, key, MOST_SHARED.schools, read);
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
	const checks = new Map(Object.entries(contract).map(([name, { type }]) => [name, typeChecks[type]]));
	for (const row of rows) {
		for (const field in row) {
			const value = row[field];
			const check = checks.get(field);
			if (!check) throw new ModuleError('broken-contract', { module: id, field, problem: 'unknown field' });
			if (value !== null && value !== undefined && !check(value))
				throw new ModuleError('broken-contract', { module: id, field, problem: `${typeof value} ${value}` });
		}
	}
}
