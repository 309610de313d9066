import { type BoundaryTest, boundaryTests } from '../statistics/boundary-bunching.ts';
import { pooledBunching } from '../statistics/pooled-bunching.ts';
import { shareLifted } from '../statistics/share-lifted.ts';
import { simes } from '../statistics/simes.ts';
import { tiltReference } from '../statistics/tilted-reference.ts';
import type { Presets } from './definition.ts';
import { countsWithout, pmfWithout } from './reference.ts';
import { type Chosen, chooseReference, type ReferenceChoice, weakest } from './reference-choice.ts';
import { countsOf, cutoffsOf, type SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

export interface BorderEvidence {
	bunching: RawSign;
	lifted: RawSign | null;
	/** single borders and windows, for pooling over procedures, and what they were held against */
	tests: BoundaryTest[];
	against: RawSign['inputs'];
}

/** Papers gathered at the borders of marks in one procedure (method O3), and the share that looks lifted (method O4). */
export function borderSigns(row: SchoolProcedure, choice: ReferenceChoice, presets: Presets): BorderEvidence {
	const none = (note: RawSign['note']): BorderEvidence => ({
		bunching: rawSign('O3', 'border', [row], { n: row.n, note }),
		lifted: null,
		tests: [],
		against: {},
	});
	const cutoffs = cutoffsOf(row);
	if (cutoffs.length === 0) return none('no-cutoffs');
	if (row.n === 0) return none('too-few-respondents');
	const chosen = chooseReference(choice, row, 'papers', presets);
	const pmf = chosen && pmfWithout(chosen.reference, row);
	if (chosen === null || pmf === null) return none('no-reference');
	const counts = countsOf(row);
	const windows = String(presets.windows).split(',').map(Number);
	const sample = countsWithout(chosen.reference, row);
	const against = chosen.inputs;
	const tests = boundaryTests({ counts, reference: pmf, sample, cutoffs, windows });
	// A school below the minimum has no sign of its own, but its papers count where procedures are pooled.
	if (row.n < Number(presets.minimum_n)) return { ...none('too-few-respondents'), tests, against };
	if (tests.length === 0) return none('no-variance');
	return {
		bunching: rawSign('O3', 'border', [row], {
			n: row.n,
			...mostTelling(tests, against),
			p: simes(tests.map((test) => test.p)),
			isLarge: true,
		}),
		lifted: liftedSign(row, counts, pmf, cutoffs, presets),
		tests,
		against,
	};
}

/** Statistic and inputs of the border and window with the smallest p. */
function mostTelling(
	tests: readonly BoundaryTest[],
	against: Chosen['inputs'],
): Pick<RawSign, 'statistic' | 'inputs'> {
	const best = tests.reduce((least, test) => (test.p < least.p ? test : least));
	const { cutoff, window, below, above, share, theta } = best;
	return {
		statistic: above - (below + above) * share,
		inputs: {
			cutoff,
			window,
			below,
			above,
			expected_share: share,
			tilt: theta ?? 0,
			tests: tests.length,
			...against,
		},
	};
}

/** Descriptive: shown from a share and a number of results on, never part of a verdict. */
function liftedSign(
	row: SchoolProcedure,
	counts: Float64Array,
	pmf: Float64Array,
	cutoffs: readonly number[],
	presets: Presets,
): RawSign | null {
	if (row.n < Number(presets.lifted_minimum_n)) return null;
	const widest = Math.max(...String(presets.windows).split(',').map(Number));
	let best: { cutoff: number; lifted: number; missing: number } | null = null;
	for (const cutoff of cutoffs) {
		const tilted = tiltReference(pmf, counts, cutoff, widest);
		const found = tilted && shareLifted(counts, tilted.pmf, cutoff, widest);
		if (found && (best === null || found.missing > best.missing)) best = { cutoff, ...found };
	}
	if (best === null) return null;
	return rawSign('O4', null, [row], {
		n: row.n,
		statistic: best.lifted,
		flagged: best.lifted >= Number(presets.lifted_share),
		inputs: { cutoff: best.cutoff, window: widest, missing: best.missing },
	});
}

/** What one school did at the borders of one procedure, with its year. */
export interface BorderTests extends Pick<BorderEvidence, 'tests' | 'against'> {
	row: SchoolProcedure;
}

/**
 * The same pooled over borders and subjects of a year (method O3, pooled): a small school has too few papers at any one border.
 * Where even the year has few, the earlier years at hand are pooled with it.
 * Returns null when no border of the year could be tested.
 */
export function pooledBorderSign(
	ofYear: readonly BorderTests[],
	earlier: readonly BorderTests[],
	presets: Presets,
): RawSign | null {
	const tested = ofYear.filter(({ tests }) => tests.length > 0);
	if (tested.length === 0) return null;
	const widest = Math.max(...String(presets.windows).split(',').map(Number));
	const papers = tested
		.flatMap(({ tests }) => tests)
		.filter(({ window }) => window === widest)
		.reduce((sum, { below, above }) => sum + below + above, 0);
	const before = earlier.filter(({ tests }) => tests.length > 0);
	const pooledYears = papers < Number(presets.pool_years_below) && before.length > 0;
	const used = pooledYears ? [...before, ...tested] : tested;
	const rows = used.map(({ row }) => row);
	const n = rows.reduce((sum, row) => sum + row.n, 0);
	const { year, region_id } = tested[0]!.row;
	const sign = (found: Partial<RawSign>): RawSign =>
		rawSign('O3', 'border', rows, { n, group: `O3 pooled\n${region_id}\n${year}`, pooledYears, ...found });
	if (n < Number(presets.minimum_n)) return sign({ note: 'too-few-respondents' });
	const { p, windows } = pooledBunching(used.flatMap(({ tests }) => tests));
	const best = windows.reduce((least, window) => (window.p < least.p ? window : least));
	return sign({
		statistic: best.observed - best.expected,
		p,
		isLarge: true,
		inputs: {
			window: best.window,
			borders: best.borders,
			papers: best.n,
			observed: best.observed,
			expected: best.expected,
			variance: best.variance,
			...weakest(used.map(({ against }) => against)),
		},
	});
}
