import { type AnswerField, listAnswerFields } from '#surveys/answer-fields.ts';
import { type AnswerQuality, compileAnswerQuality } from '#surveys/answer-quality.ts';
import { listCompetencies, listCompetencyGroups } from '#surveys/competencies.ts';
import { findQuestionTitle, type SurveyJson } from '#surveys/item-labels.ts';
import { type Key, type KeyItem, keySchema, measuresPeople } from '#surveys/key.ts';
import { compileScoring, type ScoredResponse } from '#surveys/scoring.ts';
import type { Text } from '#surveys/text.ts';
import type { Db } from '../../records/store.ts';
import { closedAnswerView } from '../closed-answer-view.ts';
import { itemScoreView } from '../item-score-view.ts';
import { identifier } from '../sql-text.ts';
import type { Writer } from '../warehouse.ts';
import { type AnswerFields, layOutFields } from './answer-cells.ts';
import { insertRows } from './rows.ts';

/** A published version, compiled: how to score one response and where its answers lie. */
export interface CompiledInstrument {
	instrument: string;
	version: number;
	channel: Key['channel'];
	table: string;
	items: AnswerColumns[];
	/** every field of the survey, scored or not, and where those lie that no key scores */
	answers: AnswerFields;
	/** in the order of the key, which is the order of the scores; the warehouse gives each its number */
	scales: { scale: string; scale_key: number }[];
	score(answers: Readonly<Record<string, unknown>>): ScoredResponse;
	/** how a scored response was filled in */
	describe(scored: ScoredResponse): AnswerQuality;
}

interface AnswerColumns {
	item: string;
	/** in the words of the form; null where it has no such question */
	title: Text | null;
	value_column: string;
	value_type: 'smallint' | 'varchar';
	points_column: string;
}

/** Compiled versions by `instrument@version`. */
export type Instruments = Map<string, CompiledInstrument>;

const RESERVED = ['response_key', 'campaign_id', 'school_id', 'municipality_id', 'region_id'];

/**
 * Compiles every published version and loads those that are new: scales, items, and an empty wide table for answers.
 * A version whose key cannot be read is left out; its responses count as answered and are listed as unscored.
 */
export async function loadInstruments(db: Db, writer: Writer, instruments: Instruments): Promise<void> {
	await loadFramework(writer);
	const present = await writer.read('select instrument, version from instrument');
	const known = new Set(
		present.columns[0]!.map((instrument, index) => `${instrument}@${present.columns[1]![index]}`),
	);
	for (const { id, compiled, key } of await readVersions(db)) {
		instruments.set(id, compiled);
		if (!known.has(id)) await describeInstrument(writer, compiled, key);
	}
	await numberScales(writer, instruments);
	await writer.run(await itemScoreView((sql) => writer.read(sql)));
	await writer.run(await closedAnswerView((sql) => writer.read(sql)));
}

const NOT_NUMBERED = 0;

async function nextScale(writer: Writer): Promise<number> {
	const { columns } = await writer.read('select coalesce(max(scale_key), 0) + 1 from instrument_scale');
	return Number(columns[0]![0]);
}

async function numberScales(writer: Writer, instruments: Instruments): Promise<void> {
	const known = await writer.read('select instrument, version, scale, scale_key from instrument_scale');
	const [names = [], versions = [], scales = [], keys = []] = known.columns;
	const numbers = new Map(
		keys.map((key, row) => [`${names[row]}@${versions[row]} ${scales[row]}`, Number(key)]),
	);
	for (const [id, compiled] of instruments)
		for (const each of compiled.scales) each.scale_key = numbers.get(`${id} ${each.scale}`) ?? NOT_NUMBERED;
}

/** All published versions whose key can be read, compiled. Their scales have no numbers yet. */
export async function readInstruments(db: Db): Promise<Instruments> {
	return new Map((await readVersions(db)).map(({ id, compiled }) => [id, compiled]));
}

async function readVersions(db: Db): Promise<{ id: string; compiled: CompiledInstrument; key: Key }[]> {
	const versions = await db
		.selectFrom('instrument_version')
		.selectAll()
		.orderBy('instrument')
		.orderBy('version')
		.execute();
	return versions.flatMap(({ instrument, version, survey, key: text }) => {
		try {
			const key = keySchema.parse(JSON.parse(text));
			const compiled = compileInstrument(instrument, version, key, JSON.parse(survey) as SurveyJson);
			return [{ id: `${instrument}@${version}`, compiled, key }];
		} catch {
			return [];
		}
	});
}

