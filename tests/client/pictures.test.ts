import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unused } from '#client/build/vega-parts.ts';
import { compilePicture } from '#client/chart/compile-picture.ts';
import { groupRows, readGrouping } from '#client/chart/groups.ts';
import { breakLabel } from '#client/chart/labels.ts';
import { layOut, readNames } from '#client/chart/layout.ts';
import { bandsPicture, groupsPicture, heatPicture, scoresPicture } from '#client/chart/pictures.ts';
import {
	biasPicture,
	optionsPicture,
	reliabilityPicture,
	wrightPicture,
} from '#client/chart/scale-pictures.ts';
import { signPicture } from '#client/chart/sign-picture.ts';
import type { Specification } from '#client/chart/specification.ts';

const analytics = join(import.meta.dirname, '../../analytics');
const modules = readdirSync(analytics, { withFileTypes: true })
	.filter(
		(entry) => entry.isDirectory() && readdirSync(join(analytics, entry.name)).includes('chart.vl.json'),
	)
	.map((entry) => entry.name);
const chartOf = (module: string): Specification =>
	JSON.parse(readFileSync(join(analytics, module, 'chart.vl.json'), 'utf8'));

const competencies = ['Содержание предмета', 'Функциональная грамотность и межпредметные связи'];
const schools = Array.from({ length: 60 }, (_, index) => `СОШ № ${index + 1}`);
const heat = (groups: string[], isNarrow: boolean) =>
	heatPicture({ groups, competencies, isNarrow, scheme: 'light', chosen: 'lesson_design' });

const scaleRows = [0, 1].map((index) => ({
	kind: 'item',
	scale_title: competencies[index]!,
	item_label: `${index + 1}. Планируемые результаты по предмету для каждого класса…`,
	part_title: 'вариант',
	alpha: 0.6 + index / 5,
	alpha_lo: 0.5,
	alpha_hi: 0.9,
	difficulty: index,
	shift: -index,
	shift_lo: -1.5,
	shift_hi: 0.5,
}));

const signRows = ['слишком быстро', 'пропуски', 'подряд', 'расходятся', 'любой'].map((title) => ({
	group_label: schools[0]!,
	sign_title: title,
}));

const pictures: [string, Specification][] = [
	...modules.map((module): [string, Specification] => [module, chartOf(module)]),
	['heat table', heat(['лицеи', 'гимназии'], false)],
	['heat table of schools on a phone', heat(schools, true)],
	['heat table of many groups on a phone', heat(schools.slice(0, 12), true)],
	['groups', groupsPicture(schools, false)],
	['groups on a phone', groupsPicture(schools, true)],
	['bands', bandsPicture],
	['scores', scoresPicture],
	['reliability of scales', reliabilityPicture(scaleRows, false, 0.7)],
	['items and people on one ruler', wrightPicture(scaleRows, false, { people: 'Педагоги' })],
	['items and people on a phone', wrightPicture(scaleRows, true, { people: 'Педагоги' })],
	['options of an item', optionsPicture(scaleRows, false)],
	['bias of items', biasPicture(scaleRows, true)],
	['signs by school on a phone', signPicture(signRows, true, 'dark')],
];

/** Names of the transforms that the build leaves out, as Vega registers them. */
const leftOut = new Set<string>();
for (const from of Object.values(unused))
	for (const name of Object.keys(await import(from))) leftOut.add(name.toLowerCase());

/** Types of all transforms of a Vega definition, of its data and of its marks, and whether it draws maps. */
function transformsOf(node: unknown, found = new Set<string>()): Set<string> {
	if (Array.isArray(node)) for (const part of node) transformsOf(part, found);
	else if (node !== null && typeof node === 'object')
		for (const [key, part] of Object.entries(node)) {
			if (key === 'projections') found.add('projection');
			if (key === 'transform' && Array.isArray(part))
				for (const { type } of part as { type: string }[]) found.add(type.toLowerCase());
			transformsOf(part, found);
		}
	return found;
}

