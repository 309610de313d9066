import type { AnswerQuality } from '#surveys/answer-quality.ts';
import type { ScoredResponse } from '#surveys/scoring.ts';
import { type Cell, CellColumn, type CellType } from '../cells.ts';
import { createGiveWay } from '../give-way.ts';
import { closedCells, openAnswers } from './answer-cells.ts';
import type { CompiledInstrument, Instruments } from './instruments.ts';
import type { RecordedResponse } from './recorded-responses.ts';

/** What a run of responses adds to the warehouse, column by column in the order of the tables; keys are given already. */
export interface ScoredRows {
	length: number;
	responses: Columns<typeof RESPONSE>;
	/** by the wide table of the version; a response that cannot be read has no row */
	answers: ReadonlyMap<string, readonly CellColumn[]>;
	scores: Columns<typeof SCORE>;
	open: Columns<typeof OPEN_ANSWER>;
	unscored: { response_id: string; reason: string }[];
}

/** Columns of the staging table of responses, as `incoming_response` has them. */
export const RESPONSE = {
	response_key: 'integer',
	response_id: 'varchar',
	campaign_id: 'varchar',
	participant_code: 'varchar',
	instrument: 'varchar',
	version: 'integer',
	submitted_on: 'date',
	duration_seconds: 'integer',
	n_asked: 'integer',
	n_answered: 'integer',
	n_attitude: 'integer',
	longest_run: 'integer',
	n_halves: 'integer',
	odd_even: 'double',
} as const satisfies Shape;

const SCORE = {
	response_key: 'integer',
	scale_key: 'integer',
	points: 'double',
	max_points: 'double',
	percent: 'double',
	n_answered: 'integer',
	answered_enough: 'boolean',
} as const satisfies Shape;

const OPEN_ANSWER = {
	response_key: 'integer',
	item: 'varchar',
	kind: 'varchar',
	value: 'varchar',
} as const satisfies Shape;

type Shape = Readonly<Record<string, CellType>>;
type Columns<Of extends Shape> = { readonly [Name in keyof Of]: CellColumn };

function columnsOf<Of extends Shape>(shape: Of): Columns<Of> {
	return Object.fromEntries(
		Object.entries(shape).map(([name, type]) => [name, new CellColumn(type)]),
	) as Columns<Of>;
}

const NO_QUALITY: Record<keyof AnswerQuality, null> = {
	n_asked: null,
	n_answered: null,
	n_attitude: null,
	longest_run: null,
	n_halves: null,
	odd_even: null,
};

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Scores responses, each by the key of its own version, giving way to others meanwhile. They get the keys from `firstKey`
 * on, in their order. One that its key cannot score is kept with what was answered, and named with the reason.
 */
export async function scoreResponses(
	instruments: Instruments,
	responses: readonly RecordedResponse[],
	firstKey: number,
): Promise<ScoredRows> {
	const giveWay = createGiveWay();
	const answers = new Map<string, CellColumn[]>();
	const rows: ScoredRows = {
		length: responses.length,
		responses: columnsOf(RESPONSE),
		answers,
		scores: columnsOf(SCORE),
		open: columnsOf(OPEN_ANSWER),
		unscored: [],
	};
	for (const [index, response] of responses.entries()) {
		await giveWay();
		const key = firstKey + index;
		let quality: AnswerQuality | typeof NO_QUALITY = NO_QUALITY;
		try {
			const compiled = instruments.get(`${response.instrument}@${response.version}`);
			if (!compiled) throw new Error('no key of this version can be read');
			const given = JSON.parse(response.answers) as Record<string, unknown>;
			const scored = tryToScore(compiled, given);
			const wide = answers.get(compiled.table) ?? wideColumns(compiled);
			answers.set(compiled.table, wide);
			addAnswers(wide, key, compiled, given, scored instanceof Error ? undefined : scored);
			addOpenAnswers(rows, key, compiled, given);
			if (scored instanceof Error) throw scored;
			addScores(rows, key, compiled, scored);
			quality = compiled.describe(scored);
		} catch (error) {
			const reason = error instanceof Error ? error.message : String(error);
			rows.unscored.push({ response_id: response.id, reason });
		}
		addResponse(rows, key, response, quality);
	}
	return rows;
}

/** The scores, or why there are none. */
function tryToScore(
	{ items, score }: CompiledInstrument,
	given: Readonly<Record<string, unknown>>,
): ScoredResponse | Error {
	try {
		const scored = score(given);
		for (let index = 0; index < items.length; index += 1) {
			const { item, value } = scored.items[index]!;
			if (value === null || items[index]!.value_type === 'varchar' || isSmall(Number(value))) continue;
			return new Error(`${item}: ${value} is not a small whole number`);
		}
		return scored;
	} catch (error) {
		return error instanceof Error ? error : new Error(String(error));
	}
}

const isSmall = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 15;

const wideColumns = ({ items, answers }: CompiledInstrument): CellColumn[] => [
	new CellColumn('integer'),
	...items.flatMap(({ value_type }) => [new CellColumn(value_type), new CellColumn('double')]),
	...answers.columns.map(({ value_type }) => new CellColumn(value_type)),
];

/** All that was answered to closed questions, whether or not the key can score it. */
function addAnswers(
	wide: readonly CellColumn[],
	key: number,
	{ items, answers }: CompiledInstrument,
	given: Readonly<Record<string, unknown>>,
	scored: ScoredResponse | undefined,
): void {
	let column = 0;
	const push = (cell: Cell): void => {
		const into = wide[column++]!;
		into.push(cell === null || into.type === 'varchar' ? cell : Number(cell));
	};
	push(key);
	for (let index = 0; index < items.length; index += 1) {
		const { value = null, points = null } = scored?.items[index] ?? {};
		push(value);
		push(points);
	}
	for (const cell of closedCells(answers, given)) push(cell);
}

function addOpenAnswers(
	{ open }: ScoredRows,
	response_key: number,
	{ answers }: CompiledInstrument,
	given: Readonly<Record<string, unknown>>,
): void {
	for (const { item, kind, value } of openAnswers(answers, given))
		addRow(open, { response_key, item, kind, value });
}

function addScores(
	{ scores }: ScoredRows,
	response_key: number,
	{ scales }: CompiledInstrument,
	scored: ScoredResponse,
): void {
	for (const [index, { points, max, percent, n_answered, answered_enough }] of scored.scales.entries()) {
		const { scale_key } = scales[index]!;
		addRow(scores, {
			response_key,
			scale_key,
			points,
			max_points: max,
			percent,
			n_answered,
			answered_enough,
		});
	}
}

function addResponse(
	{ responses }: ScoredRows,
	response_key: number,
	{
		id,
		campaign_id,
		participant_code,
		instrument,
		version,
		submitted_at,
		duration_seconds,
	}: RecordedResponse,
	quality: AnswerQuality | typeof NO_QUALITY,
): void {
	addRow(responses, {
		response_key,
		response_id: id,
		campaign_id,
		participant_code,
		instrument,
		version,
		submitted_on: Math.floor(Date.parse(submitted_at.slice(0, 10)) / MILLISECONDS_PER_DAY),
		duration_seconds: duration_seconds === null ? null : Math.round(duration_seconds),
		...quality,
	});
}

function addRow<Names extends string>(
	columns: Readonly<Record<Names, CellColumn>>,
	cells: Readonly<Record<Names, Cell>>,
): void {
	for (const name in columns) columns[name].push(cells[name]);
}
