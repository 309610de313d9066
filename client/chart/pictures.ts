import type { ResultRow } from '../api.ts';
import { cellTable, withBareNumbers } from './cell-table.ts';
import { rowLabels } from './labels.ts';
import type { Specification } from './specification.ts';

/**
 * Further pictures of rows that modules give: each module has one picture of its own (chart.vl.json),
 * these are the views that exploring and the school card add. Colours come from the theme alone.
 */

const cellText =
	"isValid(datum.prevalence) ? (datum.prevalence_coded === '<=' ? '≤' : datum.prevalence_coded === '>=' ? '≥' : '') + format(datum.prevalence * 100, '.0f') : '▨'";

/** Order of both sides of a heat table: competencies as their instrument has them, groups by code or by name. */
export function heatSides(rows: ResultRow[]): { groups: string[]; competencies: string[] } {
	const shown = rows.filter((row) => row.kind === 'competency');
	const keys = new Map(shown.map((row) => [String(row.group_label), String(row.group_key)]));
	// bands of years are ordered by their codes, names by themselves
	const isCoded = [...keys.values()].every((key) => /^\d+\D/.test(key) || key === '');
	const order = ([label, key]: [string, string]) => (isCoded ? key || '~' : label);
	return {
		groups: [...keys]
			.sort((left, right) => order(left).localeCompare(order(right), 'ru', { numeric: true }))
			.map(([label]) => label),
		competencies: [...new Set(shown.map((row) => String(row.scale_title)))],
	};
}

/**
 * Heat table of prevalences, competency by group. Competencies stand in rows while the groups fit above them; many
 * groups stand in rows themselves. Hidden cells are marked, the chosen competency is outlined.
 */
export function heatPicture(options: {
	groups: string[];
	competencies: string[];
	isNarrow: boolean;
	scheme: 'light' | 'dark';
	chosen?: string | null;
	legend?: boolean;
}): Specification {
	const { groups, competencies, isNarrow } = options;
	const isTall = groups.length > 12;
	const [down, across] = isTall ? [groups, competencies] : [competencies, groups];
	const table = cellTable(down, across, { isNarrow, least: 30, hasShortRows: isTall });
	// where black and white read equally well on the cell (contrast 4.5): from there on the other one is taken
	const strong = options.scheme === 'dark' ? 0.46 : 0.6;
	const group = { field: 'group_label', type: 'nominal', sort: null, scale: { domain: groups } };
	const scale = { field: 'scale_title', type: 'nominal', sort: null, scale: { domain: competencies } };
	const rowSide = isTall ? group : scale;
	const picture: Specification = {
		data: { name: 'rows' },
		...(table.title && { title: table.title }),
		transform: [
			{ filter: "datum.kind === 'competency'" },
			{ calculate: cellText, as: 'cell_text' },
			{ calculate: "isValid(datum.prevalence) ? 'shown' : 'hidden'", as: 'look' },
		],
		width: table.width,
		height: table.step * Math.max(1, down.length),
		encoding: {
			y: { ...rowSide, scale: { ...rowSide.scale, ...table.scale }, axis: table.axis },
			x: { ...(isTall ? scale : group), axis: table.heads },
		},
		layer: [
			{
				transform: [{ filter: "datum.look === 'shown'" }],
				mark: { type: 'rect' },
				encoding: {
					color: {
						field: 'prevalence',
						type: 'quantitative',
						scale: { domain: [0, 0.8], clamp: true },
						legend: options.legend === false ? null : { format: '.0%', gradientLength: 160, tickCount: 4 },
					},
				},
			},
			{
				transform: [{ filter: "datum.look === 'hidden'" }],
				mark: { type: 'rect', style: 'hidden' },
			},
			...(options.chosen
				? [
						{
							transform: [{ filter: { field: 'scale', equal: options.chosen } }],
							mark: { type: 'rect', style: 'selected', filled: false },
						},
					]
				: []),
			{
				transform: [{ filter: `datum.look === 'hidden' || datum.prevalence <= ${strong}` }],
				mark: { type: 'text', style: 'cell-label' },
				encoding: { text: { field: 'cell_text', type: 'nominal' } },
			},
			{
				transform: [{ filter: `datum.look === 'shown' && datum.prevalence > ${strong}` }],
				mark: { type: 'text', style: 'cell-label-inverse' },
				encoding: { text: { field: 'cell_text', type: 'nominal' } },
			},
		],
	};
	return table.hasBareNumbers ? withBareNumbers(picture) : picture;
}

