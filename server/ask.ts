import { findModule } from '#analytics/catalogue.ts';
import type { CatalogueEntry, Filters } from '#analytics/module.ts';
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
 * @throws {Problem} 422 `unknown-filter` for one that the module does not take; `unclear-filter` for one that is said twice, is
 * too long, or is no number where one is meant
 */
export function readFilters({ definition }: CatalogueEntry, query: Record<string, unknown>): Filters {
	const filters: Filters = {};
	for (const [name, value] of Object.entries(query)) {
		const known = definition.filters.find((filter) => filter === name);
		if (!known) throw new Problem(422, 'unknown-filter', { filter: name });
		if (typeof value !== 'string' || value.length > 200)
			throw new Problem(422, 'unclear-filter', { filter: name });
		if (value === '') continue;
		if (numeric.has(name) && !/^\d{1,4}$/.test(value))
			throw new Problem(422, 'unclear-filter', { filter: name });
		filters[known] = numeric.has(name) ? Number(value) : value;
	}
	return filters;
}
