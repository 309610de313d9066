import type { InputRow } from '../module.ts';
import { type BorderTests, borderSigns, pooledBorderSign } from './border-signs.ts';
import type { Presets } from './definition.ts';
import { combineFamilies, controlSigns, type Evidence, setLevels, type Verdict } from './evidence.ts';
import { journalSigns } from './journal-signs.ts';
import { jumpSigns, unconfirmedSigns } from './later-signs.ts';
import { meanSign } from './mean-sign.ts';
import { medalSign } from './medals.ts';
import { changeSigns, officialRegion, officialSigns } from './official-signs.ts';
import { guttmanSign, homogeneitySign, profileSign } from './pattern-signs.ts';
import { givenReferences } from './reference.ts';
import { type ReferenceChoice, referenceChoice } from './reference-choice.ts';
import { type Remarking, remarkingsOf } from './remarking.ts';
import {
	groupBy,
	isListOnly,
	procedureKey,
	type SchoolProcedure,
	schoolProcedures,
} from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/** What the battery says of all schools and years, and what it held them against. */
export interface Assessment {
	schools: Gathered[];
	references: ReadonlyMap<string, ReferenceChoice>;
}

export type Gathered = Evidence & {
	rows: SchoolProcedure[];
	remarkings: Remarking[];
	/** of a reference in which no list had a part, where a list was given: only that may be held against the list */
	unaided?: Verdict;
};

/** One school and year, whose results serve others or do not. */
export const schoolYear = ({ school_id, year }: { school_id?: unknown; year?: unknown }): string =>
	`${school_id} ${year}`;

/**
 * The battery in a fixed number of passes (decision 0046). Schools named in a list of the authority never serve the others of
 * their year; those that a pass puts at the level of doubt do not serve in the next, and are themselves compared with the rest.
 * Where a pass finds nobody new the next would say the same, so an honest region is no worse off than with one pass.
 */
export function assess(rows: InputRow[], presets: Presets): Assessment {
	const all = schoolProcedures(rows);
	if (presets.reference === 'leave-one-out') return assessAgainst(all, new Set(), presets);
	const listed = new Set(all.filter((row) => (row.list_markers ?? 0) > 0).map(schoolYear));
	let doubtful = listed;
	let found = assessAgainst(all, doubtful, presets);
	for (let pass = 2; pass <= Number(presets.reference_passes); pass++) {
		const next = new Set(listed);
		for (const school of found.schools) if (isInDoubt(school, presets)) next.add(schoolYear(school));
		if (next.size === doubtful.size && [...next].every((one) => doubtful.has(one))) break;
		doubtful = next;
		found = assessAgainst(all, doubtful, presets);
	}
	if (listed.size > 0) addUnaided(found, assessAgainst(all, new Set(), presets));
	return found;
}

function addUnaided({ schools }: Assessment, unaided: Assessment): void {
	const verdicts = new Map(unaided.schools.map((school) => [schoolYear(school), school]));
	for (const school of schools) {
		const { marked, p_combined, q_combined } = verdicts.get(schoolYear(school))!;
		school.unaided = { marked, p_combined, q_combined };
	}
}

function isInDoubt({ level, q_combined }: Evidence, presets: Presets): boolean {
	if (level === 'X') return false;
	if (Number(level) >= Number(presets.reference_level)) return true;
	return level === '1' && q_combined !== null && q_combined <= Number(presets.reference_q);
}

/** One pass: nobody in doubt serves the others. */
function assessAgainst(
	all: readonly SchoolProcedure[],
	doubtful: ReadonlySet<string>,
	presets: Presets,
): Assessment {
	const found = findSigns(
		all.filter((row) => !isListOnly(row)),
		doubtful,
		presets,
	);
	const schools = gatherEvidence(all, found, presets);
	controlSigns(
		schools.flatMap((school) => school.signs),
		presets,
	);
	combineFamilies(schools, presets);
	setLevels(schools, presets);
	for (const years of groupBy(schools, (school) => school.school_id).values()) {
		addUnconfirmed(years, found, presets);
		addPersistence(years, presets);
	}
	return { schools, references: found.references };
}

interface Found {
	signs: Map<SchoolProcedure, RawSign[]>;
	borders: Map<SchoolProcedure, BorderTests>;
	references: Map<string, ReferenceChoice>;
}

