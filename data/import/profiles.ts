import { ImportError } from './codes.ts';

/**
 * Foreign column names: title in the file → field of the sheet, plain data that can be saved. `{n}` in both stands for a
 * number, leading zeros dropped: `'i{n}': 'item_{n}'` reads `i07` as `item_7`.
 */
export interface Profile {
	columns: Record<string, string>;
	/** fields without which a score does not count; such a row is refused */
	score_requires: string[];
}

const shipped: Record<string, Profile> = {
	'vpr-2020': {
		columns: { total: 'score', prev_mark: 'journal_mark', 'i{n}': 'item_{n}' },
		score_requires: ['variant'],
	},
};

/** Names of the profiles that come with the program. */
export const profileNames = Object.keys(shipped);

/**
 * A shipped profile by its name, or a saved one as its columns.
 * @throws ImportError `unknown-profile`
 */
export function getProfile(profile: string | Record<string, string>): Profile {
	if (typeof profile !== 'string') return { columns: profile, score_requires: [] };
	const found = Object.hasOwn(shipped, profile) ? shipped[profile] : undefined;
	if (!found) throw new ImportError('unknown-profile', { profile, known: profileNames.join(', ') });
	return found;
}

/** The field that a profile names for a title; undefined when it says nothing about it. */
export function profileField(profile: Profile, title: string): string | undefined {
	const key = title.trim().toLowerCase();
	for (const [column, field] of Object.entries(profile.columns)) {
		const name = column.trim().toLowerCase();
		if (name === key) return field;
		if (!name.includes('{n}')) continue;
		const [before = '', after = ''] = name.split('{n}');
		if (!key.startsWith(before) || !key.endsWith(after)) continue;
		const digits = key.slice(before.length, key.length - after.length);
		if (/^\d+$/.test(digits)) return field.replace('{n}', String(Number(digits)));
	}
	return undefined;
}
