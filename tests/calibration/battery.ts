import type { Row } from '#analytics/module.ts';
import { compute } from '#analytics/result-objectivity/compute.ts';
import { definition } from '#analytics/result-objectivity/definition.ts';
import type { Sign } from '#analytics/result-objectivity/signs.ts';
import { boundaryTests } from '#analytics/statistics/boundary-bunching.ts';
import { pooledBunching } from '#analytics/statistics/pooled-bunching.ts';
import { referenceDistribution } from '#analytics/statistics/reference-distribution.ts';
import { simes } from '#analytics/statistics/simes.ts';
import { simulateSchools } from '#data/simulation/assessment.ts';
import { type AssessmentTruth, assessmentTruth } from '#data/simulation/assessment-truth.ts';
import { createRandom } from '#data/simulation/random.ts';
import { aggregate } from '../analytics/result-objectivity/aggregate.ts';
import { simulateMunicipality } from '../analytics/result-objectivity/simulate.ts';
import { share } from './table.ts';

const context = { presets: definition.presets, filters: {}, language: 'ru' as const };

/** Schools whose first pass leaves them out of the reference show in what the others are held against. */
const isLeftOut = ({ reference }: Row): boolean => String(reference).includes('without-flagged');

/** The whole battery over one municipality: signs, q and levels of its schools. */
function assess(truth: Parameters<typeof simulateMunicipality>[0]): Row[] {
	return compute(aggregate(simulateMunicipality(truth)) as never, context).rows;
}

const signsOf = (row: Row): Sign[] => JSON.parse(String(row.signs));

/** Municipalities of 30 to 60 schools, each of its own size for its seed. */
const schoolsFor = (seed: number): number => createRandom(seed).integer(30, 60);

export interface SignCount {
	tests: number;
	below: number;
	flagged: number;
}

export interface Honesty {
	municipalities: number;
	schools: number;
	papers: number;
	/** municipalities with any school at level 1, at level 2 or above */
	attention: number;
	signs: number;
	/** schools at level 1, at level 2 or above */
	schoolsAttention: number;
	schoolsSigns: number;
	/** municipalities in which the first pass leaves any school out of the reference */
	leftOut: number;
	bySign: Map<string, SignCount>;
}

/** Two years of the ordinary procedures, with mathematics of grade 8 and the exam that follows it: later results speak too. */
export const TWO_YEARS: Partial<Parameters<typeof simulateMunicipality>[0]> = (() => {
	const { procedures } = assessmentTruth.parse({});
	const model = procedures.find(({ grade, subject }) => grade === 4 && subject === 'math')!;
	const exam = { kind: 'oge' as const, grade: 9 };
	return { years: [2024, 2025], procedures: [...procedures, { ...model, grade: 8 }, { ...model, ...exam }] };
})();

/** Honest municipalities: whatever is flagged there is false. */
export function honesty(
	seeds: number,
	first = 1,
	told: (seed: number) => void = () => {},
	truth: Partial<Parameters<typeof simulateMunicipality>[0]> = {},
): Honesty {
	const found: Honesty = {
		municipalities: 0,
		schools: 0,
		papers: 0,
		attention: 0,
		signs: 0,
		schoolsAttention: 0,
		schoolsSigns: 0,
		leftOut: 0,
		bySign: new Map(),
	};
	for (let seed = first; seed < first + seeds; seed++) {
		const rows = assess({ ...truth, seed, schools: schoolsFor(seed) });
		const at = (level: string): number => rows.filter((row) => row.level === level).length;
		const [one, more] = [at('1'), at('2') + at('3')];
		found.municipalities++;
		found.schools += rows.length;
		found.papers += rows.reduce((sum, row) => sum + Number(row.n), 0);
		found.attention += Number(one + more > 0);
		found.signs += Number(more > 0);
		found.leftOut += Number(rows.some(isLeftOut));
		found.schoolsAttention += one;
		found.schoolsSigns += more;
		for (const row of rows) countSigns(found.bySign, signsOf(row));
		told(seed);
	}
	return found;
}

function countSigns(bySign: Honesty['bySign'], signs: readonly Sign[]): void {
	for (const { id, p, procedures, flagged } of signs) {
		if (p === null || id === 'O7') continue;
		const name = id === 'O6' ? 'O6, O7' : id === 'O3' && procedures.length > 1 ? 'O3 вместе' : id;
		const count = bySign.get(name) ?? { tests: 0, below: 0, flagged: 0 };
		bySign.set(name, count);
		count.tests++;
		if (p <= 0.05) count.below++;
		if (flagged) count.flagged++;
	}
}

/** Pooled windows by the papers in them. */
export const WINDOWS = [
	{ from: 10, to: 30 },
	{ from: 30, to: 60 },
	{ from: 60, to: 120 },
	{ from: 120, to: 240 },
	{ from: 240, to: Number.POSITIVE_INFINITY },
];

