import type { Specification } from './specification.ts';

/**
 * Further pictures of rows that modules give: each module has one picture of its own (chart.vl.json),
 * these are the views that exploring and the school card add. Colours come from the theme alone.
 */

/** A Vega expression that breaks a long label at spaces into lines of about `width` characters. */
function wrapped(width: number): string {
	return `split(replace(datum.label, regexp('(.{${Math.ceil(width / 2)},${width}}) ', 'g'), '$1\\n'), '\\n')`;
}

const hiddenText =
	"isValid(datum.prevalence) ? (datum.prevalence_coded === '<=' ? '≤' : datum.prevalence_coded === '>=' ? '≥' : '') + format(datum.prevalence * 100, '.0f') : '▨'";

/**
 * Heat table of prevalences, competency by group. Many groups stand in rows and the competencies above them;
 * few groups stand above. Hidden cells are hatched, the chosen competency is outlined.
 */
export function heatPicture(options: {
	groups: number;
	isNarrow: boolean;
	chosen?: string | null;
	legend?: boolean;
}): Specification {
	const isTall = options.groups > 6;
	const group = { field: 'group_label', type: 'nominal' };
	const scale = { field: 'scale_title', type: 'nominal', sort: null };
	const above = {
		title: null,
		orient: 'top',
		labelAngle: 0,
		labelLineHeight: 14,
		labelLimit: 400,
		labelOverlap: false,
		labelExpr: wrapped(isTall || options.isNarrow ? 11 : 16),
		labelFontSize: 11,
	};
	const aside = {
		title: null,
		labelLineHeight: 14,
		labelLimit: 400,
		labelExpr: wrapped(options.isNarrow ? 16 : 34),
	};
	return {
		data: { name: 'rows' },
		transform: [
			{ filter: "datum.kind === 'competency'" },
			{ calculate: hiddenText, as: 'cell_text' },
			{ calculate: "isValid(datum.prevalence) ? 'shown' : 'hidden'", as: 'look' },
		],
		width: options.isNarrow ? { step: isTall ? 74 : 62 } : 'container',
		height: { step: isTall ? 30 : 34 },
		encoding: {
			y: isTall ? { ...group, axis: aside } : { ...scale, axis: aside },
			x: isTall ? { ...scale, axis: above } : { ...group, axis: above },
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
							mark: { type: 'rect', style: 'selected', filled: false, tooltip: null },
						},
					]
				: []),
			{
				transform: [{ filter: "datum.look === 'hidden' || datum.prevalence <= 0.5" }],
				mark: { type: 'text', style: 'cell-label' },
				encoding: { text: { field: 'cell_text', type: 'nominal' } },
			},
			{
				transform: [{ filter: "datum.look === 'shown' && datum.prevalence > 0.5" }],
				mark: { type: 'text', style: 'cell-label-inverse' },
				encoding: { text: { field: 'cell_text', type: 'nominal' } },
			},
		],
	};
}

