import { doubtfulSchoolYears } from '../doubtful.ts';
import type { ComputeContext, Computed, InputRow, Note, Row } from '../module.ts';
import { type Beta, betaFromMoments, betaPrior, edgePrior } from '../statistics/beta-prior.ts';
import { shareLimits } from '../statistics/funnel-limits.ts';
import { betweenVariance } from '../statistics/over-dispersion.ts';
import { posteriorExceedance } from '../statistics/posterior-exceedance.ts';
import { wilsonInterval } from '../statistics/wilson-interval.ts';
import type { Presets } from './definition.ts';
import { isLow, type Judged, judgeSchool, labelOf, type SchoolProcedure, schoolProcedures } from './rule.ts';
import { labelTexts } from './wording.ts';

export { summarise } from './wording.ts';

/**
 * The rule of low results for every school and year, literally, and beside it the certainty for a school of this size.
 * Schools that the viewer may not see serve the prior and stay here. Results in doubt by `result-objectivity` serve neither
 * the prior nor the funnel, wherever they lie; they are judged by those of the others.
 */
export function compute(rows: InputRow[], context: ComputeContext): Computed {
	const presets: Presets = context.presets as never;
	const all = schoolProcedures(rows);
	const doubtful = doubtfulSchoolYears(context.used?.['result-objectivity']);
	const isDoubtful = (row: SchoolProcedure): boolean => doubtful.has(`${row.school_id}\n${row.year}`);
	const sound = all.filter((row) => !isDoubtful(row));
	const regions = regionShares(sound);
	const priors = priorsFrom(sound, Number(presets.least_spread));
	const schools = groupBy(all, (row) => row.school_id);
	const found: Row[] = [];
	for (const ofSchool of schools.values()) {
		const judged = ofSchool.map((row) => judge(row, priors(row), presets));
		const years = groupBy(judged, ({ row }) => String(row.year));
		for (const [year, ofYear] of years) {
			if (!ofYear.some(({ row }) => row.is_shown)) continue;
			const before = years.get(String(Number(year) - 1)) ?? [];
			found.push(outputRow(ofYear, before, { regions, isDoubtful }, context));
		}
	}
	return { rows: found, notes: notesOf(found) };
}

function judge(row: SchoolProcedure, prior: Beta | null, presets: Presets): Judged {
	const threshold = Number(presets.threshold);
	const isCounted = row.n > 0 && prior !== null;
	return {
		row,
		low: isLow(row.fail, row.n, threshold),
		p_low: isCounted ? posteriorExceedance(prior, row.fail, row.n, threshold) : null,
	};
}

/**
 * Prior of a school's true share from the other sound results of its region in the same procedure. Of those that serve it,
 * schools with equal counts have equal priors, and all that do not serve it have one: each is worked out once.
 */
function priorsFrom(
	sound: readonly SchoolProcedure[],
	leastSpread: number,
): (row: SchoolProcedure) => Beta | null {
	const keyOf = (row: SchoolProcedure): string => `${row.region_id}\n${row.procedure_id}`;
	const procedures = groupBy(sound, keyOf);
	const serving = new Set(sound);
	const known = new Map<string, Beta | null>();
	return (row) => {
		const key = serving.has(row) ? `${keyOf(row)}\n${row.n}\n${row.fail}` : keyOf(row);
		let prior = known.get(key);
		if (prior === undefined) {
			const others = (procedures.get(keyOf(row)) ?? []).filter((other) => other !== row && other.n > 0);
			prior = priorFrom(others, leastSpread);
			known.set(key, prior);
		}
		return prior;
	};
}

/**
 * A few schools that agree by chance must not outvote the pupils of another: the prior keeps a least standard deviation. Where
 * nobody or everybody failed elsewhere there is no beta by moments, and just beside that it is all but empty: both get the prior
 * of their edge, so that one paper elsewhere does not turn the verdict.
 */
function priorFrom(others: readonly SchoolProcedure[], leastSpread: number): Beta | null {
	const prior = betaPrior(others.map(({ n, fail }) => ({ n, x: fail })));
	const { n, fail } = totals(others);
	if (prior === null) {
		const isAlike = others.length >= 2 && (fail === 0 || fail === n);
		return isAlike ? edgePrior(fail === 0 ? 0 : 1, n, leastSpread) : null;
	}
	const size = prior.alpha + prior.beta;
	const mean = prior.alpha / size;
	const variance = (mean * (1 - mean)) / (size + 1);
	if (variance >= leastSpread ** 2) return prior;
	const wide = betaFromMoments(mean, leastSpread ** 2);
	if (wide && Math.min(wide.alpha, wide.beta) >= 0.5) return wide;
	return edgePrior(mean < 0.5 ? 0 : 1, n, leastSpread);
}

interface RegionShare {
	/** below the threshold over all results of a region and year: the centre of the funnel */
	share: number;
	/** variance of the schools' true shares, by which its limits are wider than binomial ones */
	betweenVariance: number;
}