function findSigns(all: readonly SchoolProcedure[], doubtful: ReadonlySet<string>, presets: Presets): Found {
	const given = givenReferences(presets);
	const found: Found = { signs: new Map(), borders: new Map(), references: new Map() };
	for (const [key, rows] of groupBy(all, procedureKey)) {
		const choice = referenceChoice(
			rows,
			(row) => doubtful.has(schoolYear(row)),
			given[rows[0]!.procedure_id],
		);
		found.references.set(key, choice);
		const region = officialRegion(rows);
		for (const row of rows) {
			const border = borderSigns(row, choice, presets);
			found.borders.set(row, { row, tests: border.tests, against: border.against });
			found.signs.set(row, [
				meanSign(row, choice, presets),
				border.bunching,
				...(border.lifted ? [border.lifted] : []),
				...journalSigns(row, choice, presets),
				profileSign(row, choice, presets),
				guttmanSign(row, choice, presets),
				homogeneitySign(row, choice, presets),
				...officialSigns(row, region),
			]);
		}
	}
	for (const [row, sign] of changeSigns(all)) found.signs.get(row)!.push(sign);
	for (const [row, sign] of jumpSigns(all, found.references, presets)) found.signs.get(row)!.push(sign);
	return found;
}

function gatherEvidence(all: readonly SchoolProcedure[], found: Found, presets: Presets): Gathered[] {
	const schools: Gathered[] = [];
	for (const rows of groupBy(all, (row) => row.school_id).values()) {
		const years = groupBy(rows, (row) => String(row.year));
		for (const ofYear of years.values()) {
			const { school_id, region_id, year } = ofYear[0]!;
			const signs = ofYear.flatMap((row) => found.signs.get(row) ?? []);
			const earlier = rows.filter((row) => row.year < year && row.year > year - Number(presets.years));
			const pooled = pooledBorderSign(
				ofYear.filter((row) => !isListOnly(row)).map((row) => found.borders.get(row)!),
				earlier.filter((row) => !isListOnly(row)).map((row) => found.borders.get(row)!),
				presets,
			);
			if (pooled) signs.push(pooled);
			const medals = medalSign(ofYear, presets);
			if (medals) signs.push(medals);
			const remarkings = remarkingsOf(ofYear, presets);
			schools.push({
				school_id,
				region_id,
				year,
				rows: ofYear,
				largest_n: Math.max(
					...ofYear.map((row) => Math.max(row.n, row.raised + row.confirmed + row.lowered)),
				),
				listed: Math.max(...ofYear.map((row) => row.list_markers ?? 0)),
				remarkings,
				confirmed: remarkings.some(({ isConfirming }) => isConfirming),
				signs,
				p: { mean: null, border: null, journal: null, pattern: null },
				p_combined: null,
				q_combined: null,
				marked: [],
				level: '0',
				years_marked: 0,
				years_own: 0,
				years_listed: 0,
			});
		}
	}
	return schools;
}

/** Method O2: high means that a later exam does not bear out; known when it is known which means stand out. */
function addUnconfirmed(ofSchool: readonly Gathered[], found: Found, presets: Presets): void {
	const rows = ofSchool.flatMap((school) => school.rows.filter((row) => !isListOnly(row)));
	const signsOf = (row: SchoolProcedure): RawSign[] => found.signs.get(row) ?? [];
	for (const [row, sign] of unconfirmedSigns(rows, signsOf, found.references, presets))
		ofSchool.find(({ year }) => year === row.year)!.signs.push(sign);
}

/** Method O15: in how many of the last three years own signs or a list put the school at level 2, each source for itself. */
function addPersistence(ofSchool: readonly Gathered[], presets: Presets): void {
	for (const school of ofSchool) {
		const years = ofSchool.filter(
			({ year }) => year <= school.year && year > school.year - Number(presets.years),
		);
		if (years.length < 2) continue;
		const rows = years.flatMap((other) => other.rows);
		const { years_own: own, years_listed: listed, years_marked: either } = school;
		const statistic = Math.max(own, listed);
		school.signs.push(
			rawSign('O15', null, rows, {
				n: years.length,
				statistic,
				flagged: statistic >= 2,
				inputs: { own, listed, either },
			}),
		);
	}
}
