import type { LocalText } from '../module.ts';

/** One argument about the level of a school, by a code and in words. */
export interface Reason {
	code: string;
	text: LocalText;
}

export function reason(code: string, text: LocalText): Reason {
	return { code, text };
}