/** Prevalence of one competency by group: dot and interval in the given order, number and n written beside. */
export function groupsPicture(order: string[], isNarrow: boolean): Specification {
	const rows = rowLabels(order, isNarrow, order.length > 15 ? 24 : 34, 'bars');
	// a phone has no room for n beside the mark: it stands in the card and in the table
	const size = isNarrow ? '' : " + (isValid(datum.n) ? '  n = ' + datum.n : '')";
	const share = (field: string) => ({
		field,
		type: 'quantitative',
		title: null,
		scale: { domain: [0, 1] },
		axis: { format: '.0%', tickCount: isNarrow ? 3 : 5 },
	});
	return {
		data: { name: 'rows' },
		transform: [
			{
				calculate: `(${cellText}) + (isValid(datum.prevalence) ? ' %' : '')${size}`,
				as: 'value_text',
			},
			{
				calculate:
					'isValid(datum.prevalence_hi) ? datum.prevalence_hi : isValid(datum.prevalence) ? datum.prevalence : 0',
				as: 'edge',
			},
			// what stands at the right edge is written to the left of its dot
			{ calculate: 'datum.edge > 0.72', as: 'is_late' },
			{
				calculate:
					'datum.is_late ? (isValid(datum.prevalence_lo) ? datum.prevalence_lo : datum.prevalence) : datum.edge',
				as: 'words_at',
			},
		],
		height: rows.step * Math.max(1, order.length),
		encoding: {
			y: { field: 'group_label', type: 'nominal', sort: null, scale: { domain: order }, axis: rows.axis },
		},
		layer: [
			{
				transform: [{ filter: 'isValid(datum.prevalence_lo)' }],
				mark: { type: 'rule', style: 'interval', strokeWidth: 3, opacity: 0.55 },
				encoding: { x: share('prevalence_lo'), x2: { field: 'prevalence_hi' } },
			},
			{
				transform: [{ filter: 'isValid(datum.prevalence)' }],
				mark: { type: 'point', style: 'accent', filled: true, size: 90, opacity: 1 },
				encoding: { x: share('prevalence') },
			},
			{
				transform: [{ filter: '!datum.is_late' }],
				mark: { type: 'text', align: 'left', dx: 8, style: 'label' },
				encoding: { x: share('words_at'), text: { field: 'value_text', type: 'nominal' } },
			},
			{
				transform: [{ filter: 'datum.is_late' }],
				mark: { type: 'text', align: 'right', dx: -8, style: 'label' },
				encoding: { x: share('words_at'), text: { field: 'value_text', type: 'nominal' } },
			},
		],
	};
}

/** Shares of teachers by band of the scale, one scale at a time. */
export const bandsPicture: Specification = {
	data: { name: 'rows' },
	transform: [
		{ calculate: "datum.band_from + '–' + datum.band_to", as: 'band_text' },
		{
			calculate: "isValid(datum.share) ? format(datum.share * 100, '.0f') + ' %' : '▨'",
			as: 'value_text',
		},
		{ calculate: 'isValid(datum.share) ? datum.share : 0', as: 'height' },
	],
	height: 210,
	encoding: {
		x: {
			field: 'band_text',
			type: 'ordinal',
			sort: null,
			axis: { labelAngle: 0 },
			title: null,
		},
		y: {
			field: 'height',
			type: 'quantitative',
			axis: { format: '.0%', tickCount: 4 },
			title: null,
		},
	},
	layer: [
		{ mark: { type: 'bar' } },
		{
			mark: { type: 'text', baseline: 'bottom', dy: -4, style: 'label' },
			encoding: { text: { field: 'value_text', type: 'nominal' } },
		},
	],
};

/** Scores of one school in one procedure over the outline of the other schools; borders of marks as vertical rules. */
export const scoresPicture: Specification = {
	data: { name: 'rows' },
	transform: [
		{ calculate: 'datum.score - 0.42', as: 'score_from' },
		{ calculate: 'datum.score + 0.42', as: 'score_to' },
		{ calculate: 'datum.score - 0.5', as: 'score_edge' },
	],
	height: 260,
	layer: [
		{
			mark: { type: 'rect', style: 'own', opacity: 0.7, strokeWidth: 0 },
			encoding: {
				x: {
					field: 'score_from',
					type: 'quantitative',
					scale: { nice: false, padding: 6, zero: false },
					axis: { tickMinStep: 1, grid: false },
					title: null,
				},
				x2: { field: 'score_to' },
				y: { field: 'share', type: 'quantitative', axis: { format: '.0%', tickCount: 5 }, title: null },
				y2: { datum: 0 },
			},
		},
		{
			mark: { type: 'line', style: 'reference', interpolate: 'step', strokeWidth: 2 },
			encoding: {
				x: { field: 'score', type: 'quantitative', title: null },
				y: { field: 'reference_share', type: 'quantitative', title: null },
			},
		},
		{
			transform: [{ filter: 'datum.is_cutoff' }],
			mark: { type: 'rule', style: 'cutoff', strokeWidth: 1.5 },
			encoding: { x: { field: 'score_edge', type: 'quantitative', title: null } },
		},
		{
			transform: [{ filter: 'datum.is_cutoff' }, { calculate: "'«' + datum.mark + '»'", as: 'mark_text' }],
			mark: { type: 'text', style: 'label', align: 'center', baseline: 'bottom' },
			encoding: {
				x: { field: 'score_edge', type: 'quantitative', title: null },
				y: { value: -4 },
				text: { field: 'mark_text', type: 'nominal' },
			},
		},
	],
};
