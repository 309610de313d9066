import type { AssessmentTruth, Planted, ProcedureTruth } from './assessment-truth.ts';
import { answerPaper, liftToBorder, markOf, type Paper, pointChances } from './paper.ts';
import { createRandom, type Random } from './random.ts';

/** A procedure as `opora analyze` and `opora import` read it. */
export interface SimulatedProcedure {
	id: string;
	kind: ProcedureTruth['kind'];
	year: number;
	grade: number;
	subject: string;
	max_score: number;
	cutoffs: ProcedureTruth['cutoffs'];
	items: { id: string; max: number }[];
}

/** A pupil's row of results, and what is true of it. */
export interface SimulatedPupil {
	procedure: string;
	class: string;
	/** null: was not there */
	paper: Paper | null;
	journal_mark: number;
	ability: number;
	/** score before anything was lifted; with help the helped score */
	honest_score: number | null;
	is_lifted: boolean;
	is_helped: boolean;
}

export interface SimulatedSchool {
	school: string;
	municipality: string;
	/** mean ability of its pupils */
	level: number;
	planted: Planted | null;
	pupils: SimulatedPupil[];
}

export function proceduresOf(truth: AssessmentTruth): SimulatedProcedure[] {
	return truth.years.flatMap((year) =>
		truth.procedures.map(({ kind, grade, subject, cutoffs, items }) => ({
			id: `${kind}-${year}-${grade}-${subject}`,
			kind,
			year,
			grade,
			subject,
			max_score: items.reduce((sum, { max }) => sum + max, 0),
			cutoffs,
			items: items.map(({ max }, index) => ({ id: String(index + 1), max })),
		})),
	);
}

/**
 * School after school: pupils of differing ability in schools of differing level, each with its own strengths by item,
 * journal marks that follow the class as much as the standard; then what the school's conduct makes of them.
 * Every school draws from a stream of its own and its conduct from another: planting something in one changes
 * neither the others nor its own pupils.
 */
export function* simulateSchools(truth: AssessmentTruth, seed: number): Generator<SimulatedSchool> {
	const planted = new Map(truth.planted.map((one) => [one.school, one]));
	const digits = Math.max(3, String(truth.schools).length);
	const padded = (number: number, width: number): string => String(number).padStart(width, '0');
	const municipalityDigits = String(truth.municipalities).length;
	for (let index = 0; index < truth.schools; index += 1) {
		yield simulateSchool(truth, {
			school: `S${padded(index + 1, digits)}`,
			municipality: `M${padded(1 + (index % truth.municipalities), municipalityDigits)}`,
			planted: planted.get(index + 1) ?? null,
			random: createRandom(seed, 2 * index),
			conduct: createRandom(seed, 2 * index + 1),
		});
	}
}

interface Making {
	school: string;
	municipality: string;
	planted: Planted | null;
	random: Random;
	conduct: Random;
}

function simulateSchool(truth: AssessmentTruth, making: Making): SimulatedSchool {
	const { school, municipality, planted, random } = making;
	const drawn = random.normal(0, truth.spread.school);
	const level = planted?.effect ?? drawn;
	const [least, most] = truth.pupils;
	const pupils: SimulatedPupil[] = [];
	const grades = [...new Set(truth.procedures.map(({ grade }) => grade))];
	for (const year of truth.years)
		for (const grade of grades) {
			const usual = Math.round(least * (most / least) ** random.uniform());
			const size = planted?.pupils ?? usual;
			const abilities = Array.from({ length: size }, () => random.normal());
			for (const procedure of truth.procedures)
				if (procedure.grade === grade)
					pupils.push(...sitProcedure(truth, procedure, year, abilities, level, making));
		}
	return { school, municipality, level, planted, pupils };
}

/** Classes as large as they are allowed to be. */
const CLASS = 25;

function sitProcedure(
	{ spread, absence }: AssessmentTruth,
	procedure: ProcedureTruth,
	year: number,
	abilities: readonly number[],
	level: number,
	{ planted, random, conduct }: Making,
): SimulatedPupil[] {
	const { kind, grade, subject, items, discrimination, journal } = procedure;
	const concerns =
		planted !== null &&
		(planted.years?.includes(year) ?? true) &&
		(planted.subjects?.includes(subject) ?? true);
	const { lifting, reach, help, inflation } =
		concerns && planted ? planted : { lifting: 0, reach: 1, help: 0, inflation: 0 };
	const borders = Object.values(procedure.cutoffs);
	const shift = level + random.normal(0, spread.procedure);
	const hardness = items.map(({ difficulty }) => difficulty);
	const sheet = {
		maxima: items.map(({ max }) => max),
		difficulties: hardness.map((difficulty) => difficulty - random.normal(0, spread.item)),
		hardness,
	};
	const kindness = random.normal(0, spread.journal) + inflation;
	const classes = Math.max(1, Math.ceil(abilities.length / CLASS));
	return abilities.map((general, place): SimulatedPupil => {
		const own = general + random.normal(0, spread.subject);
		const isAbsent = random.chance(absence);
		const isHelped = conduct.chance(help);
		const ability = own + shift;
		const paper = answerPaper(random, sheet, pointChances(sheet, ability, discrimination), isHelped);
		const known = own + shift / 2 + kindness + random.normal(0, spread.journal_error);
		const honest_score = paper.score;
		const isLifted = liftToBorder(conduct, paper, sheet, { borders, share: lifting, reach });
		return {
			procedure: `${kind}-${year}-${grade}-${subject}`,
			class: `${grade}-${1 + (place % classes)}`,
			paper: isAbsent ? null : paper,
			journal_mark: markOf(known, journal),
			ability,
			honest_score: isAbsent ? null : honest_score,
			is_lifted: isLifted && !isAbsent,
			is_helped: isHelped && !isAbsent,
		};
	});
}
