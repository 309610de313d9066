import type { InputRow } from '../module.ts';
import { type ContextRow, type Expected, expectedResults } from '../statistics/expected-result.ts';
import type { Presets } from './definition.ts';

/** What `rows.sql` says of one school and year. */
export interface SchoolYear {
	school_id: string;
	school_name: string | null;
	municipality_id: string;
	region_id: string;
	/** false: for the line only, must not leave `compute` */
	is_shown: boolean;
	year: number;
	kind: string | null;
	locality: string | null;
	pupils: number | null;
	n: number;
	/** mean over its papers, each in standard deviations of the region's papers; null without rows of pupils */
	result: number | null;
}

export const schoolYears = (rows: InputRow[]): SchoolYear[] => rows as unknown as SchoolYear[];

const advanced = new Set(['gymnasium', 'lyceum']);

/** What the registry knows of the context, as numbers; null = not known of the school. */
const variables: ((school: SchoolYear) => number | null)[] = [
	({ kind }) => (kind === null ? null : advanced.has(kind) ? 1 : 0),
	({ locality }) => (locality === null ? null : locality === 'rural' ? 1 : 0),
	({ pupils }) => (pupils === null || pupils <= 0 ? null : Math.log(pupils)),
];

/**
 * Expectations of the schools of one region and year from their context. Schools whose results are in doubt or few have
 * no part in the line (`isSound` false) and are judged by it. Empty when fewer schools than the preset fit.
 */
export function expectFrom(
	schools: readonly SchoolYear[],
	isSound: (school: SchoolYear) => boolean,
	presets: Presets,
): Map<SchoolYear, Expected> {
	const measured = schools.filter(({ result }) => result !== null);
	const taken = variables.filter((variable) => {
		const values = measured.map(variable).filter((value) => value !== null);
		return (
			values.length >= Number(presets.known_share) * measured.length &&
			values.some((value) => value !== values[0])
		);
	});
	const known = measured.filter((school) => taken.every((variable) => variable(school) !== null));
	if (taken.length === 0) return new Map();
	const rows = known.map(
		(school): ContextRow => ({
			x: taken.map((variable) => variable(school)!),
			y: school.result!,
			fits: school.n >= Number(presets.minimum_n) && isSound(school),
		}),
	);
	if (rows.filter(({ fits }) => fits).length < Number(presets.minimum_schools)) return new Map();
	const found = expectedResults(rows, { confidence: Number(presets.confidence) }) ?? [];
	return new Map(found.flatMap((expected, index) => (expected ? [[known[index]!, expected]] : [])));
}
