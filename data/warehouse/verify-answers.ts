import { rowsOf } from './columns.ts';
import { createGiveWay } from './give-way.ts';
import { closedCells, type FieldColumn, openAnswers } from './projection/answer-cells.ts';
import type { CompiledInstrument, Instruments } from './projection/instruments.ts';
import type { RecordedResponse } from './projection/recorded-responses.ts';
import { identifier } from './sql-text.ts';
import type { Warehouse } from './warehouse.ts';

/** What a page of responses should have laid down, and which of them lie otherwise. */
export interface AnswerComparison {
	/** open answers that the records hold */
	open: number;
	/** ids of responses whose unscored or open answers read otherwise in the warehouse */
	differing: Set<string>;
}

/** Compares every answer that no key scores with what the warehouse keeps of it: closed ones by column, open ones by item. */
export async function compareAnswers(
	warehouse: Warehouse,
	instruments: Instruments,
	responses: readonly RecordedResponse[],
): Promise<AnswerComparison> {
	const found: AnswerComparison = { open: 0, differing: new Set() };
	const open = await readOpen(
		warehouse,
		responses.map(({ id }) => id),
	);
	const giveWay = createGiveWay();
	for (const group of Map.groupBy(responses, (row) => `${row.instrument}@${row.version}`).values()) {
		const [{ instrument, version }] = group as [RecordedResponse];
		const compiled = instruments.get(`${instrument}@${version}`);
		if (!compiled) continue;
		const closed = await readClosed(
			warehouse,
			compiled,
			group.map(({ id }) => id),
		);
		for (const { id, answers } of group) {
			await giveWay();
			const given = readJson(answers);
			if (given === undefined) continue;
			const written = openAnswers(compiled.answers, given);
			found.open += written.length;
			const lines = written.map(({ item, kind, value }) => JSON.stringify([item, kind, value])).sort();
			const cells = JSON.stringify(typed(closedCells(compiled.answers, given), compiled.answers.columns));
			if (closed.get(id) !== cells || JSON.stringify(open.get(id) ?? []) !== JSON.stringify(lines))
				found.differing.add(id);
		}
	}
	return found;
}

function readJson(text: string): Record<string, unknown> | undefined {
	try {
		return JSON.parse(text) as Record<string, unknown>;
	} catch {
		return undefined;
	}
}

const typed = (cells: readonly (string | null)[], columns: readonly FieldColumn[]): unknown[] =>
	cells.map((cell, index) =>
		cell === null || columns[index]?.value_type === 'varchar' ? cell : Number(cell),
	);

/** The unscored closed answers of these responses as one line each. */
async function readClosed(
	warehouse: Warehouse,
	{ table, answers }: CompiledInstrument,
	ids: string[],
): Promise<Map<string, string>> {
	const columns = answers.columns.map(({ value_column }) => `answers.${identifier(value_column)}`);
	const rows = await warehouse.ask(
		`select ${['response_id', ...columns].join(', ')}
		from ${identifier(table)} as answers join response using (response_key)
		where list_contains($ids::varchar[], response_id)`,
		{ ids },
	);
	const [keys = [], ...cells] = rows.columns;
	return new Map(
		keys.map((id, index) => [String(id), JSON.stringify(cells.map((column) => column[index]))] as const),
	);
}

async function readOpen(warehouse: Warehouse, ids: string[]): Promise<Map<string, string[]>> {
	const rows = rowsOf<{ response_id: string; item: string; kind: string; value: string }>(
		await warehouse.ask(
			`select response_id, item, kind, value
			from open_answer join response using (response_key)
			where list_contains($ids::varchar[], response_id)`,
			{ ids },
		),
	);
	const found = new Map<string, string[]>();
	for (const { response_id, item, kind, value } of rows) {
		const lines = found.get(response_id) ?? [];
		lines.push(JSON.stringify([item, kind, value]));
		found.set(response_id, lines);
	}
	for (const lines of found.values()) lines.sort();
	return found;
}
