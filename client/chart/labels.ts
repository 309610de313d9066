/**
 * Labels of axes that name things: horizontal, broken into lines, never cut. Lines are counted here, so that rows and
 * heads grow with them.
 */

export const labelLine = 14;
/** A letter of an 11-pixel label is about this wide. */
export const letter = 6.2;
/** One of a 12-pixel label. */
export const largeLetter = 6.8;

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

export const mostLines = (labels: string[], width: number) =>
	Math.max(1, ...labels.map((label) => breakLabel(label, width).length));

/** A Vega expression that gives the lines of a label. */
export function linesExpression(labels: string[], width: number): string {
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
