import { identifier, number, oneOf, type Parsed, text } from './cell-rules.ts';
import { type Checked, nothingChecked, type SheetKind } from './checked.ts';
import { ImportError } from './codes.ts';
import type { KnownProcedure } from './context.ts';
import { type ReadSheet, refuseRow } from './sheet.ts';
import { subjectId } from './subjects.ts';
import type { Cell, Sheet } from './workbook.ts';

export type ProcedureToStore = KnownProcedure;

const cutoffHelp = {
	ru: 'Наименьший первичный балл, за который ставится эта отметка.',
	en: 'The smallest primary score that earns this mark.',
};

function column(
	field: string,
	titles: [string, string, ...string[]],
	parse: (cell: Exclude<Cell, null>) => Parsed,
	help: { ru: string; en: string },
	examples: Cell[],
	isRequired = false,
) {
	const [ru, en, ...aliases] = titles;
	return {
		field,
		titles: { ru, en, aliases },
		required: isRequired,
		filled: isRequired,
		parse,
		help,
		examples,
	};
}

/** Assessment procedures with their mark scales: a row per procedure, cut-offs and items as dated reference data. */
export const proceduresSheet: SheetKind<ProcedureToStore> = {
	kind: 'procedures',
	name: { ru: 'Процедуры', en: 'Procedures' },
	columns: (context) => [
		column(
			'id',
			['Код процедуры', 'Procedure code', 'код', 'процедура', 'procedure'],
			identifier(),
			{
				ru: 'Короткий код, которым процедура называется в файлах результатов.',
				en: 'A short code by which results files name the procedure.',
			},
			['vpr-2026-4-math', 'oge-2026-9-russian'],
			true,
		),
		column(
			'kind',
			['Вид', 'Kind', 'вид процедуры', 'тип'],
			oneOf({
				vpr: ['ВПР'],
				oge: ['ОГЭ'],
				ege: ['ЕГЭ'],
				other: ['другое', 'иное', 'муниципальная', 'региональная'],
			}),
			{ ru: 'ВПР, ОГЭ, ЕГЭ или другое.', en: 'vpr, oge, ege or other.' },
			['ВПР', 'ОГЭ'],
			true,
		),
		column(
			'year',
			['Год', 'Year'],
			number({ min: 2000, max: Number(context.today.slice(0, 4)) + 1, integer: true }),
			{
				ru: 'Год проведения.',
				en: 'The year it was held.',
			},
			[2026, 2026],
			true,
		),
		column(
			'grade',
			['Класс', 'Grade', 'параллель'],
			number({ min: 1, max: 12, integer: true }),
			{
				ru: 'Параллель: число от 1 до 12.',
				en: 'The grade: a number from 1 to 12.',
			},
			[4, 9],
		),
		column(
			'subject',
			['Предмет', 'Subject'],
			(cell) => {
				const read = text(100)(cell);
				return 'code' in read ? read : { value: subjectId(String(read.value)) };
			},
			{ ru: 'Предмет словами.', en: 'The subject.' },
			['математика', 'русский язык'],
			true,
		),
		column(
			'title',
			['Название', 'Title', 'наименование'],
			text(300),
			{
				ru: 'Название для отчётов; пусто — останется код.',
				en: 'A title for reports; when empty, the code serves.',
			},
			['ВПР по математике, 4 класс', 'ОГЭ по русскому языку'],
		),
		column(
			'max_score',
			['Максимальный балл', 'Maximum score', 'максимум', 'макс. балл', 'макс балл', 'max'],
			number({ min: 1, max: 1000 }),
			{
				ru: 'Наибольший первичный балл.',
				en: 'The largest primary score.',
			},
			[20, 33],
			true,
		),
		column(
			'cutoff_3',
			['Порог «3»', 'Cut-off 3', 'с какого балла 3', 'отметка 3'],
			number({ min: 0 }),
			cutoffHelp,
			[6, 15],
		),
		column(
			'cutoff_4',
			['Порог «4»', 'Cut-off 4', 'с какого балла 4', 'отметка 4'],
			number({ min: 0 }),
			cutoffHelp,
			[10, 23],
		),
		column(
			'cutoff_5',
			['Порог «5»', 'Cut-off 5', 'с какого балла 5', 'отметка 5'],
			number({ min: 0 }),
			cutoffHelp,
			[15, 29],
		),
		column(
			'fail_below',
			['Минимальный балл', 'Fail below', 'порог', 'минимальный порог', 'минимум'],
			number({ min: 0 }),
			{
				ru: 'Ниже этого балла процедура не пройдена (для процедур без отметок).',
				en: 'Below this score the procedure is failed (for procedures without marks).',
			},
			[null, null],
		),
		column(
			'items',
			['Задания', 'Items', 'задания и баллы'],
			(cell) => parseItems(String(cell)),
			{
				ru: 'Задания с наибольшими баллами через точку с запятой: «1: 1; 2: 1; 5.1: 2».',
				en: 'Items with their largest scores, separated by semicolons: "1: 1; 2: 1; 5.1: 2".',
			},
			['1: 4; 2: 4; 3: 4; 4: 4; 5.1: 2; 5.2: 2', null],
		),
		column(
			'document',
			['Документ', 'Document', 'основание'],
			text(500),
			{
				ru: 'Документ, которым утверждена шкала.',
				en: 'The document that fixed the scale.',
			},
			['Методические рекомендации 2026 года', null],
		),
	],
	check(read, context) {
		const checked: Checked<ProcedureToStore> = nothingChecked();
		const known = new Map(context.procedures.map((each) => [each.id, each]));
		const seen = new Map<string, number>();
		for (const { row, values } of read.rows) {
			const id = String(values.id);
			const first = seen.get(id);
			if (first !== undefined) {
				refuseRow(read, row, 'id', 'duplicate-id', id, { first_row: first });
				continue;
			}
			seen.set(id, row);
			const cutoffs = readCutoffs(read, row, values);
			if (cutoffs === undefined) continue;
			const max = values.max_score as number;
			if (values.fail_below !== null && (values.fail_below as number) > max) {
				refuseRow(read, row, 'fail_below', 'above-maximum', values.fail_below, { max });
				continue;
			}
			const before = known.get(id);
			const after: ProcedureToStore = {
				id,
				kind: values.kind as string,
				year: values.year as number,
				grade: values.grade as number | null,
				subject: values.subject as string,
				title: (values.title ?? id) as string,
				max_score: max,
				cutoffs,
				fail_below: values.fail_below as number | null,
				items: (values.items ?? []) as KnownProcedure['items'],
				document: (values.document ?? '') as string,
				valid_from: before?.valid_from ?? `${values.year}-01-01`,
			};
			if (before && JSON.stringify(inOrder(before)) === JSON.stringify(inOrder(after))) {
				checked.skipped += 1;
				continue;
			}
			if (before) checked.changed += 1;
			checked.rows.push(after);
		}
		return checked;
	},
};

