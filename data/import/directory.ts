import { normaliseWord } from './cell-rules.ts';
import type { CoercedCode, Params, RowCode } from './codes.ts';
import type { ImportContext, KnownSchool } from './context.ts';
import { schoolNameKey } from './school-name.ts';
import type { ReadSheet } from './sheet.ts';

/** A school found for what a cell says, or why none was. */
type SchoolMatch =
	| { school: KnownSchool; coerced?: CoercedCode }
	| { code: RowCode; params: Params; id: string };

/** A municipality found, one that would be created, or why none was. */
export type MunicipalityMatch =
	| { id: string; is_new: boolean; is_default: boolean }
	| { code: RowCode; params: Params };

/** Finds schools and municipalities of the registry as people write them, within the places a person may write to. */
export interface Directory {
	matchSchool(written: string): SchoolMatch;
	/** `null` when the file does not say: the only municipality in reach is taken */
	matchMunicipality(written: string | null): MunicipalityMatch;
	isInside(municipalityId: string, schoolId?: string): boolean;
	/** the one region in which a new municipality could be created; null when the person holds none */
	region: string | null;
}

/** Whether any row of a sheet fills its column of municipalities. */
export function namesMunicipalities(read: ReadSheet): boolean {
	return read.rows.some(({ values }) => values.municipality !== null);
}

/** A school's code without the letters that logins put before it: `sch123456` → `123456`. */
export function withoutLoginPrefix(code: string): string {
	return code.replace(/^sch(?=\d)/i, '');
}

/**
 * Builds the directory of one import. Codes come first, then logins, then normalised names (method of the registry: F1).
 * @param isNamed the file names some: for a person who holds a region, its empty cells are then left in doubt
 */
export function buildDirectory(context: ImportContext, isNamed = false): Directory {
	const regions = new Set(placesOf(context, 'region'));
	const ownMunicipalities = new Set(placesOf(context, 'municipality'));
	const ownSchools = new Set(placesOf(context, 'school'));
	const municipalities = new Map(context.municipalities.map((each) => [each.id, each]));
	const byCode = new Map<string, KnownSchool>();
	const byLogin = new Map<string, KnownSchool>();
	const byName = new Map<string, KnownSchool[]>();
	const isInside = (municipalityId: string, schoolId?: string): boolean =>
		(schoolId !== undefined && ownSchools.has(schoolId)) ||
		ownMunicipalities.has(municipalityId) ||
		regions.has(municipalities.get(municipalityId)?.region_id ?? '');
	for (const school of context.schools) {
		byCode.set(school.id.toLowerCase(), school);
		byLogin.set(withoutLoginPrefix(school.id).toLowerCase(), school);
		if (!isInside(school.municipality_id, school.id)) continue;
		const key = schoolNameKey(school.name);
		byName.set(key, [...(byName.get(key) ?? []), school]);
	}
	const reachable = context.municipalities.filter((each) => isInside(each.id));
	const byMunicipality = new Map<string, string>();
	for (const each of context.municipalities) byMunicipality.set(normaliseWord(each.name), each.id);
	for (const each of context.municipalities) byMunicipality.set(normaliseWord(each.id), each.id);
	const region = regions.size === 1 ? [...regions][0]! : null;

	const findSchool = (written: string): SchoolMatch => {
		const exact = byCode.get(written.toLowerCase());
		if (exact) return { school: exact };
		const bare = withoutLoginPrefix(written).toLowerCase();
		const login = byLogin.get(bare);
		if (login) return { school: login, coerced: 'login-prefix' };
		const named = byName.get(schoolNameKey(written)) ?? [];
		if (named.length === 1) return { school: named[0]!, coerced: 'matched-by-name' };
		if (named.length > 1) {
			const codes = named.map((school) => school.id).join(', ');
			return { code: 'ambiguous-school', params: { codes }, id: written };
		}
		return { code: 'unknown-school', params: {}, id: withoutLoginPrefix(written) };
	};
	const matches = new Map<string, SchoolMatch>();
	return {
		region,
		isInside,
		matchSchool(written) {
			let match = matches.get(written);
			if (match) return match;
			match = findSchool(written);
			if ('school' in match && !isInside(match.school.municipality_id, match.school.id)) {
				match = { code: 'school-outside', params: {}, id: match.school.id };
			}
			matches.set(written, match);
			return match;
		},
		matchMunicipality(written) {
			if (written === null) {
				const isClear = reachable.length === 1 && !(isNamed && regions.size > 0);
				if (isClear) return { id: reachable[0]!.id, is_new: false, is_default: true };
				return { code: 'unknown-municipality', params: {} };
			}
			const id = byMunicipality.get(normaliseWord(written));
			if (id !== undefined) return { id, is_new: false, is_default: false };
			const isCode = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,59}$/u.test(written);
			if (region !== null && isCode) return { id: written, is_new: true, is_default: false };
			return { code: 'unknown-municipality', params: {} };
		},
	};
}

function placesOf(context: ImportContext, kind: string): string[] {
	return context.places
		.filter((place) => place.startsWith(`${kind}/`))
		.map((place) => place.slice(kind.length + 1));
}
