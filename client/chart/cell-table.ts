import {
	breakLabel,
	labelLine,
	largeLetter,
	letter,
	linesExpression,
	mostLines,
	rowLabels,
} from './labels.ts';

/** How tables of cells stand on a page and on a phone. */

/** Names above columns of a given width in pixels, their last lines standing on one level. */
function headLabels(labels: string[], column: number) {
	// a gap between neighbours, whose words would otherwise read as one
	const width = Math.max(6, Math.floor((column - 4) / letter));
	const lines = linesExpression(labels, width);
	const most = mostLines(labels, width);
	return {
		title: null,
		orient: 'top',
		labelAngle: 0,
		labelExpr: lines,
		labelLineHeight: labelLine,
		labelFontSize: 11,
		labelLimit: 240,
		labelOverlap: false,
		labelFlush: false,
		labelPadding: 6 + (most - 1) * labelLine,
		encoding: {
			labels: {
				dy: {
					value: {
						signal: `isArray(${lines}) ? ${labelLine} * (${most} - length(${lines})) : ${labelLine * (most - 1)}`,
					},
				},
			},
		},
	};
}

/** Pixels that a picture has on a phone of 360. */
export const phone = 294;
/** Above a row of cells on a phone: pixels of the cells, of cells with words, between the name and the row before it, between two heads. */
const cells = { height: 26, wordy: 48, gap: 10, between: 4 };

/** Names above rows that take the whole width of a phone, and how high a row is with them. */
function namesAbove(labels: string[], height: number) {
	const width = Math.floor(phone / largeLetter);
	const most = mostLines(labels, width);
	const step = most * labelLine + cells.gap + height;
	const lines = linesExpression(labels, width);
	// all that is not a row's cells stands above them
	const padding = 1 - height / step;
	return {
		step,
		scale: { paddingInner: padding, paddingOuter: padding / 2, align: 1 },
		axis: {
			title: null,
			domain: false,
			labelAlign: 'left',
			labelBaseline: 'alphabetic',
			labelPadding: 0,
			labelOffset: -(height / 2 + 4),
			labelExpr: lines,
			labelLineHeight: labelLine,
			labelFontSize: 12,
			labelLimit: phone,
			encoding: {
				labels: {
					dy: { value: { signal: `isArray(${lines}) ? ${-labelLine} * (length(${lines}) - 1) : 0` } },
				},
			},
		},
	};
}

/** Heads too many for words: their numbers stand above the columns, and what they mean above the picture. */
function numberedHeads(heads: string[]) {
	const numbers = Object.fromEntries(heads.map((head, at) => [head, String(at + 1)]));
	const key = heads.flatMap((head, at) => {
		const lines = breakLabel(head, Math.floor(phone / letter) - 4);
		return lines.map((line, part) => (part === 0 ? `${at + 1}\u2002${line}` : `\u2003\u2002${line}`));
	});
	return {
		axis: {
			title: null,
			orient: 'top',
			labelAngle: 0,
			labelExpr: `${JSON.stringify(numbers)}[datum.label]`,
			labelFontSize: 11,
			labelOverlap: false,
			labelFlush: false,
		},
		title: { text: key, fontSize: 11, fontWeight: 400, lineHeight: labelLine + 2, offset: 12 },
	};
}

/** What the frame of a page and of a card takes beside a picture, with the menu and where it is folded away. */
const frame = { beside: 320, folded: 90 };

/** A column that is narrower has no room for words. */
const least = 62;
/** On a phone: what words of two or three letters to a line need, and what «≤ 1 %» under a digit needs. */
const leastOnPhone = { words: 44, digits: 34 };
/** A column whose number stands without its per cent sign. */
const leastNumber = 18;
/** What the names of rows leave of a phone's width; names with a number behind them take a little more. */
const roomOnPhone = { words: 176, digits: 170 };
const isDigits = (head: string) => head.length <= 4;

/** How wide a column of a page can be, and whether all of them fit: the window divided among them, else wide enough to scroll to. */
function pageColumn(heads: string[], hasShortRows: boolean): { column: number; fits: boolean } {
	const width = globalThis.innerWidth ?? 1440;
	const room = Math.min(1100, width - (width > 900 ? frame.beside : frame.folded));
	const column = (room - (hasShortRows ? 150 : 320)) / Math.max(1, heads.length);
	return { column: Math.max(least, column), fits: column >= least };
}

/**
 * How a table of cells stands: names beside its rows where the columns then have room; on a phone else above them, so that
 * the cells take the whole width; and where even so no word fits above a column, numbers and what they mean. More than a
 * phone can hold is drawn wide enough to scroll to.
 */
export function cellTable(
	down: string[],
	across: string[],
	options: { isNarrow: boolean; least: number; hasShortRows: boolean; isWordy?: boolean },
): CellTable {
	const beside = rowLabels(down, options.isNarrow, options.least, 'cells');
	if (!options.isNarrow) {
		const { column, fits } = pageColumn(across, options.hasShortRows);
		return { ...beside, heads: headLabels(across, column), width: fits ? 'container' : { step: column } };
	}
	const kind = across.every(isDigits) ? 'digits' : 'words';
	const share = roomOnPhone[kind] / Math.max(1, across.length);
	if (share >= leastOnPhone[kind] && !options.isWordy) {
		const column = Math.min(92, share);
		return { ...beside, heads: headLabels(across, column), width: { step: column } };
	}
	const above = namesAbove(down, options.isWordy ? cells.wordy : cells.height);
	const column = phone / Math.max(1, across.length);
	if (column >= leastOnPhone[kind])
		return { ...above, heads: headLabels(across, column - cells.between), width: 'container' };
	if (column < leastNumber) return { ...beside, heads: headLabels(across, least), width: { step: least } };
	const { axis, title } = numberedHeads(across);
	return { ...above, heads: axis, width: 'container', title, hasBareNumbers: true };
}

interface CellTable {
	/** height of a row, and how the rows are spaced where their names stand above them */
	step: number;
	scale?: Record<string, unknown>;
	/** the axis of the rows and the one of the columns */
	axis: Record<string, unknown>;
	heads: Record<string, unknown>;
	width: 'container' | { step: number };
	/** what the numbers above the columns mean */
	title?: Record<string, unknown>;
	/** columns have room for two or three digits only */
	hasBareNumbers?: boolean;
}

/** The parts of a specification that say what stands in a cell. */
interface Cell {
	as?: string;
	calculate?: string;
	mark?: object;
	encoding?: { text?: { field?: string } };
}

/**
 * The words of cells (`cell_text`) where columns have room for bare numbers only: without their per cent sign, and smaller
 * where a bound takes three letters.
 */
export function withBareNumbers<Node>(node: Node): Node {
	if (Array.isArray(node)) return node.map(withBareNumbers) as Node;
	if (typeof node !== 'object' || node === null) return node;
	const { as, calculate, mark, encoding } = node as Cell;
	if (as === 'cell_text') return { ...node, calculate: `replace(${calculate}, /\\s?%/, '')` };
	const done = Object.fromEntries(Object.entries(node).map(([name, part]) => [name, withBareNumbers(part)]));
	if (encoding?.text?.field === 'cell_text')
		done.mark = { ...mark, fontSize: { expr: 'length(datum.cell_text) > 2 ? 9 : 10.5' } };
	return done as Node;
}
