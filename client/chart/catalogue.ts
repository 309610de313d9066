import type { FilterValues, ModuleItem } from '#server/contract/analytics.ts';
import { useReply } from '../api.ts';

/** The modules that the active role may ask, in reading order. */
export function useCatalogue() {
	return useReply<ModuleItem[]>('/api/analytics');
}

/** One module of the catalogue; `undefined` while it loads and for a role that may not ask it. */
export function useModuleItem(id: string | null): ModuleItem | undefined {
	return useCatalogue().data?.find((item) => item.id === id);
}

/** What the filters of a module can be set to within my places. */
export function useFilterValues(id: string | null) {
	return useReply<FilterValues>(id === null ? null : `/api/analytics/${id}/filters`);
}
