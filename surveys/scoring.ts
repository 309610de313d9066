import { readPath } from './answer-path.ts';
import { listCompetencies } from './competencies.ts';
import { type ItemLabel, listItems, type SurveyJson } from './item-labels.ts';
import type { Key, KeyItem, KeyScale } from './key.ts';
import { compileRule, expandRule } from './scoring-rules.ts';

/** One row of a key: this value of this item gives these points. `strategy` says how rows of one item combine. */
export interface ScoringRule {
	instrument: string;
	version: number;
	item: string;
	value: string;
	competency: string;
	points: number;
	max_points: number;
	/** `value`: the row of the given value; `sum`: rows of all chosen options, at least 0; else a named strategy. */
	strategy: string;
}

export interface ItemScore {
	item: string;
	competency: string;
	/** The answer as one value; lists and pairs as JSON text; null when not answered. */
	value: string | number | boolean | null;
	points: number | null;
	max: number;
}

export interface ScaleScore {
	scale: string;
	kind: KeyScale['kind'];
	points: number;
	max: number;
	/** P in 0…100, null when too little was answered. */
	percent: number | null;
	/** D = 100 − P (methods D2, D5). */
	deficit_index: number | null;
	n_items: number;
	n_answered: number;
	answered_enough: boolean;
}

export interface ScoredResponse {
	items: ItemScore[];
	scales: ScaleScore[];
}

/**
 * Expands a key into rows, one per item and value: reversed items, partial credit and right options become the same
 * thing. Ordering and matching have one row per place or pair, combined by their named strategy.
 */
export function expandKey(key: Key, survey: SurveyJson): ScoringRule[] {
	const items = listItems(survey);
	return key.items.flatMap((entry) =>
		expandRule(entry, listValues(entry, items)).map((row) => ({
			instrument: key.instrument,
			version: key.version,
			item: entry.item,
			value: row.value,
			competency: entry.competency,
			points: row.points,
			max_points: entry.max_points,
			strategy: row.strategy,
		})),
	);
}

function listValues(entry: KeyItem, items: readonly ItemLabel[]): string[] {
	return items.find(({ item }) => item === entry.item)?.values.map(({ value }) => String(value)) ?? [];
}

/**
 * Compiles a key into a function from the answers of one submitted response to its scores.
 * A test counts an unanswered item as 0 of its maximum (method D1); self-assessment and expert review leave it out and
 * give no percent below the minimum share answered or the minimum of items (method D5).
 * A theme of need is chosen or not (100 or 0), known for everybody who answered the question that offers it (method N13).
 */
export function compileScoring(
	key: Key,
	survey: SurveyJson,
): (answers: Readonly<Record<string, unknown>>) => ScoredResponse {
	const labels = listItems(survey);
	const groups = new Map(listCompetencies().map(({ id, group }) => [id, group]));
	const compiled = key.items.map((entry) => ({
		item: entry.item,
		competency: entry.competency,
		group: groups.get(entry.competency),
		max: entry.max_points,
		path: findPath(entry, labels),
		score: compileRule(entry),
	}));
	const members = key.scales.map(({ scale, kind }) => ({
		scale,
		kind,
		indexes: compiled.flatMap(({ competency, group }, index) =>
			(kind === 'group' ? group : competency) === scale ? [index] : [],
		),
		offeredBy: key.items.findIndex(({ rule }) => rule.kind === 'demand' && rule.themes.includes(scale)),
	}));
	const missingIsZero = key.channel === 'test';

	return (answers) => {
		const items = compiled.map(({ item, competency, max, path, score }) => {
			const { value = null, points = null } = score(readPath(answers, path)) ?? {};
			return { item, competency, max, value, points: points ?? (missingIsZero ? 0 : null) };
		});
		const scales = members.map(({ scale, kind, indexes, offeredBy }) => ({
			scale,
			kind,
			...(offeredBy >= 0
				? scoreTheme(items[offeredBy] as ItemScore, scale)
				: scoreScale(
						indexes.map((index) => items[index] as ItemScore),
						key,
					)),
		}));
		return { items, scales };
	};
}

function findPath(entry: KeyItem, labels: readonly ItemLabel[]): readonly string[] {
	const exact = labels.find(({ item }) => item === entry.item);
	if (exact) return exact.path;
	const part = labels.find(({ question }) => question === entry.item);
	if (part) return part.path.slice(0, 1);
	throw new RangeError(`the survey has no item ${entry.item}`);
}

function scoreScale(items: readonly ItemScore[], key: Key): Omit<ScaleScore, 'scale' | 'kind'> {
	const counted = items.filter(({ points }) => points !== null);
	const nAnswered = items.filter(({ value, points }) => value !== null && points !== null).length;
	const points = counted.reduce((sum, item) => sum + (item.points ?? 0), 0);
	const max = counted.reduce((sum, item) => sum + item.max, 0);
	const isTest = key.channel === 'test';
	const answeredEnough =
		isTest ||
		(nAnswered >= key.minimum_items_answered &&
			nAnswered >= key.minimum_share_answered * items.length - 1e-9);
	const percent = answeredEnough && max > 0 ? sharePercent(counted, isTest, points, max) : null;
	return {
		points,
		max,
		percent,
		deficit_index: percent === null ? null : 100 - percent,
		n_items: items.length,
		n_answered: nAnswered,
		answered_enough: answeredEnough,
	};
}

function scoreTheme({ value }: ItemScore, theme: string): Omit<ScaleScore, 'scale' | 'kind'> {
	const chosen = value === null ? null : (JSON.parse(String(value)) as string[]);
	const points = chosen === null ? null : Number(chosen.includes(theme));
	return {
		points: points ?? 0,
		max: 1,
		percent: points === null ? null : 100 * points,
		// A wish is no deficit.
		deficit_index: null,
		n_items: 1,
		n_answered: Number(points !== null),
		answered_enough: points !== null,
	};
}

// A test weighs items by their points (D1); attitudes are a mean of items, each on its own scale (D5).
function sharePercent(items: readonly ItemScore[], isTest: boolean, points: number, max: number): number {
	if (isTest) return (100 * points) / max;
	return (100 * items.reduce((sum, item) => sum + (item.points ?? 0) / item.max, 0)) / items.length;
}
