import { fingerprintInstrument } from '../fingerprint.ts';
import { type ItemLabel, listItems, listQuestions, type SurveyJson } from '../item-labels.ts';
import { readText, type Text } from '../text.ts';
import type { DraftKey, DraftKeyItem, InstrumentContent } from './content.ts';

/** Every word of a difference; each has a text in `server/locales/workshop.{ru,en}.json`. */
export const changeCodes = [
	'item-added',
	'item-removed',
	'item-moved',
	'text-changed',
	'type-changed',
	'required-changed',
	'condition-changed',
	'enabling-changed',
	'demand-changed',
	'option-added',
	'option-removed',
	'option-changed',
	'competency-changed',
	'key-added',
	'key-removed',
	'key-changed',
	'points-changed',
	'explanation-changed',
	'scale-added',
	'scale-removed',
	'cut-scores-changed',
	'setting-changed',
	'card-changed',
	'other-changed',
] as const;
export type ChangeCode = (typeof changeCodes)[number];

/** One difference between two versions: at an item, a scale or a setting. Values are as they stand in the files. */
export interface Change {
	code: ChangeCode;
	at: string;
	/** `ru` or `en` where a text differs */
	language?: keyof Text;
	before?: unknown;
	after?: unknown;
}

/** Conditions of a question, and the word for a change of each. */
const CONDITIONS = [
	['visibleIf', 'condition-changed'],
	['enableIf', 'enabling-changed'],
	['requiredIf', 'demand-changed'],
] as const satisfies readonly (readonly [string, ChangeCode])[];
const LANGUAGES = ['ru', 'en'] as const;
const SETTINGS = [
	'channel',
	'minutes',
	'teacher_result',
	'minimum_share_answered',
	'minimum_items_answered',
	'languages',
] as const;

/** What is different in `after`: items in its reading order, then removed ones, scales and settings. */
export function listChanges(before: InstrumentContent, after: InstrumentContent): Change[] {
	const found = [
		...compareItems(before, after),
		...compareScales(before.key, after.key),
		...compareSettings(before, after),
		...(before.card === after.card ? [] : [{ code: 'card-changed' as const, at: '' }]),
	];
	const isSame =
		fingerprintInstrument(before.survey, bare(before.key)) ===
		fingerprintInstrument(after.survey, bare(after.key));
	return found.length === 0 && !isSame ? [{ code: 'other-changed', at: '' }] : found;
}

const bare = ({ version: _, ...key }: DraftKey): unknown => key;

function compareItems(before: InstrumentContent, after: InstrumentContent): Change[] {
	const [old, now] = [listItems(before.survey), listItems(after.survey)];
	const oldKeys = new Map(before.key.items.map((entry) => [entry.item, entry]));
	const newKeys = new Map(after.key.items.map((entry) => [entry.item, entry]));
	const oldItems = new Map(old.map((item) => [item.item, item]));
	const newNames = new Set(now.map(({ item }) => item));
	const kept = old.filter(({ item }) => newNames.has(item)).map(({ item }) => item);
	const keptNow = now.filter(({ item }) => oldItems.has(item)).map(({ item }) => item);
	const moved = findMoved(kept, keptNow);
	const questions = {
		old: new Map(listQuestions(before.survey).map((each) => [String(each.name), each])),
		now: new Map(listQuestions(after.survey).map((each) => [String(each.name), each])),
	};
	const seen = new Set<string>();
	const changes = now.flatMap((item): Change[] => {
		const earlier = oldItems.get(item.item);
		const keys = compareKeys(item.item, oldKeys.get(item.item), newKeys.get(item.item));
		if (!earlier) return [{ code: 'item-added', at: item.item, after: item.title }, ...keys];
		const isFirst = !seen.has(item.question);
		seen.add(item.question);
		return [
			...(moved.has(item.item) ? [{ code: 'item-moved' as const, at: item.item }] : []),
			...(isFirst
				? compareQuestion(item.question, questions.old.get(item.question), questions.now.get(item.question))
				: []),
			...compareTexts('text-changed', item.item, earlier.title, item.title),
			...(isFirst ? compareOptions(item.question, earlier, item) : []),
			...keys,
		];
	});
	const removed = old
		.filter(({ item }) => !newNames.has(item))
		.map(({ item, title }): Change => ({ code: 'item-removed', at: item, before: title }));
	// A matching is keyed by its whole matrix, which is no item.
	const wholes = [...new Set([...oldKeys.keys(), ...newKeys.keys()])]
		.filter((name) => !newNames.has(name) && !oldItems.has(name))
		.flatMap((name) => compareKeys(name, oldKeys.get(name), newKeys.get(name)));
	return [...changes, ...removed, ...wholes];
}

