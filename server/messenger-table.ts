import type { Table } from '#data/export/table.ts';
import type { MadeKey } from '#data/records/diagnostics/participant-keys.ts';
import type { MissingPerson } from '#data/records/joins/missing-people.ts';
import { type Language, translate } from './language.ts';
import { fillLetter } from './reminder-text.ts';

/** Those missing as a table for messengers: a person per row with the own link, the code to type and the text to send. */
export function tabulateMessages(
	people: readonly MissingPerson[],
	given: { title: string; body: string; links: readonly MadeKey[]; typed: readonly MadeKey[] },
	addressOf: (secret: string) => string,
	language: Language,
): Table {
	const secretOf = (keys: readonly MadeKey[]) =>
		new Map(keys.map(({ participant_code, secret }) => [participant_code, secret]));
	const [links, codes] = [secretOf(given.links), secretOf(given.typed)];
	const names = ['full_name', 'school', 'link', 'code', 'closes_on', 'text'] as const;
	return {
		sheet: translate(language, 'messenger.sheet'),
		columns: names.map((name) => ({ name, label: translate(language, `messenger.${name}`) })),
		rows: people.map(({ participant_code, full_name, school_name, closes_on }) => {
			const link = addressOf(links.get(participant_code)!);
			const code = codes.get(participant_code)!;
			const words = { full_name, title: given.title, closes_on, link };
			return {
				full_name,
				school: school_name,
				link,
				// With a hyphen no spreadsheet takes a code for a number.
				code: `${code.slice(0, 5)}-${code.slice(5)}`,
				closes_on: new Date(`${closes_on}T00:00:00Z`),
				text: fillLetter({ subject: '', body: given.body }, words).body,
			};
		}),
	};
}