function regionShares(all: readonly SchoolProcedure[]): Map<string, RegionShare> {
	const regions = new Map<string, RegionShare>();
	for (const [key, rows] of groupBy(all, regionYear)) {
		const { n, fail } = totals(rows);
		if (n === 0) continue;
		const share = fail / n;
		const schools = [...groupBy(rows, (row) => row.school_id).values()].map(totals);
		const spread = betweenVariance(
			schools.map((school) => ({ n: school.n, mean: school.fail / school.n })),
			share * (1 - share),
		);
		regions.set(key, { share, betweenVariance: spread?.tau2 ?? 0 });
	}
	return regions;
}

const regionYear = (row: SchoolProcedure): string => `${row.region_id}\n${row.year}`;

function totals(rows: readonly SchoolProcedure[]): { n: number; fail: number } {
	let n = 0;
	let fail = 0;
	for (const row of rows) {
		n += row.n;
		fail += row.fail;
	}
	return { n, fail };
}

/** What a school is judged by. */
interface Yardsticks {
	regions: ReadonlyMap<string, RegionShare>;
	isDoubtful: (row: SchoolProcedure) => boolean;
}

function outputRow(
	ofYear: readonly Judged[],
	before: readonly Judged[],
	{ regions, isDoubtful }: Yardsticks,
	{ presets: given, language }: ComputeContext,
): Row {
	const presets: Presets = given as never;
	const rows = ofYear.map(({ row }) => row);
	const first = rows[0]!;
	const { n, fail } = totals(rows);
	const confidence = Number(presets.confidence);
	const interval = wilsonInterval(fail, n, { confidence });
	const region = regions.get(regionYear(first)) ?? null;
	const limitsAt = (z: number) => region && shareLimits(region.share, n, { ...region, z });
	const limits = limitsAt(Number(presets.limit_z));
	const alarm = limitsAt(Number(presets.alarm_z));
	const verdict = judgeSchool(ofYear, before, presets);
	const label = labelOf(verdict, presets);
	return {
		school_id: first.school_id,
		school_name: first.school_name,
		municipality_id: first.municipality_id,
		year: first.year,
		procedures: rows.filter((row) => row.n > 0).length,
		low_procedures: ofYear.filter(({ low }) => low).length,
		n,
		fail,
		share: n > 0 ? fail / n : null,
		ci_low: interval?.lo ?? null,
		ci_high: interval?.hi ?? null,
		reference_share: region?.share ?? null,
		limit_low: limits?.lo ?? null,
		limit_high: limits?.hi ?? null,
		alarm_low: alarm?.lo ?? null,
		alarm_high: alarm?.hi ?? null,
		threshold: Number(presets.threshold),
		...verdict,
		label,
		label_text: label && labelTexts[label][language],
		is_doubtful: isDoubtful(first),
		detail: JSON.stringify(ofYear.map((judged) => detailOf(judged, confidence))),
		note: noteOf(ofYear, isDoubtful(first), presets),
	};
}

/** One procedure as the card of a school shows it. */
function detailOf({ row, low, p_low }: Judged, confidence: number): object {
	const interval = wilsonInterval(row.fail, row.n, { confidence });
	return {
		procedure: row.procedure_id,
		title: row.procedure_title,
		n: row.n,
		fail: row.fail,
		share: row.n > 0 ? row.fail / row.n : null,
		ci: interval && [interval.lo, interval.hi],
		low,
		p_low,
	};
}

function noteOf(ofYear: readonly Judged[], isDoubtful: boolean, presets: Presets): string | null {
	const codes: string[] = [];
	const rows = ofYear.map(({ row }) => row);
	if (rows.every((row) => row.n < Number(presets.minimum_n))) codes.push('too-few-respondents');
	if (rows.some((row) => row.unscaled > 0)) codes.push('no-cutoffs');
	if (rows.some((row) => row.above_max > 0)) codes.push('above-max');
	if (rows.some((row) => row.is_summed)) codes.push('from-aggregate');
	if (ofYear.some(({ row, p_low }) => row.n > 0 && p_low === null)) codes.push('no-reference');
	if (isDoubtful) codes.push('doubtful-left-out');
	return codes.length > 0 ? codes.join(',') : null;
}

function notesOf(rows: readonly Row[]): Note[] {
	return [
		'too-few-respondents',
		'no-cutoffs',
		'above-max',
		'from-aggregate',
		'no-reference',
		'doubtful-left-out',
	].flatMap((code) => {
		const count = rows.filter((row) =>
			String(row.note ?? '')
				.split(',')
				.includes(code),
		).length;
		return count > 0 ? [{ code, count }] : [];
	});
}

function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
	const groups = new Map<string, Item[]>();
	for (const item of items) {
		const name = key(item);
		const group = groups.get(name);
		if (group) group.push(item);
		else groups.set(name, [item]);
	}
	return groups;
}
