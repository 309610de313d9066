import { answerPaper, liftToBorder, markOf, pointChances } from '#data/simulation/paper.ts';
import type { Random } from '#data/simulation/random.ts';
import { honest, type ProcedureTruth, type SchoolTruth, world } from './truth.ts';

/** A pupil's row as a protocol would give it. */
export interface SimulatedResult {
	school_id: string;
	class: string;
	variant: string | null;
	score: number | null;
	mark: number | null;
	journal_mark: number | null;
	items: (number | null)[] | null;
	/** the lasting code of the pupil, where the file has one */
	pupil?: string;
}

const DISCRIMINATION = 1.1;

/** Difficulty of the items of a procedure, easy to hard, shuffled but the same in every simulation. */
function difficulties({ item_maxima }: ProcedureTruth): number[] {
	const n = item_maxima.length;
	return item_maxima.map((_, index) => -1.5 + (3 * ((index * 7) % n)) / (n - 1));
}

/**
 * Simulates one procedure in one school: ability → item scores → what the school's conduct makes of them.
 * `shift` moves the level of the year's cohort.
 */
export function simulateProcedure(
	random: Random,
	school: SchoolTruth,
	procedure: ProcedureTruth,
	shift = 0,
): SimulatedResult[] {
	const hardness = difficulties(procedure);
	const items = { maxima: procedure.item_maxima, difficulties: hardness, hardness };
	const { lifting, help, journal_leniency } = school.conduct;
	const borders = Object.values(procedure.cutoffs);
	const classes = Math.max(1, Math.round(school.pupils_per_grade / 26));
	return Array.from({ length: school.pupils_per_grade }, (_, pupil): SimulatedResult => {
		const form = `${procedure.grade}${'АБВГД'[pupil % classes] ?? 'А'}`;
		if (random.chance(world.absence))
			return {
				school_id: school.school_id,
				class: form,
				variant: null,
				score: null,
				mark: null,
				journal_mark: null,
				items: null,
			};
		const ability = random.normal(school.effect + shift + procedure.ease, world.between_pupils);
		const isHelped = random.chance(help);
		const chances = pointChances(items, ability, DISCRIMINATION);
		const paper = answerPaper(random, items, chances, isHelped);
		liftToBorder(random, paper, items, { borders, share: lifting, reach: 2 });
		const expected = chances.reduce(
			(sum, chance, index) => sum + chance * (items.maxima[index] as number),
			0,
		);
		const believed =
			expected +
			random.normal(journal_leniency * procedure.max_score, world.journal_noise * procedure.max_score);
		return {
			school_id: school.school_id,
			class: form,
			variant: String(1 + (pupil % 2)),
			score: paper.score,
			mark: markOf(paper.score, borders),
			journal_mark: markOf(Math.round(believed), borders),
			items: paper.items,
		};
	});
}

const LUCKY_DRAWS = 60;

/** Draws an honest school's year again and again and keeps the one that luck favoured or struck. */
export function simulateLuckyYear(
	random: Random,
	school: SchoolTruth,
	procedures: readonly ProcedureTruth[],
): SimulatedResult[][] {
	const honestSchool = { ...school, conduct: honest };
	const draws = Array.from({ length: LUCKY_DRAWS * (school.luck === 'small_below_line' ? 10 : 1) }, () =>
		procedures.map((procedure) => simulateProcedure(random, honestSchool, procedure)),
	);
	if (school.luck === 'good_year')
		return draws.reduce((best, draw) =>
			meanShare(draw, procedures) > meanShare(best, procedures) ? draw : best,
		);
	const struck = draws.find((draw) => isJustBelowLine(draw));
	return struck ?? (draws[0] as SimulatedResult[][]);
}

function meanShare(draw: SimulatedResult[][], procedures: readonly ProcedureTruth[]): number {
	const shares = draw.flatMap((rows, index) =>
		rows.flatMap(({ score }) =>
			score === null ? [] : [score / (procedures[index] as ProcedureTruth).max_score],
		),
	);
	return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** Exactly two procedures at or just above the line of 30 %, the others well below it. */
function isJustBelowLine(draw: SimulatedResult[][]): boolean {
	const shares = draw.map((rows) => {
		const marks = rows.flatMap(({ mark }) => (mark === null ? [] : [mark]));
		return marks.filter((mark) => mark === 2).length / marks.length;
	});
	const over = shares.filter((share) => share >= 0.3);
	return over.length === 2 && over.every((share) => share < 0.4) && shares.some((share) => share < 0.15);
}