export interface Power {
	from: number;
	to: number;
	schools: number;
	/** found by O3 pooled over borders and subjects, q ≤ .05 */
	found: number;
	/** at level 1 or above */
	levelled: number;
	/** and at level 2 or above */
	signs: number;
}

/** Class years of the school that lifts, from a village to a large town. */
const SIZES = [6, 12, 25, 45, 70, 100];

/** One school lifts 40 % of the papers just below a border, among honest ones: how often it is found, by its size. */
export function power(seeds: number, first = 1, told: (seed: number) => void = () => {}): Power[] {
	const bins = WINDOWS.map((bin) => ({ ...bin, schools: 0, found: 0, levelled: 0, signs: 0 }));
	for (let seed = first; seed < first + seeds; seed++) {
		const pupils = SIZES[seed % SIZES.length]!;
		const rows = assess({
			seed: 100_000 + seed,
			schools: schoolsFor(seed),
			planted: [{ school: 1, pupils, lifting: 0.4 }],
		});
		const row = rows.find(({ school_id }) => school_id === 'S001')!;
		const pooled = signsOf(row).find(({ id, procedures }) => id === 'O3' && procedures.length > 1);
		const papers = Number(pooled?.inputs.papers ?? 0);
		const bin = bins.find(({ from, to }) => papers >= from && papers < to);
		if (bin && pooled) {
			bin.schools++;
			if (pooled.flagged) bin.found++;
			if (['1', '2', '3'].includes(String(row.level))) bin.levelled++;
			if (['2', '3'].includes(String(row.level))) bin.signs++;
		}
		told(seed);
	}
	return bins;
}

/** What one large school does among honest ones, strong enough for a commission to care. */
export const CONDUCTS = [
	{ name: 'подняты 40 % работ у границ', planted: { lifting: 0.4 } },
	{ name: 'подсказаны сложные задания 30 % учеников', planted: { help: 0.3 } },
	{ name: 'журнал выше знаний на 0,8 ст. откл.', planted: { inflation: 0.8 } },
	{ name: 'подняты 40 % и подсказано 30 %', planted: { lifting: 0.4, help: 0.3 } },
] as const;

const OWN = ['O1', 'O3', 'O6', 'O7', 'O8', 'O9', 'O10'];

export interface Detection {
	name: string;
	schools: number;
	/** schools with a flagged sign, by sign */
	bySign: Map<string, number>;
	levelled: number;
	signs: number;
}

/** What of the battery sees each conduct, in schools with 80 pupils of a class year. */
export function detection(seeds: number, told: (seed: number) => void = () => {}): Detection[] {
	return CONDUCTS.map(({ name, planted }, index) => {
		const found: Detection = { name, schools: seeds, bySign: new Map(), levelled: 0, signs: 0 };
		for (let seed = 1; seed <= seeds; seed++) {
			const rows = assess({
				seed: 200_000 + 1000 * index + seed,
				schools: schoolsFor(seed),
				planted: [{ school: 1, pupils: 80, ...planted }],
			});
			const row = rows.find(({ school_id }) => school_id === 'S001')!;
			const flagged = new Set(signsOf(row).flatMap(({ id, flagged }) => (flagged ? [id as string] : [])));
			for (const id of OWN) if (flagged.has(id)) found.bySign.set(id, (found.bySign.get(id) ?? 0) + 1);
			if (['1', '2', '3'].includes(String(row.level))) found.levelled++;
			if (['2', '3'].includes(String(row.level))) found.signs++;
			told(seed);
		}
		return found;
	});
}

/** What the schools are held against: all others, the others but those that the first pass finds, the honest ones alone. */
export const REFERENCES = ['all', 'passes', 'honest'] as const;
export type ReferenceUsed = (typeof REFERENCES)[number];

export interface Spread {
	name: string;
	municipalities: number;
	/** schools that do it */
	schools: number;
	/** of them by own signs at level 1 or above, at level 2; honest schools at level 1 or above, at level 2 */
	found: Record<ReferenceUsed, { levelled: number; signs: number; honest: number; honestSigns: number }>;
}

/** What a fifth of the schools does, weaker and as strong as above. */
const COMMON = [
	{ name: 'подняты 40 % работ у границ', planted: { lifting: 0.4 } },
	{ name: 'подсказаны сложные задания 30 % учеников', planted: { help: 0.3 } },
	{ name: 'подняты 40 % и подсказано 30 %', planted: { lifting: 0.4, help: 0.3 } },
	{ name: 'подняты 25 % и подсказано 20 %', planted: { lifting: 0.25, help: 0.2 } },
] as const;

const PART = 0.2;

