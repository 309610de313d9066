import { type CellRule, identifier } from './cell-rules.ts';
import { looksLikeName } from './personal-data.ts';
import type { ColumnRule } from './sheet.ts';

const code = identifier();

/** A code that the school or the region gave: an identifier, neither a person's name nor the number of a document. */
const pupilCode: CellRule = (cell) => {
	const written = String(cell);
	if (looksLikeName(written)) return { code: 'name-like-value' };
	return isInsuranceNumber(written) ? { code: 'document-like-value' } : code(cell);
};

/** Eleven digits whose last two are the control sum of an СНИЛС, with or without its hyphens and blank. */
function isInsuranceNumber(written: string): boolean {
	if (!/^\d{3}-?\d{3}-?\d{3}[- ]?\d{2}$/.test(written)) return false;
	const digits = [...written.replace(/\D/g, '')].map(Number);
	const sum = digits.slice(0, 9).reduce((total, digit, index) => total + digit * (9 - index), 0);
	return (sum % 101) % 100 === Number(digits.slice(9).join(''));
}

/** The column of the code; `filled`: a row without it is refused. «Код участника» is not read: it changes with each procedure. */
export function pupilColumn(
	filled: boolean,
	help: ColumnRule['help'],
	examples: ColumnRule['examples'],
): ColumnRule {
	return {
		field: 'pupil',
		titles: {
			ru: 'Код ученика',
			en: 'Pupil code',
			aliases: [
				'код обучающегося',
				'код учащегося',
				'код выпускника',
				'постоянный код ученика',
				'student code',
			],
		},
		required: filled,
		filled,
		parse: pupilCode,
		help,
		examples,
	};
}
