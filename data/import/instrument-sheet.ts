import type { Text } from '#surveys/text.ts';
import { composeInstrument } from '#surveys/workshop/compose.ts';
import type { InstrumentContent } from '#surveys/workshop/content.ts';
import type { ItemKind, PlainItem } from '#surveys/workshop/new-item.ts';
import { readNumber } from './cell-rules.ts';
import type { Issue } from './codes.ts';
import { instrumentColumns } from './instrument-columns.ts';
import { findSheet, type ReadSheet, readRows, refuseRow } from './sheet.ts';
import { writeExplainedSheet } from './template.ts';
import { readWorkbook } from './workbook.ts';

/** Kinds that offer options to choose from. */
const WITH_OPTIONS: ReadonlySet<ItemKind> = new Set([
	'likert',
	'choice',
	'multiple',
	'ordering',
	'matching',
	'case',
]);
const WITH_CORRECT: ReadonlySet<ItemKind> = new Set(['choice', 'multiple', 'boolean']);
const SECONDS_PER_ITEM = 20;

/** The sheet to fill in, importable as it is. */
export function writeInstrumentTemplate(language: 'ru' | 'en'): Promise<Buffer> {
	const rows = Array.from({ length: 5 }, (_, index) =>
		Object.fromEntries(instrumentColumns.map((rule) => [rule.field, rule.examples[index] ?? null])),
	);
	const notes = {
		ru: 'Каждая строка — один вопрос. Строки на первом листе — примеры: замените их своими.',
		en: 'Each row is one question. The rows of the first sheet are examples: put your own in their place.',
	};
	const name = { ru: 'Вопросы', en: 'Questions' };
	return writeExplainedSheet(name[language], instrumentColumns, rows, [notes[language]], language);
}

/**
 * Reads a sheet of questions into an instrument: a test when anything has a right answer, else a self-assessment. Rows
 * with faults are named and left out; the content is null when there are any.
 * @throws ImportError when the file is no such sheet
 */
export async function readInstrumentSheet(
	bytes: Uint8Array,
	fileName: string,
	instrument: string,
	title: string,
): Promise<{ content: InstrumentContent | null; items: number; issues: Issue[] }> {
	const rules = [...instrumentColumns];
	const read = readRows(rules, findSheet(rules, await readWorkbook(bytes, fileName)));
	const names = new Set<string>();
	const pages: { title: Text | null; items: PlainItem[] }[] = [];
	for (const { row, values } of read.rows) {
		const item = readItem(read, row, values, names);
		if (!item) continue;
		const page = typeof values.page === 'string' ? values.page : null;
		const last = pages.at(-1);
		if (last && (page === null || page === last.title?.ru)) last.items.push(item);
		else pages.push({ title: page === null ? null : { ru: page, en: '' }, items: [item] });
	}
	const items = pages.flatMap((page) => page.items);
	const isTest = items.some(({ kind, correct }) => correct !== undefined || kind === 'case');
	const isScored = items.some(({ competency }) => competency !== undefined);
	const isSound = read.issues.length === 0 && items.length > 0;
	return {
		content: isSound
			? composeInstrument({
					instrument,
					channel: isTest ? 'test' : isScored ? 'self_assessment' : 'questionnaire',
					title: { ru: title, en: '' },
					purpose: { ru: '', en: '' },
					minutes: Math.max(1, Math.ceil((items.length * SECONDS_PER_ITEM) / 60)),
					pages,
				})
			: null,
		items: items.length,
		issues: read.issues.toSorted((left, right) => left.row - right.row),
	};
}

function readItem(
	read: ReadSheet,
	row: number,
	values: Record<string, unknown>,
	names: Set<string>,
): PlainItem | undefined {
	const kind = values.type as ItemKind;
	const before = read.issues.length;
	const refuse = (field: string, code: Issue['code'], params: Issue['params'] = {}): void =>
		refuseRow(read, row, field, code, values[field], params);
	const name = (values.name as string | null) ?? freeName(names);
	if (names.has(name)) refuse('name', 'duplicate-id');
	names.add(name);

	const lists = WITH_OPTIONS.has(kind) ? readOptions(values, kind, refuse) : { options: [], rights: [] };
	const count = kind === 'boolean' ? 2 : lists.options.length;
	const correct = WITH_CORRECT.has(kind) ? readCorrect(values.correct, count, refuse) : undefined;
	const points = readPoints(values.points, refuse);
	if (kind === 'case' && points.length !== count) refuse('points', 'points-per-option', { count });
	if (correct !== undefined && values.competency === null) refuse('competency', 'competency-missing');
	const isScored = values.competency !== null;
	if (isScored && kind === 'multiple' && correct === undefined) refuse('correct', 'correct-missing');
	if (isScored && kind === 'choice' && correct === undefined) refuse('correct', 'correct-missing');
	if (read.issues.length > before) return undefined;
	const explanation = values.explanation_ru as string | null;
	return {
		name,
		kind,
		title: { ru: values.question_ru as string, en: (values.question_en as string | null) ?? '' },
		options: lists.options,
		rights: lists.rights,
		...(correct === undefined ? {} : { correct }),
		points,
		competency: (values.competency as string | null) ?? undefined,
		isReversed: values.reversed === 'yes',
		isRequired: values.required === 'yes',
		explanation: explanation
			? { ru: explanation, en: (values.explanation_en as string | null) ?? '' }
			: undefined,
	};
}

type Refuse = (field: string, code: Issue['code'], params?: Issue['params']) => void;

function readOptions(
	values: Record<string, unknown>,
	kind: ItemKind,
	refuse: Refuse,
): { options: Text[]; rights: Text[] } {
	const russian = (values.options_ru as string[] | null) ?? [];
	const english = (values.options_en as string[] | null) ?? [];
	if (russian.length < 2) refuse('options_ru', 'too-few-options', { count: russian.length });
	if (english.length > 0 && english.length !== russian.length)
		refuse('options_en', 'translation-differs', { count: english.length, expected: russian.length });
	const halves = (option: string): string[] => option.split('=').map((half) => half.trim());
	const side = (at: 0 | 1): Text[] =>
		russian.map((option, index) => ({
			ru: kind === 'matching' ? (halves(option)[at] ?? '') : option,
			en: (kind === 'matching' ? halves(english[index] ?? '')[at] : english[index]) ?? '',
		}));
	return { options: side(0), rights: kind === 'matching' ? side(1) : [] };
}

/** `2`, `b` or `1, 3`: places from 0; undefined when nothing is said. */
function readCorrect(cell: unknown, count: number, refuse: Refuse): number[] | undefined {
	if (cell === null) return undefined;
	const words = String(cell)
		.split(/[,;|\s]+/)
		.filter((word) => word !== '');
	return words.map((word) => {
		const place = /^\d+$/.test(word) ? Number(word) - 1 : word.toLowerCase().charCodeAt(0) - 97;
		if (place < 0 || place >= count) refuse('correct', 'correct-unknown', { value: word, count });
		return place;
	});
}

function readPoints(cell: unknown, refuse: Refuse): number[] {
	if (cell === null) return [];
	return String(cell)
		.split('|')
		.map((word) => {
			const read = readNumber(word.trim());
			if (read === undefined) refuse('points', 'not-a-number');
			else if (read.value < 0) refuse('points', 'below-minimum', { min: 0 });
			return read?.value ?? 0;
		});
}

function freeName(names: ReadonlySet<string>): string {
	let number = names.size + 1;
	while (names.has(`q${number}`)) number += 1;
	return `q${number}`;
}
