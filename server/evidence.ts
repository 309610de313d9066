import type { CatalogueEntry, Filters, ModuleResult } from '#analytics/module.ts';
import { findViewer } from './access.ts';
import { demandModule, readFilters } from './ask.ts';
import type { Floors } from './floors.ts';
import type { Language } from './language.ts';
import type { Asker } from './session.ts';

export type EvidenceFloors = Pick<Floors, 'records' | 'analyst'>;

export interface EvidenceRequest {
	module: string;
	filters: Record<string, string | number | null>;
}

/**
 * Runs a module as the asker and gives its whole result, to be kept with a plan: rows, versions, filters and date, in
 * both languages. It is redrawn from there and never asked anew.
 */
export async function freezeEvidence(
	floors: EvidenceFloors,
	asker: Asker,
	{ module, filters }: EvidenceRequest,
	language: Language,
): Promise<ModuleResult> {
	const entry: CatalogueEntry = demandModule(asker, module);
	const given = Object.entries(filters).filter(([, value]) => value !== null);
	const wanted: Filters = readFilters(
		entry,
		Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
	);
	const viewer = await findViewer(floors.records.db, asker);
	return floors.analyst.run({ module, viewer, filters: wanted, language });
}
