import type { ResultRow } from '../api.ts';
import { rowLabels } from './labels.ts';
import type { Specification } from './specification.ts';

/** Pixels of a row whose words fit one line. */
const LEAST_HEIGHT = 32;

/**
 * Shares as bars under words that may be long, one bar for each row. A hidden share is marked; a bound is no amount, so it
 * stands in words and has no bar. `line` gives the words of a row and, as an expression of Vega, `lineExpression` the same.
 */
export function shareBars(
	rows: readonly ResultRow[],
	isNarrow: boolean,
	{ line, lineExpression }: { line: (row: ResultRow) => string; lineExpression: string },
): Specification {
	const lines = [...new Set(rows.map(line))];
	const labels = rowLabels(lines, isNarrow, LEAST_HEIGHT, 'bars');
	return {
		data: { name: 'rows' },
		transform: [
			{ calculate: lineExpression, as: 'line_title' },
			{
				calculate:
					"isValid(datum.share) ? (datum.share_coded === '<=' ? '≤ ' : datum.share_coded === '>=' ? '≥ ' : '') + format(datum.share * 100, '.0f') + ' %' : '▨'",
				as: 'value_text',
			},
			{ calculate: "isValid(datum.share) && datum.share_coded !== '<=' ? datum.share : 0", as: 'reach' },
		],
		height: labels.step * Math.max(1, lines.length),
		encoding: {
			y: { field: 'line_title', type: 'nominal', sort: null, scale: { domain: lines }, axis: labels.axis },
			x: {
				field: 'reach',
				type: 'quantitative',
				title: null,
				scale: { domain: [0, 1] },
				axis: { format: '.0%', tickCount: isNarrow ? 3 : 5 },
			},
		},
		layer: [
			{ mark: { type: 'bar', height: 16 } },
			{
				mark: { type: 'text', align: 'left', dx: 6, style: 'label' },
				encoding: { text: { field: 'value_text', type: 'nominal' } },
			},
		],
	};
}
