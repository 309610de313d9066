import { findModule } from '#analytics/catalogue.ts';
import type { CatalogueEntry, Filters, ModuleResult, Viewer } from '#analytics/module.ts';
import { type Computer, ModuleError, runModule } from '#analytics/run.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import type { Language } from './language.ts';
import { Problem } from './problem.ts';
import type { Asker } from './session.ts';

/** The module, when the asker's role may ask it. @throws {Problem} 404 `unknown-module` */
export function demandModule(asker: Asker, id: string): CatalogueEntry {
	const entry = findModule(id);
	if (!entry?.definition.audience.includes(asker.role))
		throw new Problem(404, 'unknown-module', { module: id });
	return entry;
}

const numeric = new Set(['year', 'grade']);

/**
 * Filters as they stand in an address: an empty value is not set, years and grades are numbers.
 * @throws {Problem} 422 for a filter that the module does not take, or one that is said twice
 */
export function readFilters({ definition }: CatalogueEntry, query: Record<string, unknown>): Filters {
	const filters: Filters = {};
	for (const [name, value] of Object.entries(query)) {
		const known = definition.filters.find((filter) => filter === name);
		if (!known || typeof value !== 'string' || value.length > 200)
			throw new Problem(422, 'unknown-filter', { filter: name });
		if (value === '') continue;
		if (numeric.has(name) && !/^\d{1,4}$/.test(value))
			throw new Problem(422, 'unknown-filter', { filter: name });
		filters[known] = numeric.has(name) ? Number(value) : value;
	}
	return filters;
}

interface Question {
	warehouse: Warehouse;
	viewer: Viewer;
	filters: Filters;
	language: Language;
	computer: Computer;
}

/** Runs a module; what the reader can mend becomes a problem that says so. */
export async function askModule(entry: CatalogueEntry, question: Question): Promise<ModuleResult> {
	try {
		return await runModule(entry, question);
	} catch (error) {
		if (!(error instanceof ModuleError) || error.code === 'broken-contract') throw error;
		if (error.code === 'not-for-role') throw new Problem(403, 'forbidden');
		throw new Problem(422, error.code, error.values);
	}
}
