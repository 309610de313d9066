import type { Random } from './random.ts';
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
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Difficulty of the items of a procedure, easy to hard, shuffled but the same in every simulation. */
function difficulties({ item_maxima }: ProcedureTruth): number[] {
	const n = item_maxima.length;
	return item_maxima.map((_, index) => -1.5 + (3 * ((index * 7) % n)) / (n - 1));
}

function markOf(score: number, { cutoffs }: ProcedureTruth): number {
	if (score >= cutoffs['5']) return 5;
	if (score >= cutoffs['4']) return 4;
	return score >= cutoffs['3'] ? 3 : 2;
}

/** Raises one of the harder items by one point, so that the items still sum to the score. */
function addPoint(
	items: number[],
	maxima: readonly number[],
	hardness: readonly number[],
	random: Random,
): void {
	const open = items.flatMap((score, index) => (score < (maxima[index] as number) ? [index] : []));
	const hard = open.filter((index) => (hardness[index] as number) > 0);
	const chosen = hard.length > 0 ? hard : open;
	if (chosen.length > 0) items[random.pick(chosen)]! += 1;
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
		let expected = 0;
		const items = procedure.item_maxima.map((maximum, index) => {
			const difficulty = hardness[index] as number;
			const known = logistic(1.1 * (ability - difficulty));
			expected += maximum * known;
			const probability = isHelped && difficulty > 0.3 ? Math.max(known, 0.85) : known;
			let points = 0;
			for (let point = 0; point < maximum; point += 1) if (random.chance(probability)) points += 1;
			return points;
		});
		let score = items.reduce((sum, points) => sum + points, 0);
		const border = borders.find((cutoff) => score < cutoff && score >= cutoff - 2);
		if (border !== undefined && random.chance(lifting))
			while (score < border) {
				addPoint(items, procedure.item_maxima, hardness, random);
				score += 1;
			}
		const believed =
			expected +
			random.normal(journal_leniency * procedure.max_score, world.journal_noise * procedure.max_score);
		return {
			school_id: school.school_id,
			class: form,
			variant: String(1 + (pupil % 2)),
			score,
			mark: markOf(score, procedure),
			journal_mark: markOf(Math.round(believed), procedure),
			items,
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
