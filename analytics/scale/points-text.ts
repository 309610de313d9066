import { type AnswerPatterns, MISSING } from '../statistics/answer-patterns.ts';

/** Points of many responses as codes: whole numbers, `unit` of them to a point. */
export interface PointAnswers {
	patterns: AnswerPatterns;
	unit: number;
}

/** Codes of an item reach this far. */
const LARGEST = 250;
/** Shares of a point that rules of scoring give: halves, thirds, … sixtieths of a whole. */
const UNITS = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/**
 * Reads what `rows.sql` sends of a whole campaign in one text: `1,0,,2*14;1,1,0,2*3`, points item by item (nothing = no
 * answer), then how many people gave exactly these. Points become whole codes; where they have no common unit that
 * fits, the nearest on a fine scale.
 */
export function readPoints(text: string | null, items: number): PointAnswers {
	const lines = text ? text.split(';') : [];
	const counts = new Float64Array(lines.length);
	const known = new Map<string, number>();
	const cells = lines.map((line, row) => {
		const star = line.lastIndexOf('*');
		counts[row] = Number(line.slice(star + 1));
		const points = line.slice(0, star).split(',');
		for (const cell of points) if (cell !== '' && !known.has(cell)) known.set(cell, Number(cell));
		return points;
	});
	const unit = unitOf([...known.values()]);
	const codes = new Uint8Array(lines.length * items).fill(MISSING);
	for (const [row, points] of cells.entries())
		for (let item = 0; item < items; item++) {
			const value = known.get(points[item] ?? '');
			if (value !== undefined) codes[row * items + item] = Math.max(0, Math.round(value * unit));
		}
	return { patterns: { items, codes, counts }, unit };
}

function unitOf(points: readonly number[]): number {
	const most = points.reduce((largest, value) => Math.max(largest, value), 1);
	const isWhole = (value: number) => Math.abs(value - Math.round(value)) < 1e-6;
	const unit = UNITS.find(
		(parts) => most * parts <= LARGEST && points.every((value) => isWhole(value * parts)),
	);
	return unit ?? LARGEST / most;
}