async function loadFramework(writer: Writer): Promise<void> {
	await writer.run('delete from competency_group');
	await writer.run('delete from competency');
	const text = { position: 'INTEGER', title_ru: 'VARCHAR', title_en: 'VARCHAR' };
	await insertRows(
		writer,
		'competency_group',
		{ competency_group: 'VARCHAR', ...text },
		listCompetencyGroups().map(({ id, title, order }) => ({
			competency_group: id,
			position: order,
			title_ru: title.ru,
			title_en: title.en,
		})),
	);
	await insertRows(
		writer,
		'competency',
		{ competency: 'VARCHAR', competency_group: 'VARCHAR', ...text },
		listCompetencies().map(({ id, group, title, order }) => ({
			competency: id,
			competency_group: group,
			position: order,
			title_ru: title.ru,
			title_en: title.en,
		})),
	);
}

function compileInstrument(
	instrument: string,
	version: number,
	key: Key,
	survey: SurveyJson,
): CompiledInstrument {
	const taken = new Set(RESERVED);
	const unused = (wanted: string): string => {
		let name = wanted;
		// Column names are one whatever their case; item names are not.
		for (let count = 2; taken.has(name.toLowerCase()); count += 1) name = `${wanted}_${count}`;
		taken.add(name.toLowerCase());
		return name;
	};
	const fields = listAnswerFields(survey);
	const titles = new Map(fields.map(({ item, title }) => [item, title]));
	const values = new Map(fields.map((field) => [field.item, field.values]));
	const items = key.items.map((entry) => ({
		item: entry.item,
		// A table that is scored as a whole is no field of its own: its question speaks for it.
		title: titles.get(entry.item) ?? findQuestionTitle(survey, entry.item) ?? null,
		value_column: unused(entry.item),
		value_type: isWhole(entry, values.get(entry.item)) ? ('smallint' as const) : ('varchar' as const),
		points_column: unused(`${entry.item}_points`),
	}));
	return {
		instrument,
		version,
		channel: key.channel,
		table: `answer_${instrument.replaceAll('-', '_')}_v${version}`,
		items,
		answers: layOutFields(survey, new Set(items.map(({ item }) => item)), unused),
		scales: key.scales.map(({ scale }) => ({ scale, scale_key: NOT_NUMBERED })),
		score: compileScoring(key, survey),
		describe: compileAnswerQuality(key, survey),
	};
}

/** Whether every answer is a small whole number, those that the key does not know included. */
function isWhole({ rule }: KeyItem, offered: AnswerField['values'] = []): boolean {
	const isSmall = (value: unknown) => /^-?\d{1,4}$/.test(String(value));
	switch (rule.kind) {
		case 'likert':
			return true;
		case 'choice':
			return [...Object.keys(rule.points), ...offered.map(({ value }) => value)].every(isSmall);
		default:
			return false;
	}
}