const missingOf = (specification: Specification) =>
	[...transformsOf(compilePicture(specification, {}))].filter(
		(type) => type === 'projection' || leftOut.has(type),
	);

describe('what is left of Vega', () => {
	it('is known to lack maps, trees, forces and regressions', () => {
		expect([...leftOut]).toEqual(
			expect.arrayContaining(['geoshape', 'treemap', 'force', 'regression', 'loess']),
		);
		expect(leftOut).not.toContain('aggregate');
	});

	it('would not draw a regression or a map', () => {
		const point = { mark: 'point', encoding: { x: { field: 'a', type: 'quantitative' } } };
		const line = { data: { name: 'rows' }, transform: [{ regression: 'b', on: 'a' }], ...point };
		expect(missingOf(line)).toEqual(['regression']);
		const map = { data: { name: 'rows' }, projection: { type: 'mercator' }, mark: 'geoshape' };
		expect(missingOf(map)).toContain('projection');
	});

	it.each(pictures)('draws the picture: %s', (_, specification) => {
		expect(compilePicture(specification, {}).marks?.length).toBeGreaterThan(0);
		expect(missingOf(specification)).toEqual([]);
	});
});

describe('a picture whose marks stand for several schools', () => {
	const grouping = readGrouping(chartOf('joint-picture'))!;
	const school = (name: string, standing: string, trust: string, isHard = false, year = 2026) => ({
		school_id: name,
		school_name: name,
		year,
		standing,
		standing_text: standing,
		trust,
		trust_text: trust,
		action_text: `${standing} ${trust}`,
		is_hard_context: isHard,
	});

	it('lists them by cell, in the order of the picture, of the last year alone', () => {
		const groups = groupRows(grouping, [
			school('СОШ № 10', 'normal', 'objective'),
			school('СОШ № 9', 'normal', 'objective', true),
			school('СОШ № 1', 'low', 'unknown'),
			school('СОШ № 2', 'low', 'objective'),
			school('СОШ № 3', 'low', 'objective', false, 2025),
		]);
		expect(groups.map(({ key, members }) => [key, members.map(({ name }) => name)])).toEqual([
			['low · objective', ['СОШ № 2']],
			['low · unknown', ['СОШ № 1']],
			['normal · objective', ['СОШ № 9', 'СОШ № 10']],
		]);
		expect(groups[2]).toMatchObject({
			says: ['normal objective'],
			counts: [{ field: 'is_hard_context', count: 1 }],
		});
	});

	it('gives each mark a row of its group, so that arrow keys and taps find it', () => {
		const { transform } = layOut(chartOf('joint-picture'), { down: ['низкие'], across: ['верить'] }, true);
		const { aggregate } = (transform as { aggregate?: object[] }[]).find((part) => part.aggregate)!;
		expect(aggregate).toContainEqual({ op: 'min', field: '__row', as: '__row' });
	});
});

