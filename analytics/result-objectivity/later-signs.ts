import { gradeJump } from '../statistics/grade-jump.ts';
import { betweenVariance } from '../statistics/over-dispersion.ts';
import type { Presets } from './definition.ts';
import { linkedSigns, type Step as PlainStep } from './linked-pupils.ts';
import { meanWithout } from './reference.ts';
import { chooseReference, isMost, type ReferenceChoice, weakest } from './reference-choice.ts';
import { groupBy, procedureKey, type SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/** What the results of later years say of an earlier one: signs of the earlier result, which they cast doubt on. */

type References = ReadonlyMap<string, ReferenceChoice>;

/** The steps of a cohort that are compared: to the next grade, a year later. */
const steps = [
	{ from: { kind: 'vpr', grade: 4 }, to: { kind: 'vpr', grades: [5] } },
	{ from: { kind: 'vpr', grade: 8 }, to: { kind: 'oge', grades: [9, null] } },
] as const;

/** Exams that the school does not mark itself. */
const externalKinds: readonly string[] = ['oge', 'ege'];

interface Standing {
	z: number;
	se: number;
	against: RawSign['inputs'];
}

/** Mean of a school in standard deviations of pupils from that of the others, with its standard error; null where that cannot be said. */
function standardised(row: SchoolProcedure, references: References, presets: Presets): Standing | null {
	const choice = references.get(procedureKey(row));
	const chosen =
		choice && row.n >= Number(presets.minimum_n) ? chooseReference(choice, row, 'papers', presets) : null;
	if (chosen === null) return null;
	const { reference, inputs } = chosen;
	const { withinVariance } = reference;
	if (withinVariance === null || !(withinVariance > 0)) return null;
	const z = (row.mean! - meanWithout(reference, row)) / Math.sqrt(withinVariance);
	return { z, se: 1 / Math.sqrt(row.n), against: inputs };
}

interface Step extends PlainStep {
	before: Standing;
	after: Standing;
}

/**
 * Fall of a cohort between two grades (method O11), as a sign of the earlier result: of the pupils that codes link where
 * there are enough, else of the school's cohort. The usual change of schools from grade
 * to grade (variance between schools of the differences) widens the error of both; without it the formula is the method's own.
 */
export function jumpSigns(
	rows: readonly SchoolProcedure[],
	references: References,
	presets: Presets,
): Map<SchoolProcedure, RawSign> {
	const found = new Map<SchoolProcedure, RawSign>();
	const bySchool = groupBy(rows, ({ school_id, subject, year }) => `${school_id}\n${subject}\n${year}`);
	const pairs: Step[] = [];
	for (const earlier of rows) {
		const step = steps.find(({ from }) => from.kind === earlier.kind && from.grade === earlier.grade);
		if (!step) continue;
		const next = bySchool.get(`${earlier.school_id}\n${earlier.subject}\n${earlier.year + 1}`) ?? [];
		const grades: readonly (number | null)[] = step.to.grades;
		const later = next.find(({ kind, grade }) => kind === step.to.kind && grades.includes(grade));
		if (!later) continue;
		const before = standardised(earlier, references, presets);
		const after = standardised(later, references, presets);
		const isDoubtful = [earlier, later].some((row) =>
			references.get(procedureKey(row))!.doubtful.schools.has(row),
		);
		if (before && after) pairs.push({ earlier, later, before, after, isDoubtful });
		else
			found.set(
				earlier,
				rawSign('O11', 'mean', [earlier, later], {
					n: Math.min(earlier.n, later.n),
					note:
						Math.min(earlier.n, later.n) < Number(presets.minimum_n) ? 'too-few-respondents' : 'no-reference',
				}),
			);
	}
	for (const ofStep of groupBy(
		pairs,
		({ earlier, later }) => `${procedureKey(earlier)}\n${later.procedure_id}`,
	).values())
		for (const [row, sign] of jumpsOfStep(ofStep, presets)) found.set(row, sign);
	return found;
}

function* jumpsOfStep(pairs: readonly Step[], presets: Presets): Generator<[SchoolProcedure, RawSign]> {
	const trusted = pairs.filter(({ isDoubtful }) => !isDoubtful);
	const isEnough =
		trusted.length > Number(presets.reference_schools) && isMost(trusted.length, pairs.length, presets);
	const usual = betweenVariance(
		(isEnough ? trusted : pairs).map(({ before, after }) => ({
			n: 1 / (before.se ** 2 + after.se ** 2),
			mean: before.z - after.z,
		})),
		1,
	);
	const tau2 = usual?.tau2 ?? 0;
	// A reference from outside says what is usual; who is linked inside the region does not change it.
	const isGiven = pairs.some(({ before, after }) =>
		[before, after].some(({ against }) => against.reference === 'given'),
	);
	const linked = isGiven ? null : linkedSigns(pairs, presets);
	for (const { earlier, later, before, after } of pairs) {
		const ofLinked = linked?.signs.get(earlier);
		if (ofLinked) {
			yield [earlier, ofLinked];
			continue;
		}
		const literal = gradeJump(before, after)!;
		const widened = gradeJump(
			{ z: before.z, se: Math.sqrt(before.se ** 2 + tau2 / 2) },
			{ z: after.z, se: Math.sqrt(after.se ** 2 + tau2 / 2) },
		)!;
		const sign = rawSign('O11', 'mean', [earlier, later], {
			n: earlier.n,
			statistic: widened.z,
			p: widened.p,
			isLarge: widened.z >= Number(presets.jump_z),
			note: linked?.isDoubtful ? 'codes-not-lasting' : usual === null ? 'spread-unknown' : null,
			inputs: {
				form: 'cohort',
				earlier: before.z,
				later: after.z,
				later_n: later.n,
				later_title: later.procedure_title,
				z: literal.z,
				between_variance: tau2,
				...weakest([before.against, after.against]),
			},
		});
		yield [earlier, sign];
	}
}

/**
 * A high mean that the next external exam of the school in the subject does not bear out (method O2): for every flagged O1
 * with a result of ОГЭ or ЕГЭ in one of the following years, flagged when that mean is not above the others (z ≤ 0). The
 * nearest year speaks; of two exams in it, the one with more papers. Carries no p and enters no combination.
 */
export function unconfirmedSigns(
	ofSchool: readonly SchoolProcedure[],
	signsOf: (row: SchoolProcedure) => readonly RawSign[],
	references: References,
	presets: Presets,
): [SchoolProcedure, RawSign][] {
	const found: [SchoolProcedure, RawSign][] = [];
	for (const row of ofSchool) {
		if (!signsOf(row).some(({ id, flagged }) => id === 'O1' && flagged)) continue;
		const exams = ofSchool
			.filter(
				(later) =>
					externalKinds.includes(later.kind) &&
					later.subject === row.subject &&
					later.year > row.year &&
					later.year <= row.year + Number(presets.confirm_years),
			)
			.map((later) => ({ later, result: standardised(later, references, presets) }))
			.filter(({ result }) => result !== null)
			.sort((a, b) => a.later.year - b.later.year || b.later.n - a.later.n);
		const [exam] = exams;
		if (!exam) continue;
		const { later, result } = exam;
		const sign = rawSign('O2', null, [row, later], {
			n: later.n,
			statistic: result!.z,
			flagged: result!.z <= 0,
			inputs: { later_title: later.procedure_title, later_year: later.year },
		});
		found.push([row, sign]);
	}
	return found;
}
