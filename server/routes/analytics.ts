import { readFileSync } from 'node:fs';
import { type Response, Router } from 'express';
import { modules } from '#analytics/catalogue.ts';
import { createDecidingPlaces } from '#analytics/deciding-places.ts';
import type { CatalogueEntry, Filters, ModulePresets, Viewer } from '#analytics/module.ts';
import { presetsOf } from '#analytics/presets.ts';
import { demandAct, findViewer } from '../access.ts';
import { createAnswerCache } from '../answer-cache.ts';
import { createProgressBoard } from '../answer-progress.ts';
import { demandModule, readFilters } from '../ask.ts';
import {
	analyticsQuery,
	analyticsRoutes,
	type FilterValues,
	type ModuleItem,
} from '../contract/analytics.ts';
import { encodeAnswer } from '../encode-answer.ts';
import type { Floors } from '../floors.ts';
import { type Language, translate } from '../language.ts';
import { leavingOf } from '../leaving.ts';
import { logAct } from '../log-act.ts';
import { parseQuery } from '../parse.ts';
import { Problem } from '../problem.ts';
import { sendBody } from '../send-body.ts';
import { type Asker, askerOf } from '../session.ts';

export function analyticsRouter(floors: Floors): Router {
	const { records, analyst, projector } = floors;
	const router = Router();
	const cache = createAnswerCache();
	const progress = createProgressBoard();
	const decidingPlaces = createDecidingPlaces(analyst.hasPartialRelease, () => projector.watermark());
	const catalogue = modules.map((entry) => ({
		entry,
		item: describeModule(entry, floors.config.modulePresets),
	}));

	router.get(analyticsRoutes.catalogue.path, (_request, response) => {
		const asker = askerOf(response);
		demandAct(asker, 'ask-analytics');
		const mine = catalogue.filter(({ entry }) => entry.definition.audience.includes(asker.role));
		response.json(mine.map(({ item }) => item));
	});

	router.get(analyticsRoutes.filters.path, async (request, response) => {
		const asker = askerOf(response);
		const { definition } = demandModule(asker, String(request.params.module));
		const language: Language = response.locals.language;
		const viewer = await findViewer(records.db, asker);
		const values = await analyst.filterValues(definition.id, viewer, language);
		const reply: FilterValues = Object.fromEntries(
			Object.entries(values).map(([filter, list]) => [
				filter,
				list.map(({ value, label }) => ({ value, label: label ?? wordsOf(language, filter, value) })),
			]),
		);
		response.json(reply);
	});

	router.get(analyticsRoutes.progress.path, async (request, response) => {
		const entry = demandModule(askerOf(response), String(request.params.module));
		const { format: _, lang: __, ...query } = parseQuery(analyticsQuery, request, response);
		const { question } = await questionOf(response, entry, readFilters(entry, query));
		response.set('cache-control', 'no-store').json(progress.find(question, response.locals.language));
	});

	router.get(analyticsRoutes.answer.path, async (request, response) => {
		const leaving = leavingOf(response);
		const asker = askerOf(response);
		const entry = demandModule(asker, String(request.params.module));
		const { format, lang: _, ...query } = parseQuery(analyticsQuery, request, response);
		if (isIndividual(entry, asker)) return answerIndividual(response, entry, query, format);
		const filters = readFilters(entry, query);
		const { question, viewer } = await questionOf(response, entry, filters);
		const watermark =
			entry.definition.reads === 'results' ? projector.resultsWatermark() : projector.watermark();
		const asked = { module: entry.definition.id, viewer, filters, language: response.locals.language };
		const make = (signal: AbortSignal) =>
			progress.follow(question, (tell) => analyst.answer(asked, format, { signal, tell }));
		try {
			const body = await cache.find(`${question} ${format} ${watermark}`, make, leaving);
			await sendBody(request, response, body);
		} catch (error) {
			if (!leaving.aborted) throw error;
		}
	});

	/** Who asks, and the question as far as its answer depends on it: whoever may read the same rows asks the same. */
	async function questionOf(
		response: Response,
		entry: CatalogueEntry,
		filters: Filters,
	): Promise<{ question: string; viewer: Viewer }> {
		const { definition } = entry;
		const rights = await findViewer(records.db, askerOf(response));
		const places = await decidingPlaces(definition, rights);
		const viewer: Viewer = { ...rights, places };
		const question = JSON.stringify([
			definition.id,
			definition.version,
			Object.entries(filters).sort(),
			definition.disclosure.kind === 'own' ? viewer : [places, viewer.may_read_keys],
			response.locals.language,
		]);
		return { question, viewer };
	}

	/** Rows about one person who agreed: never cached, and the log says who else looked. */
	async function answerIndividual(
		response: Response,
		entry: CatalogueEntry,
		{ person, ...query }: Record<string, unknown>,
		format: string | undefined,
	): Promise<void> {
		const language: Language = response.locals.language;
		const asker = askerOf(response);
		if (typeof person !== 'string' || person === '') throw new Problem(422, 'choose-person');
		const filters = readFilters(entry, query);
		const viewer = await findViewer(records.db, asker, person);
		if (viewer.codes.length === 0) throw new Problem(404, 'not-agreed');
		const result = await analyst.run({ module: entry.definition.id, viewer, filters, language });
		const codes = new Set(result.columns.participant_code);
		await records.transaction(async (trx) => {
			for (const code of codes)
				await logAct(trx, asker, 'see-individual', `participant/${code}`, entry.definition.id);
		});
		const { type, plain } = await encodeAnswer(result, language, format);
		response.set({ 'content-type': type, 'cache-control': 'private, no-cache' }).end(plain);
	}

	return router;
}

/** True when the rows are about single people other than the asker. */
const isIndividual = ({ definition }: CatalogueEntry, asker: Asker): boolean =>
	definition.disclosure.kind === 'own' && asker.role !== 'teacher';

function describeModule({ definition }: CatalogueEntry, modulePresets: ModulePresets): ModuleItem {
	const read = (file: string): string =>
		readFileSync(new URL(`../../analytics/${definition.id}/${file}`, import.meta.url), 'utf8');
	return {
		id: definition.id,
		version: definition.version,
		question: definition.question,
		grain: definition.grain,
		filters: definition.filters,
		dimensions: definition.dimensions ?? [],
		fields: Object.entries(definition.row).map(([name, field]) => ({ name, ...field })),
		chart: JSON.parse(read('chart.vl.json')),
		card: read('README.md'),
		presets: presetsOf(definition, modulePresets),
		references: definition.references,
		is_individual: definition.disclosure.kind === 'own',
	};
}

function wordsOf(language: Language, filter: string, value: string | number): string {
	const key = `value.${filter}.${value}`;
	const text = translate(language, key);
	return text === key ? String(value) : text;
}
