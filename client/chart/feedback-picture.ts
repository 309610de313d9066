import type { ResultRow } from '../api.ts';
import { rowLabels } from './labels.ts';
import type { Specification } from './specification.ts';

/** Shares of the answers to closed questions, one bar each, under the words of the answer; hidden ones are marked. */
export function answersPicture(rows: ResultRow[], isNarrow: boolean): Specification {
	const lines = rows.map((row) => `${row.question} — ${row.answer_title}`);
	const labels = rowLabels(lines, isNarrow, 34, 'bars');
	return {
		data: { name: 'rows' },
		transform: [
			{ calculate: "datum.question + ' — ' + datum.answer_title", as: 'line_title' },
			{
				calculate:
					"isValid(datum.share) ? (datum.share_coded === '<=' ? '≤ ' : datum.share_coded === '>=' ? '≥ ' : '') + format(datum.share * 100, '.0f') + ' %' : '▨'",
				as: 'value_text',
			},
			// a bound is no amount: it has words and no bar
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
