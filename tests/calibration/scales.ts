import { estimateDifficulties } from '#analytics/scale/difficulties.ts';
import { alphaInterval } from '#analytics/statistics/alpha-interval.ts';
import { cronbachAlpha } from '#analytics/statistics/cronbach-alpha.ts';
import { meanVariance } from '#analytics/statistics/mean-variance.ts';
import { reliableChange } from '#analytics/statistics/reliable-change.ts';
import { standardErrorOfMeasurement } from '#analytics/statistics/standard-error-of-measurement.ts';
import { createRandom, type Random } from '#data/simulation/random.ts';
import { simulatePersons } from '#data/simulation/survey.ts';
import { type SurveyTruth, surveyTruth } from '#data/simulation/survey-truth.ts';
import { share } from './table.ts';

/** Persons of a tau-equivalent scale: `x_j = t + e_j`, so that α is the reliability exactly. */
function equivalentAnswers(random: Random, n: number, items: number, alpha: number): number[][] {
	const truth = Math.sqrt(alpha / (items * (1 - alpha)));
	return Array.from({ length: n }, () => {
		const own = random.normal(0, truth);
		return Array.from({ length: items }, () => own + random.normal());
	});
}

const ALPHAS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/** Coverage of Feldt's interval, averaged over α from .5 to .95, where its theory holds exactly. */
export function alphaCoverage(n: number, items: number, rounds: number): number {
	const random = createRandom(n, items);
	let covered = 0;
	for (let round = 0; round < rounds; round++) {
		const alpha = ALPHAS[round % ALPHAS.length]!;
		const estimate = cronbachAlpha(equivalentAnswers(random, n, items, alpha));
		const interval = alphaInterval(estimate, n, items);
		if (interval && interval.lo <= alpha && alpha <= interval.hi) covered++;
	}
	return share(covered, rounds);
}

/** Ten statements with four answers: what questionnaires of the laboratory are made of. */
const statements = surveyTruth.parse({ persons: 1 });

function answersOf(truth: SurveyTruth, persons: number, seed: number): number[][] {
	return Array.from(simulatePersons({ ...truth, persons }, seed), ({ answers }) =>
		answers.map((one) => one!),
	);
}

/** Spreads of the persons' levels, and the α that they give: that of sixty thousand persons, to the third digit. */
const spreads = [0.5, 1, 1.5, 2.5].map((spread) => ({ spread, alpha: undefined as number | undefined }));

/** The same for answers in four steps, averaged over α from .6 to .96. */
export function ordinalAlphaCoverage(n: number, rounds: number): number {
	let covered = 0;
	for (let round = 0; round < rounds; round++) {
		const one = spreads[round % spreads.length]!;
		const truth = { ...statements, spread: one.spread };
		one.alpha ??= cronbachAlpha(answersOf(truth, 60_000, 1))!;
		const interval = alphaInterval(cronbachAlpha(answersOf(truth, n, 1000 + round)), n, 10);
		if (interval && interval.lo <= one.alpha && one.alpha <= interval.hi) covered++;
	}
	return share(covered, rounds);
}

/** Error of measurement in points of the total from answers, as Opora estimates it. */
function errorOf(answers: readonly (readonly number[])[]): number | null {
	const totals = answers.map((row) => row.reduce((sum, value) => sum + value, 0));
	const spread = meanVariance(totals)!.variance;
	return standardErrorOfMeasurement(spread === null ? null : Math.sqrt(spread), cronbachAlpha(answers));
}

/**
 * Of persons who did not change, the share that is called unchanged, and of bands `P ± 1,96·SEM` those that hold the
 * true score; the SEM of each wave is estimated from n answers to equivalent statements.
 */
export function errorCoverage(n: number, rounds: number): { unchanged: number; band: number } {
	const random = createRandom(n, 77);
	const [items, alpha] = [10, 0.8];
	const truth = Math.sqrt(alpha / (items * (1 - alpha)));
	let [unchanged, inBand, persons] = [0, 0, 0];
	for (let round = 0; round < rounds; round++) {
		const own = Array.from({ length: n }, () => random.normal(0, truth));
		const waves = [0, 1].map(() =>
			own.map((level) => Array.from({ length: items }, () => level + random.normal())),
		);
		const [before, after] = waves.map(errorOf);
		for (let person = 0; person < n; person++) {
			const [first, second] = waves.map((wave) => wave[person]!.reduce((sum, value) => sum + value, 0));
			const change = reliableChange(first!, second!, before!, after!);
			if (change?.verdict === 'unchanged') unchanged++;
			if (Math.abs(first! - items * own[person]!) <= 1.96 * before!) inBand++;
			persons++;
		}
	}
	return { unchanged: share(unchanged, persons), band: share(inBand, persons) };
}

/** Coverage of `±1,96·SE` of conditional difficulties and of Warm's abilities, both against the truth. */
export function raschCoverage(
	persons: number,
	items: number,
	rounds: number,
): { difficulty: number; ability: number } {
	const difficulties = Array.from({ length: items }, (_, index) => -1.5 + (3 * index) / (items - 1));
	const truth = surveyTruth.parse({
		persons,
		items: difficulties.map((difficulty) => ({ thresholds: [difficulty] })),
	});
	const count = { items: 0, coveredItems: 0, persons: 0, coveredPersons: 0 };
	for (let round = 0; round < rounds; round++) {
		const people = [...simulatePersons(truth, 5000 + round)];
		const codes = Uint8Array.from(people.flatMap(({ answers }) => answers.map((one) => one!)));
		const found = estimateDifficulties({ items, codes, counts: new Float64Array(persons).fill(1) });
		for (const [index, { rasch_difficulty, rasch_se }] of found.items.entries()) {
			if (typeof rasch_difficulty !== 'number' || typeof rasch_se !== 'number') continue;
			count.items++;
			if (Math.abs(rasch_difficulty - difficulties[index]!) <= 1.96 * rasch_se) count.coveredItems++;
		}
		const table = new Map(found.persons.map((row) => [row.raw_score, row]));
		for (const { answers, level } of people) {
			const row = table.get(answers.reduce<number>((sum, one) => sum + one!, 0));
			if (!row || row.ability === null || row.se === null) continue;
			count.persons++;
			if (Math.abs(row.ability - level) <= 1.96 * row.se) count.coveredPersons++;
		}
	}
	return {
		difficulty: share(count.coveredItems, count.items),
		ability: share(count.coveredPersons, count.persons),
	};
}
