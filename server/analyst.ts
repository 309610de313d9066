import { findModule } from '#analytics/catalogue.ts';
import { hasPartialRelease } from '#analytics/deciding-places.ts';
import { type FilterValueLists, listFilterValues } from '#analytics/filter-values.ts';
import type { CatalogueEntry, Filters, ModulePresets, ModuleResult, Viewer } from '#analytics/module.ts';
import type { Watch } from '#analytics/progress.ts';
import { type Computer, ModuleError, runModule } from '#analytics/run.ts';
import { createResultReads, createSharedReads, type ResultReads } from '#analytics/shared-reads.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import { type EncodedAnswer, encodeAnswer } from './encode-answer.ts';
import type { Language } from './language.ts';
import { Problem } from './problem.ts';

/** What is asked of a module, by whom; everything in it can cross to another thread. */
export interface Question {
	/** the module's id */
	module: string;
	viewer: Viewer;
	filters: Filters;
	language: Language;
}

/** Who answers questions to the warehouse: in this thread, or in one that keeps rows away from the event loop. */
export interface Analyst {
	/** The module's result as rows. For few rows, or where they are kept; a page is served by `answer`. */
	run(question: Question): Promise<ModuleResult>;
	/**
	 * The same as the bytes of a reply; without a format, in the one that suits its length. Who waits hears how far it is, and
	 * stops it by leaving.
	 */
	answer(question: Question, format: string | undefined, watch?: Watch): Promise<EncodedAnswer>;
	/** What the filters of a module can be set to within the viewer's places. */
	filterValues(module: string, viewer: Viewer, language: Language): Promise<FilterValueLists>;
	/** True while some campaign is released to a part of those who may ask. */
	hasPartialRelease(): Promise<boolean>;
}

/** Answers from a warehouse of this thread, with the presets of the installation; what the reader can mend becomes a Problem that says so. */
export function createAnalyst(
	warehouse: Warehouse,
	computer: Computer,
	modulePresets: ModulePresets = {},
	/** the last change of results that the warehouse reflects, where somebody follows them */
	resultsWatermark?: () => number,
): Analyst {
	const shared = createSharedReads();
	const readsOf = resultsWatermark && followResults(resultsWatermark);
	const run = async (question: Question, watch?: Watch): Promise<ModuleResult> => {
		const { module, viewer, filters, language } = question;
		const asked = {
			...{ warehouse, viewer, filters, language, computer, modulePresets, shared },
			...(watch && { watch }),
		};
		const ofResults = readsOf?.();
		try {
			return await runModule(entryOf(module), ofResults ? { ...asked, ofResults } : asked);
		} catch (error) {
			if (!(error instanceof ModuleError) || error.code === 'broken-contract') throw error;
			if (error.code === 'not-for-role') throw new Problem(403, 'forbidden');
			throw new Problem(422, error.code, error.values);
		}
	};
	return {
		run: (question) => run(question),
		answer: async (question, format, watch) =>
			encodeAnswer(await run(question, watch), question.language, format),
		filterValues: (module, viewer, language) =>
			listFilterValues(warehouse, entryOf(module).definition, viewer, language),
		hasPartialRelease: () => hasPartialRelease(warehouse),
	};
}

/** What questions share of results, begun anew when those change. */
function followResults(watermark: () => number): () => ResultReads {
	let at = Number.NaN;
	let reads = createResultReads();
	return () => {
		const now = watermark();
		// A question under way keeps what it began with.
		if (now !== at) reads = createResultReads();
		at = now;
		return reads;
	};
}

function entryOf(id: string): CatalogueEntry {
	const entry = findModule(id);
	if (!entry) throw new Problem(404, 'unknown-module', { module: id });
	return entry;
}