/** A fifth of the schools of a municipality does the same: how many are found against each reference. */
export function spread(municipalities: number, told: (seed: number) => void = () => {}): Spread[] {
	return COMMON.map(({ name, planted }, index) => {
		const none = () => ({ levelled: 0, signs: 0, honest: 0, honestSigns: 0 });
		const found: Spread['found'] = { all: none(), passes: none(), honest: none() };
		let schools = 0;
		for (let seed = 1; seed <= municipalities; seed++) {
			const all = schoolsFor(seed);
			const guilty = Math.round(PART * all);
			schools += guilty;
			const truth = {
				seed: 300_000 + 1000 * index + seed,
				schools: all,
				planted: Array.from({ length: guilty }, (_, school) => ({ school: school + 1, ...planted })),
			};
			const isGuilty = (school: unknown): boolean => Number(String(school).slice(1)) <= guilty;
			const rows = aggregate(simulateMunicipality(truth));
			for (const reference of REFERENCES) {
				const input =
					reference === 'honest'
						? rows.map((row) => ({ ...row, list_markers: isGuilty(row.school_id) ? 1 : null }))
						: rows;
				const presets = {
					...context.presets,
					...(reference === 'all' && { reference: 'leave-one-out' }),
					...(reference === 'honest' && { reference_passes: 1 }),
				};
				for (const row of compute(input as never, { ...context, presets }).rows) {
					const level = ownLevel(row);
					const count = found[reference];
					if (isGuilty(row.school_id)) {
						count.levelled += Number(level >= 1);
						count.signs += Number(level >= 2);
					} else {
						count.honest += Number(level >= 1);
						count.honestSigns += Number(level >= 2);
					}
				}
			}
			told(seed);
		}
		return { name, municipalities, schools, found };
	});
}

/** By own signs, whatever a list says. */
function ownLevel({ q_combined, families_marked }: Row): number {
	if (q_combined === null || Number(q_combined) > context.presets.q_combined) return 0;
	return Math.min(2, Number(families_marked));
}

export interface Tilt {
	pupils: number;
	schools: number;
	/** mean of the schools above that of the reference, points */
	above: number;
	/** share with p ≤ .05: each procedure by itself, pooled, and pooled against the reference as it is */
	single: number;
	pooled: number;
	untilted: number;
}

/** Ability by which a school stands three points of twenty above the ordinary one. */
const THREE_POINTS = 0.81;

/**
 * Honest schools about three points better than the reference: how often the border signs speak at the level .05. The
 * reference is four hundred ordinary schools; `untilted` shows what the tilt is for.
 */
export function tilt(pupils: number, schools: number): Tilt {
	const ordinary = countScores(assessmentTruth.parse({ schools: 400, pupils: [40, 40] }), 9001);
	const references = new Map<string, number[]>();
	for (const school of ordinary)
		for (const [procedure, counts] of school) {
			const sum = references.get(procedure) ?? counts.map(() => 0);
			references.set(
				procedure,
				sum.map((count, score) => count + counts[score]!),
			);
		}
	const better = countScores(
		assessmentTruth.parse({
			schools,
			pupils: [pupils, pupils],
			planted: Array.from({ length: schools }, (_, index) => ({ school: index + 1, effect: THREE_POINTS })),
		}),
		9002 + pupils,
	);
	const meanOf = (counts: readonly number[]): number =>
		counts.reduce((sum, count, score) => sum + count * score, 0) / counts.reduce((sum, one) => sum + one, 0);
	const count = { above: 0, procedures: 0, single: 0, pooled: 0, untilted: 0 };
	for (const school of better) {
		const tests = [...school].map(([procedure, counts]) => {
			const summed = references.get(procedure)!;
			count.above += meanOf(counts) - meanOf(summed);
			const reference = referenceDistribution(summed)!;
			const input = { counts, reference, cutoffs: [6, 10, 15] };
			return { tilted: boundaryTests(input), raw: boundaryTests({ ...input, tilted: false }) };
		});
		for (const { tilted } of tests) {
			count.procedures++;
			const p = simes(tilted.map((test) => test.p));
			if (p !== null && p <= 0.05) count.single++;
		}
		const pooled = pooledBunching(tests.flatMap(({ tilted }) => tilted)).p;
		if (pooled !== null && pooled <= 0.05) count.pooled++;
		const untilted = pooledBunching(tests.flatMap(({ raw }) => raw)).p;
		if (untilted !== null && untilted <= 0.05) count.untilted++;
	}
	return {
		pupils,
		schools,
		above: count.above / count.procedures,
		single: share(count.single, count.procedures),
		pooled: share(count.pooled, schools),
		untilted: share(count.untilted, schools),
	};
}

function* countScores(truth: AssessmentTruth, seed: number): Generator<Map<string, number[]>> {
	for (const { pupils } of simulateSchools(truth, seed)) {
		const scores = new Map<string, number[]>();
		for (const { procedure, paper } of pupils) {
			const counts = scores.get(procedure) ?? new Array<number>(21).fill(0);
			scores.set(procedure, counts);
			counts[paper!.score]!++;
		}
		yield scores;
	}
}
