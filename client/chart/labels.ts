/**
 * Labels of axes that name things: horizontal, broken into lines, never cut. Lines are counted here, so that rows and
 * heads grow with them.
 */

export const labelLine = 14;
/** A letter of an 11-pixel label is about this wide. */
const letter = 6.2;

const vowel = /[аеёиоуыэюяaeiouy]/i;
/** A syllable begins with one consonant before a vowel: «инфор-матика», never «информ-атика». */
const syllable = /^[бвгджзклмнпрстфхцчшщb-df-hj-np-tv-xz][аеёиоуыэюяaeiouy]/i;

/** Breaks a word longer than `width` between syllables, with hyphens; a word that cannot be broken stays whole. */
function breakWord(word: string, width: number): string[] {
	if (word.length <= width) return [word];
	for (let end = Math.min(width - 1, word.length - 3); end >= 3; end--)
		if (syllable.test(word.slice(end)) && vowel.test(word.slice(0, end)))
			return [`${word.slice(0, end)}-`, ...breakWord(word.slice(end), width)];
	return [word];
}

/** A label as lines of at most `width` letters. */
export function breakLabel(label: string, width: number): string[] {
	const lines: string[] = [];
	for (const word of label.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && !last.endsWith('-') && last.length + 1 + word.length <= width)
			lines[lines.length - 1] = `${last} ${word}`;
		else {
			const [first = '', ...rest] = breakWord(word, width);
			const joins =
				last?.endsWith('-') === false && last.length + 1 + first.length <= width && rest.length > 0;
			if (joins) lines[lines.length - 1] = `${last} ${first}`;
			else lines.push(first);
			lines.push(...rest);
		}
	}
	return lines;
}

const mostLines = (labels: string[], width: number) =>
	Math.max(1, ...labels.map((label) => breakLabel(label, width).length));

/** A Vega expression that gives the lines of a label. */
function linesExpression(labels: string[], width: number): string {
	const broken = labels
		.map((label) => [label, breakLabel(label, width)] as const)
		.filter(([, lines]) => lines.length > 1);
	if (broken.length === 0) return 'datum.label';
	return `${JSON.stringify(Object.fromEntries(broken))}[datum.label] || datum.label`;
}

/** Vega draws the first of several lines at the place of one: this moves them so that their middle stands there. */
const centred = (lines: string) => ({
	labels: { dy: { value: { signal: `isArray(${lines}) ? ${-labelLine / 2} * (length(${lines}) - 1) : 0` } } },
});

/** Letters of a name left of the rows: on a phone fewer beside columns, which divide what is left, than beside bars. */
const letters = { phone: { cells: 17, bars: 24 }, page: { cells: 46, bars: 46 } };

/** Names left of the rows, and how high a row must be for them. */
export function rowLabels(
	labels: string[],
	isNarrow: boolean,
	least: number,
	beside: 'cells' | 'bars' = 'cells',
) {
	const width = letters[isNarrow ? 'phone' : 'page'][beside];
	const lines = linesExpression(labels, width);
	return {
		step: Math.max(least, mostLines(labels, width) * labelLine + 8),
		axis: {
			title: null,
			labelExpr: lines,
			labelLineHeight: labelLine,
			labelFontSize: isNarrow ? 11 : 12,
			labelLimit: isNarrow ? 200 : 360,
			encoding: centred(`(${lines})`),
		},
	};
}

/**
 * Names left of the rows that a picture makes itself, so that nobody knows them beforehand: broken between words alone,
 * three lines at most have room.
 */
export function unknownRowLabels(least: number) {
	const { bars } = letters.phone;
	const lines = `split(trim(replace(datum.label, regexp('(.{1,${bars}})(\\\\s|$)', 'g'), '$1\\n')), '\\n')`;
	return {
		step: Math.max(least, 3 * labelLine + 4),
		axis: {
			title: null,
			labelExpr: lines,
			labelLineHeight: labelLine,
			labelFontSize: 11,
			labelLimit: 200,
			encoding: centred(lines),
		},
	};
}

/** Names above columns of a given width in pixels, their last lines standing on one level. */
export function headLabels(labels: string[], column: number) {
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

/** What the frame of a page and of a card takes beside a picture, with the menu and where it is folded away. */
const frame = { beside: 320, folded: 90 };

/** A column that is narrower has no room for words. */
const least = 62;
/** On a phone: what words of two or three letters to a line need, and what «≤ 1 %» under a digit needs. */
const leastOnPhone = { words: 44, digits: 34 };
/** What the names of rows leave of a phone's width; names with a number behind them take a little more. */
const roomOnPhone = { words: 176, digits: 170 };
const isDigits = (head: string) => head.length <= 4;

/** How wide a column can be, and whether all of them fit: the window divided among them, else wide enough to scroll to. */
export function columnWidth(
	heads: string[],
	hasShortRows: boolean,
	isNarrow: boolean,
): { column: number; fits: boolean } {
	if (isNarrow) {
		const kind = heads.every(isDigits) ? 'digits' : 'words';
		const share = roomOnPhone[kind] / Math.max(1, heads.length);
		const enough = leastOnPhone[kind];
		return { column: share < enough ? least : Math.min(92, share), fits: false };
	}
	const width = globalThis.innerWidth ?? 1440;
	const room = Math.min(1100, width - (width > 900 ? frame.beside : frame.folded));
	const column = (room - (hasShortRows ? 150 : 320)) / Math.max(1, heads.length);
	return { column: Math.max(least, column), fits: column >= least };
}