describe('names beside a picture', () => {
	it('break between syllables and lose no letter', () => {
		expect(breakLabel('Функциональная грамотность и межпредметные связи', 10)).toEqual([
			'Функцио-',
			'нальная',
			'грамот-',
			'ность и',
			'межпред-',
			'метные',
			'связи',
		]);
		expect(breakLabel('СОШ № 13', 10)).toEqual(['СОШ № 13']);
		for (const width of [7, 9, 12, 17])
			expect(breakLabel('Взаимодействие с родителями', width).join(' ').replaceAll('- ', '')).toBe(
				'Взаимодействие с родителями',
			);
	});

	it('leave a phone room for five columns of digits, and words wide enough to be read', () => {
		const marks = ['1', '2', '3', '4', '5'];
		const rowsOf = (kind: string, answers: string[]) =>
			answers.map((answer) => ({ kind, answer, question: 'Полезность' }));
		const chart = chartOf('event-feedback');
		// answers in words belong to another picture of the same rows
		const names = readNames(chart, [
			...rowsOf('rating', marks),
			...rowsOf('choice', ['Материалы и запись', 'Консультация', 'Практикум', 'Темп', 'Нет']),
		]);
		expect(names).toEqual({ down: [], across: marks });
		const laid = layOut(chart, { down: [], across: marks }, true);
		expect((laid.width as { step: number }).step * marks.length).toBeLessThanOrEqual(176);
	});

	it('stand above rows whose cells need the whole width of a phone, and numbers above columns too narrow for words', () => {
		const laid = (across: number) =>
			layOut(
				chartOf('deficit-map'),
				{ down: competencies, across: schools.slice(0, across).map((name) => `Средняя ${name}`) },
				true,
			) as { width: unknown; title?: { text: string[] }; encoding: { y: { axis: object; scale?: object } } };
		const beside = laid(3);
		expect(beside.width).toHaveProperty('step');
		expect(beside.encoding.y.scale).toBeUndefined();
		const above = laid(6);
		expect(above.width).toBe('container');
		expect(above.encoding.y.scale).toMatchObject({ align: 1 });
		expect(above.title).toBeUndefined();
		const numbered = layOut(
			chartOf('level-distribution'),
			{ down: competencies, across: schools.slice(0, 8) },
			true,
		) as { title: { text: string[] }; transform: { as?: string; calculate?: string }[] };
		expect(numbered.title.text).toEqual(schools.slice(0, 8).map((name, at) => `${at + 1}\u2002${name}`));
		const words = numbered.transform.find((part) => part.as === 'cell_text');
		expect(words?.calculate).toMatch(/^replace\(/);
	});

	it('are never cut where the picture makes them itself', () => {
		const { encoding, height } = layOut(chartOf('result-sensitivity'), { down: [], across: null }, true) as {
			encoding: { y: { axis: { labelExpr: string } } };
			height: { step: number };
		};
		const long = 'Диалог и обратная связь с учениками на уроке';
		const label = new Function(
			'datum',
			'split',
			'trim',
			'replace',
			'regexp',
			`return ${encoding.y.axis.labelExpr}`,
		);
		const lines = label(
			{ label: long },
			(text: string, by: string) => text.split(by),
			(text: string) => text.trim(),
			(text: string, pattern: RegExp, by: string) => text.replace(pattern, by),
			(pattern: string, flags: string) => new RegExp(pattern, flags),
		) as string[];
		expect(lines.map((line) => line.trim()).join(' ')).toBe(long);
		expect(lines.length).toBeGreaterThan(1);
		expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(25);
		expect(height.step).toBeGreaterThanOrEqual(3 * 14);
	});

	it('stand down where there are more of them than across', () => {
		const names = {
			down: ['лицеи', 'гимназии'],
			across: Array.from({ length: 15 }, (_, at) => `навык ${at}`),
		};
		const turned = layOut(chartOf('deficit-map'), names, false).encoding as Record<string, { field: string }>;
		expect([turned.y?.field, turned.x?.field]).toEqual(['scale_title', 'group_label']);
		const few = { down: schools, across: ['навык'] };
		const kept = layOut(chartOf('deficit-map'), few, false).encoding as Record<string, { field: string }>;
		expect([kept.y?.field, kept.x?.field]).toEqual(['group_label', 'scale_title']);
	});

	const rows = schools.map((name) => ({
		school_name: name,
		group_label: name,
		scale_title: competencies[1]!,
		title: name,
	}));

	it('compile without a word of warning, laid out for a page and for a phone', () => {
		const said: unknown[][] = [];
		const { warn } = console;
		console.warn = (...words) => void said.push(words);
		try {
			for (const module of modules)
				for (const isNarrow of [false, true]) {
					const chart = chartOf(module);
					compilePicture(layOut(chart, readNames(chart, rows), isNarrow), {});
				}
		} finally {
			console.warn = warn;
		}
		expect(said).toEqual([]);
	});
});
