import { listCompetencies, listCompetencyGroups } from '#surveys/competencies.ts';
import { type ItemLabel, listItems } from '#surveys/item-labels.ts';
import type { Finding } from '#surveys/lint/finding.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import type { Change } from '#surveys/workshop/difference.ts';
import type { ChangeLine, DraftFinding } from '../contract/workshop.ts';
import { hasText, type Language, translate } from '../language.ts';

const word = (language: Language, key: string, values: Record<string, unknown> = {}): string =>
	translate(language, `workshop:${key}`, values);
const known = (language: Language, key: string, otherwise: string): string =>
	hasText(`workshop:${key}`) ? word(language, key) : otherwise;

const CONDITION_CODES: ReadonlySet<string> = new Set([
	'condition-changed',
	'enabling-changed',
	'demand-changed',
]);

/** Findings in words: ids of competencies and scales by their names. */
export function describeFindings(findings: readonly Finding[], language: Language): DraftFinding[] {
	const names = nameScales(language);
	const described = findings.map(({ code, severity, at, params }) => {
		const values: Record<string, unknown> = { ...params, at: names.get(at) ?? describePlace(at, language) };
		for (const name of ['least', 'most'])
			if (typeof params[name] === 'string') values[name] = names.get(params[name]) ?? params[name];
		if (typeof params.fault === 'string')
			values.fault = known(language, `value.fault.${params.fault}`, word(language, 'value.fault.other'));
		return {
			code,
			severity,
			at,
			text: word(language, `lint.${code}.text`, values),
			remedy: word(language, `lint.${code}.remedy`, values),
		};
	}); // One text stands in the survey and in the key: said once.
	return described.filter(({ text }, index) => described.findIndex((other) => other.text === text) === index);
}

/** A path of the file as a place a person knows. */
function describePlace(at: string, language: Language): string {
	const [, page, index] = /^pages\.(\d+)(?:\.elements\.(\d+))?/.exec(at) ?? [];
	if (page !== undefined)
		return word(language, index === undefined ? 'place.page' : 'place.question', {
			page: Number(page) + 1,
			question: Number(index) + 1,
		});
	const name = /^(?:key\.)?(title|description|purpose|cut_scores_name)/.exec(at)?.[1];
	return name === undefined ? at : word(language, `place.${name}`);
}

/** Differences in words, each at the name of its place. */
export function describeChanges(
	changes: readonly Change[],
	before: InstrumentContent,
	after: InstrumentContent,
	language: Language,
): ChangeLine[] {
	const names = nameScales(language);
	const items = new Map(
		[...listItems(before.survey), ...listItems(after.survey)].map((item) => [item.item, item]),
	);
	return changes.map((change) => ({
		code: change.code,
		at: change.at,
		place: known(language, `setting.${change.at}`, names.get(change.at) ?? change.at),
		text: word(language, `change.${change.code}`, {
			language: change.language ?? '',
			before: describeValue(change.before, change, items, names, language),
			after: describeValue(change.after, change, items, names, language),
		}),
	}));
}

function describeValue(
	value: unknown,
	{ code, at }: Change,
	items: ReadonlyMap<string, ItemLabel>,
	names: ReadonlyMap<string, string>,
	language: Language,
): string {
	if (value === undefined) return '';
	if (value === '' && CONDITION_CODES.has(code)) return word(language, 'value.empty');
	if (typeof value === 'boolean') return word(language, value ? 'value.yes' : 'value.no');
	if (code === 'type-changed') return known(language, `value.type.${value}`, String(value));
	if (at === 'channel') return translate(language, `value.channel.${value}`);
	if (at === 'teacher_result') return known(language, `value.teacher_result.${value}`, String(value));
	if (code.startsWith('key-')) return describeRule(value, items.get(at), language);
	if (Array.isArray(value)) {
		const cuts = value as { level?: string; from?: number; to?: number }[];
		return cuts.map((cut) => (typeof cut === 'object' ? `${cut.from}–${cut.to} %` : String(cut))).join(', ');
	}
	if (typeof value === 'object' && value !== null) return (value as Record<string, string>)[language] ?? '';
	return names.get(String(value)) ?? String(value);
}

/** A scoring rule in words; one of a kind that has no words yet is named. */
function describeRule(rule: unknown, item: ItemLabel | undefined, language: Language): string {
	const given = rule as Record<string, unknown> & { kind: string };
	const texts = new Map(item?.values.map(({ value, title }) => [String(value), title[language]]));
	const name = (value: unknown): string => texts.get(String(value)) ?? String(value);
	const points = (entries: readonly (readonly [string, unknown])[]): string =>
		word(language, 'rule.points', {
			list: entries.map(([value, each]) => `${name(value)} — ${each}`).join('; '),
		});
	switch (given.kind) {
		case 'likert':
			return word(language, `rule.likert-${given.direction}`, given);
		case 'choice':
		case 'multiple':
			return points(Object.entries((given.points ?? {}) as object));
		case 'case':
			return points(
				((given.options ?? []) as { value: string; points: number }[]).map((each) => [
					each.value,
					each.points,
				]),
			);
		case 'ordering':
			return word(language, 'rule.order', { list: ((given.order ?? []) as string[]).map(name).join(' → ') });
		case 'matching':
			return word(language, 'rule.pairs', {
				list: Object.entries((given.pairs ?? {}) as object)
					.map(([row, column]) => `${row} — ${column}`)
					.join('; '),
			});
		default:
			return word(language, 'rule.other', { kind: given.kind });
	}
}

const nameScales = (language: Language): Map<string, string> =>
	new Map([...listCompetencies(), ...listCompetencyGroups()].map(({ id, title }) => [id, title[language]]));