/** Items that left their order: all but the longest run that kept it. */
function findMoved(before: readonly string[], after: readonly string[]): Set<string> {
	const place = new Map(before.map((name, index) => [name, index]));
	const order = after.map((name) => place.get(name) ?? 0);
	const best = order.map((_, index) => ({ length: 1, from: -1, index }));
	for (const [index, value] of order.entries())
		for (let earlier = 0; earlier < index; earlier += 1) {
			const here = best[index]!;
			if (order[earlier]! < value && best[earlier]!.length + 1 > here.length)
				best[index] = { length: best[earlier]!.length + 1, from: earlier, index };
		}
	const kept = new Set<number>();
	let at = best.toSorted((left, right) => right.length - left.length)[0]?.index ?? -1;
	while (at >= 0) {
		kept.add(at);
		at = best[at]!.from;
	}
	return new Set(after.filter((_, index) => !kept.has(index)));
}

function compareQuestion(at: string, old?: SurveyJson, now?: SurveyJson): Change[] {
	if (!old || !now) return [];
	const found: Change[] = [];
	if (old.type !== now.type)
		found.push({ code: 'type-changed', at, before: String(old.type), after: String(now.type) });
	if ((old.isRequired === true) !== (now.isRequired === true))
		found.push({ code: 'required-changed', at, after: now.isRequired === true });
	for (const [property, code] of CONDITIONS) {
		const [before, after] = [old[property] ?? '', now[property] ?? ''];
		if (before !== after) found.push({ code, at, before, after });
	}
	return found;
}

function compareTexts(code: ChangeCode, at: string, before: Text, after: Text): Change[] {
	return LANGUAGES.filter((language) => before[language] !== after[language]).map((language) => ({
		code,
		at,
		language,
		before: before[language],
		after: after[language],
	}));
}

function compareOptions(at: string, before: ItemLabel, after: ItemLabel): Change[] {
	const old = new Map(before.values.map(({ value, title }) => [String(value), title]));
	const now = new Map(after.values.map(({ value, title }) => [String(value), title]));
	return [
		...[...now].flatMap(([value, title]) => {
			const earlier = old.get(value);
			return earlier
				? compareTexts('option-changed', at, earlier, title)
				: [{ code: 'option-added' as const, at, after: title }];
		}),
		...[...old]
			.filter(([value]) => !now.has(value))
			.map(([, title]): Change => ({ code: 'option-removed', at, before: title })),
	];
}

function compareKeys(at: string, old?: DraftKeyItem, now?: DraftKeyItem): Change[] {
	if (!old && !now) return [];
	if (!old) return [{ code: 'key-added', at, after: now?.rule }];
	if (!now) return [{ code: 'key-removed', at, before: old.rule }];
	const found: Change[] = [];
	const { competency } = now;
	if (old.competency !== competency)
		found.push({ code: 'competency-changed', at, before: old.competency, after: competency });
	if (fingerprintInstrument(old.rule, null) !== fingerprintInstrument(now.rule, null))
		found.push({ code: 'key-changed', at, before: old.rule, after: now.rule });
	if (old.max_points !== now.max_points)
		found.push({ code: 'points-changed', at, before: old.max_points, after: now.max_points });
	const [was, is] = [readText(old.explanation, ''), readText(now.explanation, '')];
	return [...found, ...compareTexts('explanation-changed', at, was, is)];
}

function compareScales(before: DraftKey, after: DraftKey): Change[] {
	const [old, now] = [before, after].map(({ scales }) => new Set(scales.map(({ scale }) => scale)));
	const found: Change[] = [
		...[...now!].filter((scale) => !old!.has(scale)).map((at): Change => ({ code: 'scale-added', at })),
		...[...old!].filter((scale) => !now!.has(scale)).map((at): Change => ({ code: 'scale-removed', at })),
	];
	if (fingerprintInstrument(before.cut_scores, null) !== fingerprintInstrument(after.cut_scores, null))
		found.push({
			code: 'cut-scores-changed',
			at: '',
			before: before.cut_scores,
			after: after.cut_scores,
		});
	return found;
}

function compareSettings(before: InstrumentContent, after: InstrumentContent): Change[] {
	const plain = SETTINGS.filter((name) => String(before.key[name]) !== String(after.key[name])).map(
		(at): Change => ({
			code: 'setting-changed',
			at,
			before: before.key[at],
			after: after.key[at],
		}),
	);
	const texts = (['title', 'purpose', 'cut_scores_name'] as const).flatMap((name) =>
		compareTexts('setting-changed', name, before.key[name], after.key[name]),
	);
	return [...texts, ...plain];
}
