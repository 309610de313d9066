/** One table of the calibration, as it stands in METHODOLOGY.md. */
export interface Table {
	/** what is measured, how, and how much was simulated */
	caption: string;
	heads: string[];
	rows: string[][];
	/** promises that the numbers break; empty when all hold */
	broken: string[];
}

const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

export function markdownOf({ caption, heads, rows }: Table): string {
	return [caption, '', lineOf(heads), lineOf(heads.map(() => '---')), ...rows.map(lineOf)].join('\n');
}

/** A share in percent with one digit, as Russian writes it. */
export const percent = (share: number): string => `${(100 * share).toFixed(1).replace('.', ',')} %`;

export const number = (value: number, digits = 2): string => value.toFixed(digits).replace('.', ',');

export const share = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN);

/** How much is simulated: all of it by the command, a little in the tests. */
export type Amount = 'whole' | 'quick';
