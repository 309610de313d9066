import type { ResultRow } from '../api.ts';
import { cellTable, withBareNumbers } from './cell-table.ts';
import type { Specification } from './specification.ts';

const cellText =
	"isValid(datum.share) ? (datum.share_coded === '<=' ? '≤ ' : datum.share_coded === '>=' ? '≥ ' : '') + format(datum.share * 100, '.0f') + ' %' : isValid(datum.n) ? '–' : '▨'";

/** Shares of responses with signs: groups down, signs across; hidden cells are marked. */
export function signPicture(rows: ResultRow[], isNarrow: boolean, scheme: 'light' | 'dark'): Specification {
	const groups = [...new Set(rows.map((row) => String(row.group_label)))].sort((left, right) =>
		left.localeCompare(right, 'ru', { numeric: true }),
	);
	const signs = [...new Set(rows.map((row) => String(row.sign_title)))];
	const table = cellTable(groups, signs, { isNarrow, least: 30, hasShortRows: false });
	const strong = scheme === 'dark' ? 0.46 : 0.6;
	const picture: Specification = {
		data: { name: 'rows' },
		...(table.title && { title: table.title }),
		transform: [
			{ calculate: cellText, as: 'cell_text' },
			{
				// a bound is no amount: coloured by it, small groups would look worse than large ones
				calculate:
					"!isValid(datum.n) ? 'hidden' : isValid(datum.share) && datum.share_coded !== '<=' ? 'shown' : 'told'",
				as: 'look',
			},
		],
		width: table.width,
		height: table.step * Math.max(1, groups.length),
		encoding: {
			y: {
				field: 'group_label',
				type: 'nominal',
				sort: null,
				scale: { domain: groups, ...table.scale },
				axis: table.axis,
			},
			x: {
				field: 'sign_title',
				type: 'nominal',
				sort: null,
				scale: { domain: signs },
				axis: table.heads,
			},
		},
		layer: [
			{
				transform: [{ filter: "datum.look === 'shown'" }],
				mark: { type: 'rect' },
				encoding: {
					color: {
						field: 'share',
						type: 'quantitative',
						scale: { domain: [0, 0.8], clamp: true },
						legend: null,
					},
				},
			},
			{
				transform: [{ filter: "datum.look === 'hidden'" }],
				mark: { type: 'rect', style: 'hidden' },
			},
			{
				transform: [{ filter: `datum.look !== 'shown' || datum.share <= ${strong}` }],
				mark: { type: 'text', style: 'cell-label' },
				encoding: { text: { field: 'cell_text', type: 'nominal' } },
			},
			{
				transform: [{ filter: `datum.look === 'shown' && datum.share > ${strong}` }],
				mark: { type: 'text', style: 'cell-label-inverse' },
				encoding: { text: { field: 'cell_text', type: 'nominal' } },
			},
		],
	};
	return table.hasBareNumbers ? withBareNumbers(picture) : picture;
}
