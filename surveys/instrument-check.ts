import { listCompetencies, listCompetencyGroups } from './competencies.ts';
import { type ItemLabel, listItems, type SurveyJson } from './item-labels.ts';
import type { Key, KeyItem } from './key.ts';
import { findProperties, publishable } from './publishable.ts';

export type InstrumentCode =
	| 'survey-fault'
	| 'unknown-item'
	| 'value-without-points'
	| 'points-without-value'
	| 'unknown-competency'
	| 'unknown-scale'
	| 'short-scale'
	| 'key-material'
	| 'missing-text';

/** A fault of a survey and its key taken together; `at` names the item, scale or place in the survey. */
export interface InstrumentIssue {
	code: InstrumentCode;
	at: string;
	params: Readonly<Record<string, string | number>>;
}

/** Property names that would carry the key into the browser. */
const KEY_PROPERTIES = new Set([
	'correctAnswer',
	'correct',
	'isCorrect',
	'score',
	'points',
	'max_points',
	'competency',
	'rationale',
	'explanation',
]);

/** Properties that participants read. */
const TEXT_PROPERTIES = new Set([
	'title',
	'description',
	'html',
	'text',
	'placeholder',
	'otherText',
	'noneText',
	'otherPlaceholder',
	'commentText',
	'labelTrue',
	'labelFalse',
	'minRateDescription',
	'maxRateDescription',
	'completedHtml',
	'requiredErrorText',
]);

/** Lists every fault of an instrument; an empty list means that it may be published. */
export function checkInstrument(survey: SurveyJson, key: Key): InstrumentIssue[] {
	const faults = publishable(survey).map(
		({ code, at, params }): InstrumentIssue => ({
			code: 'survey-fault',
			at,
			params: { ...params, fault: code },
		}),
	);
	const items = faults.length > 0 ? [] : listItems(survey);
	return [
		...faults,
		...(faults.length > 0 ? [] : key.items.flatMap((entry) => checkKeyItem(entry, items, key))),
		...checkScales(key),
		...[...findProperties(survey, KEY_PROPERTIES)].map(
			({ at, name }): InstrumentIssue => ({ code: 'key-material', at, params: { property: name } }),
		),
		...findMissingTexts(survey, key.languages, ''),
	];
}

function checkKeyItem(entry: KeyItem, items: readonly ItemLabel[], key: Key): InstrumentIssue[] {
	const { item, competency, rule } = entry;
	const issues: InstrumentIssue[] = [];
	const isKnown =
		rule.kind === 'demand' ||
		listCompetencies().some(({ id }) => id === competency) ||
		key.scales.some(({ scale, kind }) => scale === competency && (kind === 'area' || kind === 'rating'));
	if (!isKnown) {
		issues.push({ code: 'unknown-competency', at: item, params: { competency } });
	}
	if (rule.kind === 'matching') return [...issues, ...checkMatching(item, rule.pairs, items)];
	const label = items.find((known) => known.item === item);
	if (!label) return [...issues, { code: 'unknown-item', at: item, params: {} }];
	const offered = label.values.map(({ value }) => String(value));
	const scored = listScoredValues(rule);
	// “None of these” and “other” are answers to a question of needs, and no themes.
	const isFree = (value: string): boolean =>
		rule.kind === 'demand' && (value === 'none' || value === 'other');
	return [
		...issues,
		...offered
			.filter((value) => !scored.includes(value) && !isFree(value))
			.map((value): InstrumentIssue => ({ code: 'value-without-points', at: item, params: { value } })),
		...scored
			.filter((value) => !offered.includes(value))
			.map((value): InstrumentIssue => ({ code: 'points-without-value', at: item, params: { value } })),
	];
}

function listScoredValues(rule: Exclude<KeyItem['rule'], { kind: 'matching' }>): string[] {
	switch (rule.kind) {
		case 'likert':
			return Array.from({ length: rule.max - rule.min + 1 }, (_, index) => String(rule.min + index));
		case 'choice':
		case 'multiple':
			return Object.keys(rule.points);
		case 'case':
			return rule.options.map(({ value }) => value);
		case 'demand':
			return rule.themes;
		case 'ordering':
			return rule.order;
	}
}

function checkMatching(
	question: string,
	pairs: Readonly<Record<string, string>>,
	items: readonly ItemLabel[],
): InstrumentIssue[] {
	const rows = items.filter((known) => known.question === question && known.item !== question);
	if (rows.length === 0) return [{ code: 'unknown-item', at: question, params: {} }];
	const names = rows.map(({ path }) => path[1] ?? '');
	return [
		...rows
			.filter(({ path }) => !Object.hasOwn(pairs, path[1] ?? ''))
			.map(({ item }): InstrumentIssue => ({ code: 'value-without-points', at: item, params: {} })),
		...Object.entries(pairs)
			.filter(([row, column]) => {
				const offered = rows[names.indexOf(row)]?.values ?? [];
				return !offered.some(({ value }) => String(value) === column);
			})
			.map(
				([row, column]): InstrumentIssue => ({
					code: 'points-without-value',
					at: question,
					params: { value: `${row}=${column}` },
				}),
			),
	];
}

function checkScales(key: Key): InstrumentIssue[] {
	const groups = new Map(listCompetencies().map(({ id, group }) => [id, group]));
	const known = {
		competency: new Set(listCompetencies().map(({ id }) => id)),
		group: new Set(listCompetencyGroups().map(({ id }) => id)),
	};
	return key.scales.flatMap(({ scale, kind }): InstrumentIssue[] => {
		if (kind === 'professional_theme' || kind === 'information_theme') {
			const isOffered = key.items.some(({ rule }) => rule.kind === 'demand' && rule.themes.includes(scale));
			return isOffered ? [] : [{ code: 'unknown-scale', at: scale, params: { kind } }];
		}
		if ((kind === 'competency' || kind === 'group') && !known[kind].has(scale))
			return [{ code: 'unknown-scale', at: scale, params: { kind } }];
		const size = key.items.filter(
			({ competency }) => (kind === 'group' ? groups.get(competency) : competency) === scale,
		).length;
		return size < (kind === 'rating' ? 1 : 2)
			? [{ code: 'short-scale', at: scale, params: { items: size } }]
			: [];
	});
}

function findMissingTexts(value: unknown, languages: readonly string[], at: string): InstrumentIssue[] {
	if (typeof value !== 'object' || value === null) return [];
	return Object.entries(value).flatMap(([name, entry]) => {
		const path = at === '' ? name : `${at}.${name}`;
		if (!TEXT_PROPERTIES.has(name)) return findMissingTexts(entry, languages, path);
		return languages
			.filter((language) => !hasLanguage(entry, language))
			.map((language): InstrumentIssue => ({ code: 'missing-text', at: path, params: { language } }));
	});
}

// A bare string is in the survey's first language only, except where it has no letters and so no language.
function hasLanguage(text: unknown, language: string): boolean {
	if (typeof text === 'string') return !/\p{L}/u.test(text);
	if (typeof text !== 'object' || text === null) return false;
	const texts = text as Record<string, unknown>;
	const found = texts[language] ?? (language === 'ru' ? texts.default : undefined);
	return typeof found === 'string' && found.trim() !== '';
}