/** Prevalence of one competency by group: dot and interval, sorted by value, number and n written beside. */
export function groupsPicture(isNarrow: boolean): Specification {
	return {
		data: { name: 'rows' },
		transform: [
			{
				calculate: `(${hiddenText.replace("'▨'", "'▨ '")}) + (isValid(datum.prevalence) ? ' %' : '') + (isValid(datum.n) ? '  n = ' + datum.n : '')`,
				as: 'value_text',
			},
			{ calculate: 'isValid(datum.prevalence) ? datum.prevalence : 0', as: 'place' },
		],
		height: { step: 34 },
		encoding: {
			y: {
				field: 'group_label',
				type: 'nominal',
				sort: { field: 'place', op: 'max', order: 'descending' },
				axis: { title: null, labelLimit: 400, labelLineHeight: 14, labelExpr: wrapped(isNarrow ? 15 : 26) },
			},
		},
		layer: [
			{
				transform: [{ filter: 'isValid(datum.prevalence_lo)' }],
				mark: { type: 'rule', style: 'interval', strokeWidth: 3, opacity: 0.55 },
				encoding: {
					x: {
						field: 'prevalence_lo',
						type: 'quantitative',
						scale: { domain: [0, 1] },
						axis: { format: '.0%', tickCount: isNarrow ? 3 : 5 },
						title: null,
					},
					x2: { field: 'prevalence_hi' },
				},
			},
			{
				transform: [{ filter: 'isValid(datum.prevalence)' }],
				mark: { type: 'point', style: 'accent', filled: true, size: 90, opacity: 1 },
				encoding: { x: { field: 'prevalence', type: 'quantitative' } },
			},
			{
				transform: [{ filter: '!isValid(datum.prevalence)' }],
				mark: { type: 'text', align: 'left', style: 'label', opacity: 0.7 },
				encoding: {
					x: { datum: 0, type: 'quantitative' },
					text: { field: 'value_text', type: 'nominal' },
				},
			},
			{
				transform: [
					{ filter: 'isValid(datum.prevalence)' },
					{ calculate: 'isValid(datum.prevalence_hi) ? datum.prevalence_hi : datum.prevalence', as: 'edge' },
				],
				mark: { type: 'text', align: 'left', dx: 8, style: 'label', clip: false },
				encoding: {
					x: { field: 'edge', type: 'quantitative' },
					text: { field: 'value_text', type: 'nominal' },
				},
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
			sort: { field: 'band' },
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
			mark: { type: 'bar', opacity: 0.75, cornerRadiusEnd: 0 },
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
			},
		},
		{
			mark: { type: 'line', style: 'reference', interpolate: 'step', strokeWidth: 2 },
			encoding: {
				x: { field: 'score', type: 'quantitative' },
				y: { field: 'reference_share', type: 'quantitative' },
			},
		},
		{
			transform: [{ filter: 'datum.is_cutoff' }],
			mark: { type: 'rule', style: 'cutoff', strokeWidth: 1.5 },
			encoding: { x: { field: 'score_edge', type: 'quantitative' } },
		},
		{
			transform: [{ filter: 'datum.is_cutoff' }, { calculate: "'«' + datum.mark + '»'", as: 'mark_text' }],
			mark: { type: 'text', style: 'label', align: 'left', dx: 4, baseline: 'top' },
			encoding: {
				x: { field: 'score_edge', type: 'quantitative' },
				y: { value: 0 },
				text: { field: 'mark_text', type: 'nominal' },
			},
		},
	],
};

/** Share below the threshold against the number of papers, with limits of chance; named are the schools above them. */
export const funnelPicture: Specification = {
	data: { name: 'rows' },
	transform: [{ filter: 'isValid(datum.share)' }],
	height: 300,
	layer: [
		{
			mark: { type: 'area', style: 'reference', opacity: 0.14, interpolate: 'monotone', line: false },
			encoding: {
				x: { field: 'n', type: 'quantitative', axis: { tickCount: 5, grid: false }, scale: { zero: false } },
				y: { field: 'alarm_low', type: 'quantitative', axis: { format: '.0%', tickCount: 5 }, title: null },
				y2: { field: 'alarm_high' },
			},
		},
		{
			mark: { type: 'area', style: 'reference', opacity: 0.22, interpolate: 'monotone', line: false },
			encoding: {
				x: { field: 'n', type: 'quantitative' },
				y: { field: 'limit_low', type: 'quantitative' },
				y2: { field: 'limit_high' },
			},
		},
		{
			transform: [{ aggregate: [{ op: 'max', field: 'threshold', as: 'threshold' }] }],
			mark: { type: 'rule', style: 'cutoff' },
			encoding: { y: { field: 'threshold', type: 'quantitative' } },
		},
		{
			mark: { type: 'point', filled: true, size: 70, opacity: 0.9 },
			encoding: {
				x: { field: 'n', type: 'quantitative' },
				y: { field: 'share', type: 'quantitative' },
				shape: {
					field: 'flag',
					type: 'nominal',
					scale: { domain: [false, true], range: ['circle', 'diamond'] },
					legend: null,
				},
			},
		},
		{
			transform: [{ filter: 'datum.share > datum.alarm_high' }],
			mark: { type: 'text', style: 'label', align: 'center', dy: -10, limit: 150 },
			encoding: {
				x: { field: 'n', type: 'quantitative' },
				y: { field: 'share', type: 'quantitative' },
				text: { field: 'school_name', type: 'nominal' },
			},
		},
	],
};