async function describeInstrument(writer: Writer, compiled: CompiledInstrument, key: Key): Promise<void> {
	const { instrument, version, table } = compiled;
	const id = { instrument, version };
	const firstScale = await nextScale(writer);
	const idShape = { instrument: 'VARCHAR', version: 'INTEGER' };
	await insertRows(
		writer,
		'instrument',
		{
			...idShape,
			channel: 'VARCHAR',
			title_ru: 'VARCHAR',
			title_en: 'VARCHAR',
			teacher_result: 'VARCHAR',
			minimum_share_answered: 'DOUBLE',
			minimum_items_answered: 'INTEGER',
		},
		[
			{
				...id,
				channel: key.channel,
				title_ru: key.title.ru,
				title_en: key.title.en,
				teacher_result: key.teacher_result,
				minimum_share_answered: key.minimum_share_answered,
				minimum_items_answered: key.minimum_items_answered,
			},
		],
	);
	await insertRows(
		writer,
		'instrument_scale',
		{
			...idShape,
			scale: 'VARCHAR',
			kind: 'VARCHAR',
			channel: 'VARCHAR',
			scale_key: 'INTEGER',
			measures_people: 'BOOLEAN',
			position: 'INTEGER',
			title_ru: 'VARCHAR',
			title_en: 'VARCHAR',
			n_items: 'INTEGER',
			max_points: 'DOUBLE',
			cut_low: 'DOUBLE',
			cut_medium: 'DOUBLE',
			planned_sem: 'DOUBLE',
		},
		describeScales(key).map((scale, index) => ({
			...id,
			channel: key.channel,
			measures_people: measuresPeople(key.channel),
			scale_key: firstScale + index,
			...scale,
		})),
	);
	await insertRows(
		writer,
		'instrument_level',
		{
			...idShape,
			level: 'VARCHAR',
			position: 'INTEGER',
			title_ru: 'VARCHAR',
			title_en: 'VARCHAR',
			from_percent: 'DOUBLE',
			to_percent: 'DOUBLE',
		},
		(key.levels ?? []).map(({ level, title }, index) => {
			const cut = key.cut_scores.find((each) => each.level === level);
			return {
				...id,
				level,
				position: index + 1,
				title_ru: title.ru,
				title_en: title.en,
				from_percent: cut?.from ?? null,
				to_percent: cut?.to ?? null,
			};
		}),
	);
	await insertRows(
		writer,
		'instrument_item',
		{
			...idShape,
			item: 'VARCHAR',
			position: 'INTEGER',
			competency: 'VARCHAR',
			rule: 'VARCHAR',
			max_points: 'DOUBLE',
			answer_table: 'VARCHAR',
			value_column: 'VARCHAR',
			points_column: 'VARCHAR',
			title_ru: 'VARCHAR',
			title_en: 'VARCHAR',
		},
		key.items.map(({ item, competency, rule, max_points }, index) => ({
			...id,
			item,
			position: index + 1,
			competency,
			rule: rule.kind,
			max_points,
			answer_table: table,
			value_column: compiled.items[index]!.value_column,
			points_column: compiled.items[index]!.points_column,
			title_ru: compiled.items[index]!.title?.ru ?? null,
			title_en: compiled.items[index]!.title?.en ?? null,
		})),
	);
	await describeFields(writer, compiled);
	const columns = [
		...compiled.items.flatMap(({ value_column, value_type, points_column }) => [
			`${identifier(value_column)} ${value_type}`,
			`${identifier(points_column)} double`,
		]),
		...compiled.answers.columns.map(
			({ value_column, value_type }) => `${identifier(value_column)} ${value_type}`,
		),
	];
	await writer.run(`create table ${identifier(table)} (${['response_key integer', ...columns].join(', ')})`);
}

/** The codebook: every field with its question, kind and values, and where its answers lie. */
async function describeFields(writer: Writer, compiled: CompiledInstrument): Promise<void> {
	const { instrument, version, table, items, answers } = compiled;
	const columns = new Map([
		...items.map(({ item, value_column }) => [item, value_column] as const),
		...answers.columns.map(({ field, value_column }) => [field.item, value_column] as const),
	]);
	await insertRows(
		writer,
		'instrument_field',
		{
			instrument: 'VARCHAR',
			version: 'INTEGER',
			item: 'VARCHAR',
			position: 'INTEGER',
			kind: 'VARCHAR',
			type: 'VARCHAR',
			title_ru: 'VARCHAR',
			title_en: 'VARCHAR',
			choices: 'VARCHAR',
			answer_table: 'VARCHAR',
			value_column: 'VARCHAR',
		},
		answers.fields.map(({ item, kind, type, title, values }, index) => ({
			instrument,
			version,
			item,
			position: index + 1,
			kind,
			type,
			title_ru: title.ru,
			title_en: title.en,
			choices: JSON.stringify(values),
			answer_table: table,
			value_column: columns.get(item) ?? null,
		})),
	);
}

function describeScales(key: Key) {
	const titles = new Map(
		[...listCompetencyGroups(), ...listCompetencies()].map(({ id, title }) => [id, title]),
	);
	const groups = new Map(listCompetencies().map(({ id, group }) => [id, group]));
	const from = (level: string): number | null =>
		key.cut_scores.find((cut) => cut.level === level)?.from ?? null;
	return key.scales.map(({ scale, kind, title, planned_sem = null }, index) => {
		const items = key.items.filter(
			({ competency }) => (kind === 'group' ? groups.get(competency) : competency) === scale,
		);
		return {
			scale,
			kind,
			position: index + 1,
			title_ru: (title ?? titles.get(scale))?.ru ?? scale,
			title_en: (title ?? titles.get(scale))?.en ?? scale,
			n_items: Math.max(1, items.length),
			max_points: items.reduce((sum, { max_points }) => sum + max_points, 0),
			cut_low: from('low'),
			cut_medium: from('medium'),
			planned_sem,
		};
	});
}
