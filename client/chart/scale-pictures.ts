import type { ResultRow } from '../api.ts';
import { rowLabels } from './labels.ts';
import { shareBars } from './share-bars.ts';
import type { Specification } from './specification.ts';

/** Pictures of how well an instrument measures: scales, items on the ruler of people, groups that take an item otherwise. */

const distinct = (rows: ResultRow[], field: string): string[] => [
	...new Set(rows.map((row) => String(row[field]))),
];

/** Items by number and first words: few words on a phone, so that the picture stays a picture. */
function itemAxis(rows: ResultRow[], isNarrow: boolean, least: number) {
	const most = 34;
	const names = distinct(rows, 'item_label').map((label) =>
		isNarrow && label.length > most ? `${label.slice(0, most - 1)}…` : label,
	);
	const expression = isNarrow ? `truncate(datum.item_label, ${most})` : 'datum.item_label';
	return {
		names,
		labels: rowLabels(names, isNarrow, least),
		transform: { calculate: expression, as: 'line' },
	};
}

/** α of each scale with its interval; `weak` is where a scale begins to speak of one person. */
export function reliabilityPicture(rows: ResultRow[], isNarrow: boolean, weak: number): Specification {
	const shown = rows.filter(({ alpha }) => typeof alpha === 'number');
	const titles = distinct(shown, 'scale_title');
	const labels = rowLabels(titles, isNarrow, 28);
	const least = Math.min(0, ...shown.map(({ alpha_lo, alpha }) => Number(alpha_lo ?? alpha)));
	const x = (field: string) => ({
		field,
		type: 'quantitative',
		title: null,
		scale: { domain: [Math.max(-1, Math.floor(least * 5) / 5), 1], clamp: true },
		axis: { format: '.1f', tickCount: isNarrow ? 3 : 6 },
	});
	return {
		data: { name: 'rows' },
		transform: [
			{ filter: 'isValid(datum.alpha)' },
			{ calculate: `datum.alpha < ${weak} ? 'weak' : 'fair'`, as: 'strength' },
		],
		height: labels.step * Math.max(1, titles.length),
		encoding: {
			y: { field: 'scale_title', type: 'nominal', sort: null, scale: { domain: titles }, axis: labels.axis },
		},
		layer: [
			{
				mark: { type: 'rule', style: 'cutoff', strokeWidth: 1 },
				encoding: { x: { datum: weak, type: 'quantitative' }, y: { value: 0 }, y2: { value: 'height' } },
			},
			{
				transform: [{ filter: 'isValid(datum.alpha_lo)' }],
				mark: { type: 'rule', style: 'interval', strokeWidth: 3, opacity: 0.55 },
				encoding: { x: x('alpha_lo'), x2: { field: 'alpha_hi' } },
			},
			{
				transform: [{ filter: "datum.strength === 'fair'" }],
				mark: { type: 'point', style: 'own', filled: true, size: 90, opacity: 1 },
				encoding: { x: x('alpha') },
			},
			{
				transform: [{ filter: "datum.strength === 'weak'" }],
				mark: { type: 'point', style: 'own', filled: false, size: 80, strokeWidth: 2, opacity: 1 },
				encoding: { x: x('alpha') },
			},
		],
	};
}

/** Height of the part of the map where people stand. */
const people = 96;
const gap = 16;

/**
 * Wright map: the spread of people above, items below on the same ruler, the hardest first; ticks are steps of an item,
 * lines its error, diamonds what is worth a look.
 */
