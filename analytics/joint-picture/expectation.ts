import type { InputRow } from '../module.ts';
import { expectedByThird } from '../statistics/expected-by-third.ts';
import { type Expected, expectedResults } from '../statistics/expected-result.ts';
import { independentColumns } from '../statistics/independent-columns.ts';
import type { ContextShare, SocialContext } from './context.ts';
import type { Presets } from './definition.ts';

/** What `rows.sql` says of one school and year. */
export interface SchoolYear extends Partial<Record<ContextShare, number | null>> {
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
	/** names the school as one in hard social conditions */
	decision?: string | null;
}

/** An expectation and what it rests on: the line over all schools, or the schools of the same third by social context. */
export interface Expectation extends Expected {
	basis: 'line' | 'thirds';
}

/** Why a region and year have no line: too few schools for one, or contexts that are alike or hardly known. */
type LineState = 'fits' | 'few-schools' | 'alike';

export interface Expectations {
	line: LineState;
	of: Map<SchoolYear, Expectation>;
}

export const schoolYears = (rows: InputRow[]): SchoolYear[] => rows as unknown as SchoolYear[];

const advanced = new Set(['gymnasium', 'lyceum']);

/** What is known of the context, as numbers; null = not known of the school. */
const variables: ((school: SchoolYear, context: SocialContext | undefined) => number | null)[] = [
	({ kind }) => (kind === null ? null : advanced.has(kind) ? 1 : 0),
	({ locality }) => (locality === null ? null : locality === 'rural' ? 1 : 0),
	({ pupils }) => (pupils === null || pupils <= 0 ? null : Math.log(pupils)),
	(_, context) => context?.index ?? null,
];

/**
 * Expectations of the schools of one region and year from their context. Schools whose results are in doubt or few have
 * no part in it (`isSound` false) and are judged by it. Where no line can be drawn (fewer schools than the preset, or contexts
 * alike), those of the same third by social context take its place; without a social context the answer is empty.
 */
export function expectFrom(
	schools: readonly SchoolYear[],
	contexts: ReadonlyMap<SchoolYear, SocialContext>,
	isSound: (school: SchoolYear) => boolean,
	presets: Presets,
): Expectations {
	const measured = schools.filter(({ result }) => result !== null);
	const fits = (school: SchoolYear) => school.n >= Number(presets.minimum_n) && isSound(school);
	const line = expectByLine(measured, contexts, fits, presets);
	return typeof line === 'string'
		? { line, of: expectByThirds(measured, contexts, fits, presets) }
		: { line: 'fits', of: line };
}

function expectByLine(
	measured: readonly SchoolYear[],
	contexts: ReadonlyMap<SchoolYear, SocialContext>,
	fits: (school: SchoolYear) => boolean,
	presets: Presets,
): Map<SchoolYear, Expectation> | 'few-schools' | 'alike' {
	const valueFor = (variable: (typeof variables)[number], school: SchoolYear) =>
		variable(school, contexts.get(school));
	const fitting = measured.filter(fits);
	if (fitting.length < Number(presets.minimum_schools)) return 'few-schools';
	const knownOf = (taken: typeof variables) => (school: SchoolYear) =>
		taken.every((variable) => valueFor(variable, school) !== null);
	// Only the schools that the line is drawn through tell what it can rest on.
	const candidates = variables.filter((variable) => {
		const values = fitting.map((school) => valueFor(variable, school)).filter((value) => value !== null);
		return (
			values.length >= Number(presets.known_share) * fitting.length &&
			values.some((value) => value !== values[0])
		);
	});
	const xOf = (taken: typeof variables, school: SchoolYear) =>
		taken.map((variable) => valueFor(variable, school)!);
	const taken = independentColumns(
		fitting.filter(knownOf(candidates)).map((school) => xOf(candidates, school)),
	).map((index) => candidates[index]!);
	if (taken.length === 0) return 'alike';
	const known = measured.filter(knownOf(taken));
	if (known.filter(fits).length < Number(presets.minimum_schools)) return 'few-schools';
	const found = expectedResults(
		known.map((school) => ({ x: xOf(taken, school), y: school.result!, fits: fits(school) })),
		{ confidence: Number(presets.confidence) },
	);
	return found === null ? 'alike' : named(known, found, 'line');
}

function expectByThirds(
	measured: readonly SchoolYear[],
	contexts: ReadonlyMap<SchoolYear, SocialContext>,
	fits: (school: SchoolYear) => boolean,
	presets: Presets,
): Map<SchoolYear, Expectation> {
	const rows = measured.map((school) => ({
		third: contexts.get(school)?.third ?? null,
		y: school.result!,
		fits: fits(school),
	}));
	const options = { confidence: Number(presets.confidence), minimum: Number(presets.third_schools) };
	return named(measured, expectedByThird(rows, options), 'thirds');
}

function named(
	schools: readonly SchoolYear[],
	found: readonly (Expected | null)[],
	basis: Expectation['basis'],
): Map<SchoolYear, Expectation> {
	return new Map(
		found.flatMap((expected, index) => (expected ? [[schools[index]!, { ...expected, basis }]] : [])),
	);
}
