import { createHash } from 'node:crypto';
import type { ComputeContext, Computed, InputRow, Row } from '../module.ts';
import { objectiveShare } from '../statistics/objective-share.ts';
import { noteOf, notesOf } from './answer-notes.ts';
import { type BorderTests, borderSigns, pooledBorderSign } from './border-signs.ts';
import type { Presets } from './definition.ts';
import { combineFamilies, controlSigns, type Evidence, setLevels } from './evidence.ts';
import { journalSigns } from './journal-signs.ts';
import { jumpSigns, unconfirmedSigns } from './later-signs.ts';
import { meanSign } from './mean-sign.ts';
import { allMedals, medalSign, medalsOf } from './medals.ts';
import { changeSigns, officialSigns } from './official-signs.ts';
import { guttmanSign, homogeneitySign, profileSign } from './pattern-signs.ts';
import { reasonsOf } from './reasons.ts';
import { givenReferences, type ProcedureReference, procedureReference } from './reference.ts';
import { type Remarking, remarkingsOf } from './remarking.ts';
import {
	groupBy,
	isListOnly,
	procedureKey,
	type SchoolProcedure,
	schoolProcedures,
} from './school-procedure.ts';
import { familyTexts, publicSign, type RawSign, rawSign } from './signs.ts';

export { summarise } from './finding.ts';

/**
 * Signs, families, q and level of every school and year. Works over all schools of the region, because false discovery is
 * controlled over all of them, and lets go of those that the viewer may not see at its end.
 */
export function compute(rows: InputRow[], context: ComputeContext): Computed {
	const presets: Presets = context.presets as never;
	const { schools, found } = assessOnce(rows, presets);
	const wanted = new Set(rows.filter(({ is_shown }) => is_shown).map(schoolYear));
	const shown = schools.filter((school) => wanted.has(schoolYear(school)));
	const kinds = new Set([...found.references.values()].map(({ kind }) => kind));
	const reference = kinds.has('given') ? 'given' : 'leave-one-out';
	return {
		rows: shown.map((school) => outputRow(school, reference, context)),
		notes: notesOf(shown, found.references, context),
	};
}

interface Assessment {
	schools: Gathered[];
	found: Found;
}

const schoolYear = ({ school_id, year }: { school_id?: unknown; year?: unknown }): string =>
	`${school_id} ${year}`;

/** The newest last. A region is asked about school by school, and only what is shown of it differs. */
const assessments = new Map<string, Assessment>();
const MOST_REMEMBERED = 4;

function assessOnce(rows: InputRow[], presets: Presets): Assessment {
	const key = createHash('sha256')
		.update(JSON.stringify([presets, rows.map(comparable)]))
		.digest('base64');
	const known = assessments.get(key) ?? assess(rows, presets);
	assessments.delete(key);
	assessments.set(key, known);
	if (assessments.size > MOST_REMEMBERED) assessments.delete(assessments.keys().next().value as string);
	return known;
}

/** A row without what depends on who asks; sums of threads differ in their last digits from one query to the next. */
function comparable({ is_shown: _, ...row }: InputRow): unknown[] {
	return Object.values(row).map((value) =>
		typeof value === 'number' && !Number.isInteger(value) ? value.toPrecision(10) : value,
	);
}

function assess(rows: InputRow[], presets: Presets): Assessment {
	const all = schoolProcedures(rows);
	const found = findSigns(
		all.filter((row) => !isListOnly(row)),
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
	return { schools, found };
}

type Gathered = Evidence & { rows: SchoolProcedure[]; remarkings: Remarking[] };

interface Found {
	signs: Map<SchoolProcedure, RawSign[]>;
	borders: Map<SchoolProcedure, BorderTests>;
	references: Map<string, ProcedureReference>;
}

function findSigns(all: readonly SchoolProcedure[], presets: Presets): Found {
	const given = givenReferences(presets);
	const found: Found = { signs: new Map(), borders: new Map(), references: new Map() };
	for (const [key, rows] of groupBy(all, procedureKey)) {
		const reference = procedureReference(rows, given[rows[0]!.procedure_id]);
		found.references.set(key, reference);
		for (const row of rows) {
			const border = borderSigns(row, reference, presets);
			found.borders.set(row, { row, tests: border.tests });
			found.signs.set(row, [
				meanSign(row, reference, presets),
				border.bunching,
				...(border.lifted ? [border.lifted] : []),
				...journalSigns(row, reference, presets),
				profileSign(row, reference, presets),
				guttmanSign(row, reference, presets),
				homogeneitySign(row, reference, presets),
				...officialSigns(row, reference),
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

function outputRow(school: Gathered, reference: string, { presets, language }: ComputeContext): Row {
	const { rows, p } = school;
	const found = medalsOf(rows);
	const medals = found && allMedals(found);
	const official = school.signs.filter((sign) => sign.id.startsWith('OF-') && sign.flagged).length;
	return {
		school_id: school.school_id,
		school_name: rows[0]!.school_name,
		municipality_id: rows[0]!.municipality_id,
		year: school.year,
		n: rows.reduce((sum, row) => sum + row.n, 0),
		level: school.level,
		p_combined: school.p_combined,
		q_combined: school.q_combined,
		p_mean: p.mean,
		p_border: p.border,
		p_journal: p.journal,
		p_pattern: p.pattern,
		families_marked: school.marked.length,
		official_signs: official,
		list_markers: rows.find((row) => typeof row.list_markers === 'number')?.list_markers ?? null,
		objective_share: shareOf(school.remarkings),
		medal_candidates: medals?.candidates ?? null,
		medals_missed: medals && medals.judged > 0 ? medals.missed : null,
		families: school.marked.join(', '),
		families_text: school.marked.map((family) => familyTexts[family][language]).join(', '),
		reference,
		signs: JSON.stringify(school.signs.map(publicSign), rounded),
		reasons: JSON.stringify(reasonsOf(school, presets as never)),
		note: noteOf(school, presets as never),
	};
}

/** Objective share over all papers of the year that were marked again; null without any. */
function shareOf(remarkings: readonly Remarking[]): number | null {
	const sum = (count: (one: Remarking) => number): number =>
		remarkings.reduce((total, one) => total + count(one), 0);
	return (
		objectiveShare(
			sum(({ unchanged }) => unchanged),
			sum(({ remarked }) => remarked),
		)?.share ?? null
	);
}

/** Seven significant digits are more than any reader uses and half of the bytes. */
function rounded(_: string, value: unknown): unknown {
	return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(7)) : value;
}