/**
 * A JSON list of procedures (contract: `{ id, kind, year, grade, subject, max_score, cutoffs, fail_below, items }`) as the
 * sheet that says the same, so that both are checked by the same rules.
 * @throws ImportError `invalid-json`
 */
export function sheetOfProcedures(json: string, fileName: string): Sheet {
	let entries: unknown;
	try {
		entries = JSON.parse(json.replace(/^\ufeff/, ''));
	} catch (cause) {
		throw new ImportError('invalid-json', { file: fileName, detail: (cause as Error).message });
	}
	if (!Array.isArray(entries) || entries.some((entry) => typeof entry !== 'object' || entry === null)) {
		throw new ImportError('invalid-json', { file: fileName, detail: '[{ "id": … }]' });
	}
	const fields = [
		'id',
		'kind',
		'year',
		'grade',
		'subject',
		'title',
		'max_score',
		'cutoff_3',
		'cutoff_4',
		'cutoff_5',
		'fail_below',
		'items',
		'document',
	];
	const rows = entries.map((entry: Record<string, unknown>) => {
		const cutoffs = (entry.cutoffs ?? {}) as Record<string, unknown>;
		const flat: Record<string, unknown> = {
			...entry,
			cutoff_3: cutoffs['3'],
			cutoff_4: cutoffs['4'],
			cutoff_5: cutoffs['5'],
			items: itemsText(entry.items),
		};
		return fields.map((field) => asCell(flat[field]));
	});
	return { name: fileName, rows: [fields, ...rows] };
}

function itemsText(items: unknown): string | null {
	if (!Array.isArray(items) || items.length === 0) return null;
	return items.map(({ id, max }: { id?: unknown; max?: unknown }) => `${id}: ${max}`).join('; ');
}

function asCell(value: unknown): Cell {
	if (value === undefined || value === null) return null;
	return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

function parseItems(written: string): Parsed {
	const items: KnownProcedure['items'] = [];
	for (const part of written.split(';')) {
		if (part.trim() === '') continue;
		const read = /^\s*([\p{L}\p{N}][^:;]*?)\s*[:=]\s*(\d+(?:[.,]\d+)?)\s*$/u.exec(part);
		const max = Number(read?.[2]?.replace(',', '.'));
		if (!read || !(max > 0) || items.some((item) => item.id === read[1])) {
			return { code: 'invalid-items', params: { part: part.trim() } };
		}
		items.push({ id: read[1]!, max });
	}
	return { value: items };
}

/** All three cut-offs or none, rising, within the scale; undefined when the row was refused. */
function readCutoffs(
	read: ReadSheet,
	row: number,
	values: Record<string, unknown>,
): KnownProcedure['cutoffs'] | undefined {
	const [three, four, five] = [values.cutoff_3, values.cutoff_4, values.cutoff_5] as (number | null)[];
	if (three == null && four == null && five == null) return null;
	const max = values.max_score as number;
	const isRising =
		three != null && four != null && five != null && three < four && four < five && five <= max;
	if (!isRising || three <= 0) {
		refuseRow(
			read,
			row,
			'cutoff_3',
			'cutoffs-order',
			[three, four, five].map((each) => each ?? '—').join(' – '),
			{ max },
		);
		return undefined;
	}
	return { 3: three, 4: four, 5: five };
}

function inOrder(procedure: KnownProcedure): unknown[] {
	const { kind, year, grade, subject, title, max_score, cutoffs, fail_below, items, document } = procedure;
	return [
		kind,
		year,
		grade,
		subject,
		title,
		max_score,
		fail_below,
		document,
		cutoffs && [cutoffs[3], cutoffs[4], cutoffs[5]],
		items.map(({ id, max }) => [id, max]),
	];
}