export function wrightPicture(
	rows: ResultRow[],
	isNarrow: boolean,
	words: { people: string },
): Specification {
	const items = rows
		.filter(({ kind, difficulty }) => kind === 'item' && typeof difficulty === 'number')
		.sort((left, right) => Number(right.difficulty) - Number(left.difficulty));
	const { names, labels, transform } = itemAxis(items, isNarrow, 26);
	const height = people + gap + labels.step * Math.max(1, names.length);
	const y = {
		field: 'line',
		type: 'nominal',
		sort: null,
		scale: { type: 'point', domain: names, range: [people + gap, height], padding: 0.5 },
		axis: labels.axis,
	};
	const x = (field: string) => ({
		field,
		type: 'quantitative',
		title: null,
		scale: { zero: false, nice: true },
		axis: { tickCount: isNarrow ? 4 : 8 },
	});
	const ofKind = (kind: string) => [{ filter: `datum.kind === '${kind}' && isValid(datum.difficulty)` }];
	return {
		data: { name: 'rows' },
		transform: [transform],
		height,
		resolve: { scale: { y: 'independent' } },
		layer: [
			{
				transform: [
					{ filter: "datum.kind === 'persons' && isValid(datum.share)" },
					{ calculate: 'datum.share / (datum.logit_to - datum.logit_from)', as: 'density' },
				],
				mark: { type: 'rect', style: 'own', opacity: 0.75, strokeWidth: 0 },
				encoding: {
					x: x('logit_from'),
					x2: { field: 'logit_to' },
					y: {
						field: 'density',
						type: 'quantitative',
						scale: { range: [people, 14], zero: true },
						axis: null,
					},
					y2: { datum: 0 },
				},
			},
			{
				data: { values: [{ words: words.people }] },
				mark: { type: 'text', style: 'label', align: 'left', baseline: 'top' },
				encoding: { x: { value: 0 }, y: { value: 0 }, text: { field: 'words', type: 'nominal' } },
			},
			{
				transform: [
					...ofKind('item'),
					{ filter: 'isValid(datum.difficulty_se)' },
					{ calculate: 'datum.difficulty - 1.96 * datum.difficulty_se', as: 'difficulty_lo' },
					{ calculate: 'datum.difficulty + 1.96 * datum.difficulty_se', as: 'difficulty_hi' },
				],
				mark: { type: 'rule', style: 'interval', strokeWidth: 3, opacity: 0.55 },
				encoding: { y, x: x('difficulty_lo'), x2: { field: 'difficulty_hi' } },
			},
			{
				transform: ofKind('threshold'),
				mark: { type: 'tick', style: 'reference', thickness: 2, size: 12, orient: 'vertical' },
				encoding: { y: { ...y, axis: null }, x: x('difficulty') },
			},
			{
				transform: [...ofKind('item'), { filter: '!isValid(datum.flags)' }],
				mark: { type: 'point', style: 'own', filled: true, size: 80, opacity: 1 },
				encoding: { y: { ...y, axis: null }, x: x('difficulty') },
			},
			{
				transform: [...ofKind('item'), { filter: 'isValid(datum.flags)' }],
				mark: { type: 'point', style: 'accent', shape: 'diamond', filled: true, size: 130, opacity: 1 },
				encoding: { y: { ...y, axis: null }, x: x('difficulty') },
			},
		],
	};
}

/** How often each option of one item was chosen. */
export function optionsPicture(rows: ResultRow[], isNarrow: boolean): Specification {
	return shareBars(rows, isNarrow, {
		line: (row) => String(row.part_title),
		lineExpression: 'datum.part_title',
	});
}

/** Items by how much harder (left) or easier (right) one group finds them at an equal result; diamonds are named differences. */
export function biasPicture(rows: ResultRow[], isNarrow: boolean): Specification {
	const shown = rows.filter(({ shift }) => typeof shift === 'number');
	const { names, labels, transform } = itemAxis(shown, isNarrow, 24);
	const reach = Math.max(
		1,
		...shown.flatMap((row) => [Math.abs(Number(row.shift_lo)), Math.abs(Number(row.shift_hi))]),
	);
	const limit = Math.min(4, Math.ceil(reach * 2) / 2);
	const x = (field: string) => ({
		field,
		type: 'quantitative',
		title: null,
		scale: { domain: [-limit, limit], clamp: true },
		axis: { tickCount: isNarrow ? 3 : 7 },
	});
	const named = "datum.size === 'moderate' || datum.size === 'large'";
	return {
		data: { name: 'rows' },
		transform: [{ filter: 'isValid(datum.shift)' }, transform],
		height: labels.step * Math.max(1, names.length),
		encoding: {
			y: { field: 'line', type: 'nominal', sort: null, scale: { domain: names }, axis: labels.axis },
		},
		layer: [
			{
				mark: { type: 'rule', style: 'cutoff', strokeWidth: 1 },
				encoding: { x: { datum: 0, type: 'quantitative' }, y: { value: 0 }, y2: { value: 'height' } },
			},
			{
				mark: { type: 'rule', style: 'interval', strokeWidth: 3, opacity: 0.55 },
				encoding: { x: x('shift_lo'), x2: { field: 'shift_hi' } },
			},
			{
				transform: [{ filter: `!(${named})` }],
				mark: { type: 'point', style: 'own', filled: true, size: 70, opacity: 1 },
				encoding: { x: x('shift') },
			},
			{
				transform: [{ filter: named }],
				mark: { type: 'point', style: 'accent', shape: 'diamond', filled: true, size: 130, opacity: 1 },
				encoding: { x: x('shift') },
			},
		],
	};
}
