import { ImportError } from './codes.ts';
import firstNames from './first-names.json' with { type: 'json' };
import { normaliseTitle } from './sheet.ts';
import type { Cell } from './workbook.ts';

const givenNames = new Set(firstNames);

/** Titles under which a column names people or their documents. */
const personalTitles = new RegExp(
	`^(?:${[
		'ф\\.? ?и\\.? ?о(?:[ .].*)?',
		'фамилия.*',
		'имя',
		'имя (?:и|отчество|ученика|учащегося|обучающегося|участника|ребенка).*',
		'отчество.*',
		'(?:участник|ученик|учащийся|обучающийся|выпускник|ребенок)[ ,(]*фио.*',
		'снилс.*',
		'(?:номер |серия |данные )?паспорт.*',
		'дата рождения',
		'(?:full |first |last |middle |given |family )?name',
		'fullname|firstname|lastname|surname|patronymic|fio',
		'birth ?date|date of birth',
		"(?:pupil|student|child|participant)(?:'?s)? (?:full |first |last )?name",
	].join('|')})$`,
);

const word = '(?:[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?|[А-ЯЁ]{2,}(?:-[А-ЯЁ]{2,})?)';
const surname =
	'(?:[А-ЯЁ][а-яё]*|[А-ЯЁ]+)(?:ов|ова|ев|ева|ёв|ёва|ин|ина|ын|ына|ий|ая|ко|ук|юк|ых|их|ян|дзе|швили|ОВ|ОВА|ЕВ|ЕВА|ИН|ИНА|ИЙ|АЯ|КО|УК|ЮК|ЫХ|ИХ|ЯН)';
const initials = new RegExp(
	`^(?:${word} [А-ЯЁ]\\. ?[А-ЯЁ]\\.?|[А-ЯЁ]\\. ?[А-ЯЁ]\\. ?${word}|${surname} [А-ЯЁ]\\.|${surname} [А-ЯЁ]{2})$`,
);
const latinInitials = /^(?:[A-Z][a-z]+ [A-Z]\. ?[A-Z]\.?|[A-Z]\. ?[A-Z]\. ?[A-Z][a-z]+)$/;
const patronymic = /(?:вич|вна|ична|инична|оглы|кызы|оглу)$/;

/** Whether a cell reads like a person: «Иванова А. П.», «Иванов Иван», «Петрова Анна Сергеевна», also in capitals. */
export function looksLikeName(text: string): boolean {
	const trimmed = text.replace(/\s+/g, ' ').trim();
	if (trimmed.length < 4 || trimmed.length > 80 || /[\d№"«»/\\]/.test(trimmed)) return false;
	if (initials.test(trimmed) || latinInitials.test(trimmed)) return true;
	const words = trimmed.toLowerCase().replaceAll('ё', 'е').split(' ');
	if (words.length < 2 || words.length > 4) return false;
	if (!words.every((each) => /^[а-я]+(?:-[а-я]+)*$|^[a-z]+(?:-[a-z]+)*$/.test(each))) return false;
	if (words.length >= 3 && patronymic.test(words.at(-1) as string)) return true;
	return words.some((each) => givenNames.has(each));
}

/**
 * Refuses a sheet of pupils' results that names people: pupils exist here as codes only. A column is name-like by its
 * header, or when a twentieth of its filled cells (two at least, or its only ones) read like names.
 * @throws ImportError `name-like-column`, naming the column but none of the names
 */
export function refuseNameLikeColumns(rows: Cell[][], header: number): void {
	const titles = rows[header] ?? [];
	let width = 0;
	for (const row of rows) if (row.length > width) width = row.length;
	for (let column = 0; column < width; column += 1) {
		const title = typeof titles[column] === 'string' ? (titles[column] as string) : '';
		if (personalTitles.test(normaliseTitle(title)))
			throw new ImportError('name-like-column', { column: title });
		const found = countNames(rows, header, column);
		const enough = found.names >= 2 || (found.names > 0 && found.filled < 5);
		if (enough && found.names >= found.filled * 0.05) {
			throw new ImportError('name-like-column', { column: title || columnLetter(column) });
		}
	}
}

function countNames(rows: Cell[][], header: number, column: number): { names: number; filled: number } {
	const known = new Map<string, boolean>();
	let names = 0;
	let filled = 0;
	for (let index = header + 1; index < rows.length; index += 1) {
		const cell = rows[index]![column];
		if (cell === null || cell === undefined || cell === '') continue;
		filled += 1;
		if (typeof cell !== 'string' || cell.length < 4) continue;
		let isName = known.get(cell);
		if (isName === undefined) {
			isName = looksLikeName(cell);
			known.set(cell, isName);
		}
		if (isName) names += 1;
	}
	return { names, filled };
}

/** The letter under which a spreadsheet shows a column. */
function columnLetter(column: number): string {
	const letter = String.fromCharCode(65 + (column % 26));
	return column < 26 ? letter : columnLetter(Math.floor(column / 26) - 1) + letter;
}
