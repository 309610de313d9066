import { officialChange } from '../statistics/official-change.ts';
import { officialMean, type SampleSums } from '../statistics/official-mean.ts';
import { groupBy, type SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/** The fourteen official signs: which procedures each kind looks at. Subjects are known by the beginning of their name. */
const officialScope: readonly { kind: string; grade: number; signs: readonly string[] }[] = [
	{ kind: 'vpr', grade: 4, signs: ['OF-mean', 'OF-journal'] },
	{ kind: 'vpr', grade: 5, signs: ['OF-mean', 'OF-journal'] },
	{ kind: 'oge', grade: 9, signs: ['OF-mean'] },
];
const officialSubject = /^(рус|мат|rus|mat)/i;

/** A correlation this close to zero is rounding, not a negative one. */
const ROUNDING = -1e-12;
const FEWEST_PAIRS = 3;

function isCounted(row: SchoolProcedure, sign: string): boolean {
	if (!officialSubject.test(row.subject)) return false;
	return officialScope.some(
		({ kind, grade, signs }) =>
			kind === row.kind &&
			(row.grade === null ? kind === 'oge' : grade === row.grade) &&
			signs.includes(sign),
	);
}

/** Official signs of one school in one procedure, exactly as published (methods OF-mean and OF-journal): shown, never a verdict. */
export function officialSigns(row: SchoolProcedure, region: SampleSums): RawSign[] {
	const signs: RawSign[] = [];
	if (isCounted(row, 'OF-mean')) {
		const own = { n: row.literal_n, mean: row.literal_mean ?? 0, sd: row.literal_sd };
		const test = officialMean(own, region);
		signs.push(
			rawSign('OF-mean', null, [row], {
				n: row.literal_n,
				statistic: test === null ? null : test.schoolLow - test.regionHigh,
				flagged: test?.flagged ?? false,
				note: test === null ? 'too-few-respondents' : null,
				inputs: test === null ? {} : { school_low: test.schoolLow, region_high: test.regionHigh },
			}),
		);
	}
	if (isCounted(row, 'OF-journal')) {
		const isKnown = row.pairs >= FEWEST_PAIRS && row.rank_correlation !== null;
		signs.push(
			rawSign('OF-journal', null, [row], {
				n: row.pairs,
				statistic: isKnown ? row.rank_correlation : null,
				flagged: isKnown && row.rank_correlation! < ROUNDING,
				note: isKnown ? null : row.pairs < FEWEST_PAIRS ? 'too-few-respondents' : 'no-variance',
			}),
		);
	}
	return signs;
}

/**
 * Sharp change of one cohort from grade 4 to grade 5 a year later (method OF-change), as signs of the later result.
 * Quartiles are those of the schools of one region, subject and pair of years.
 */
export function changeSigns(rows: readonly SchoolProcedure[]): Map<SchoolProcedure, RawSign> {
	const found = new Map<SchoolProcedure, RawSign>();
	const ofVpr = rows.filter((row) => row.kind === 'vpr' && officialSubject.test(row.subject));
	const fourth = groupBy(
		ofVpr.filter((row) => row.grade === 4),
		(row) => `${row.region_id}\n${row.subject}\n${row.year + 1}`,
	);
	const fifth = groupBy(
		ofVpr.filter((row) => row.grade === 5),
		(row) => `${row.region_id}\n${row.subject}\n${row.year}`,
	);
	for (const [cohort, later] of fifth) {
		const earlier = new Map((fourth.get(cohort) ?? []).map((row) => [row.school_id, row]));
		if (earlier.size === 0) continue;
		const { ratios, signs, limits } = officialChange(
			later.map((row) => ({ earlier: percentOf(earlier.get(row.school_id)), later: percentOf(row) })),
		);
		for (const [index, row] of later.entries()) {
			const before = earlier.get(row.school_id);
			if (!before || ratios[index] == null || limits === null) continue;
			const sign = rawSign('OF-change', null, [before, row], {
				n: row.literal_n,
				statistic: ratios[index],
				flagged: signs[index] !== null,
				inputs: { direction: signs[index] ?? 'none', low: limits.low, high: limits.high },
			});
			found.set(row, sign);
		}
	}
	return found;
}

/** Mean percent of the maximum; null where nobody counted. */
function percentOf(row: SchoolProcedure | undefined): number | null {
	return row?.literal_mean == null || !(row.max_score > 0) ? null : (100 * row.literal_mean) / row.max_score;
}

/** Mean and standard deviation over all counted rows of the region, from those of all its schools: the rule leaves none out. */
export function officialRegion(rows: readonly SchoolProcedure[]): SampleSums {
	let n = 0;
	let sum = 0;
	for (const row of rows) {
		n += row.literal_n;
		sum += row.literal_n * (row.literal_mean ?? 0);
	}
	const mean = n > 0 ? sum / n : 0;
	let squares = 0;
	for (const row of rows) {
		if (row.literal_n === 0) continue;
		squares += (row.literal_n - 1) * (row.literal_sd ?? 0) ** 2;
		squares += row.literal_n * (row.literal_mean! - mean) ** 2;
	}
	return { n, mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null };
}
