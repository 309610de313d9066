const plainNumber = /^[-+]?\d+(?:[.,]\d+)?$/;

/**
 * Guards text against being run as a formula by the spreadsheet that opens it: what begins with `=`, `+`, `-`, `@`, a tab
 * or a line break gets an apostrophe before it. A plain signed number is no formula and stays as it is.
 */
export function guardFormula(text: string): string {
	return /^[=+\-@\t\r\n]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
}
