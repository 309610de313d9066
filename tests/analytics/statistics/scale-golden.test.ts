import { describe, expect, it } from 'vitest';
import { analyseScale } from '#analytics/scale/report.ts';
import { alphaInterval } from '#analytics/statistics/alpha-interval.ts';
import { alphaOfCovariances } from '#analytics/statistics/alpha-of-covariances.ts';
import { andersenTest } from '#analytics/statistics/andersen-test.ts';
import { type AnswerPatterns, countCodes } from '#analytics/statistics/answer-patterns.ts';
import { type Fit, itemFit } from '#analytics/statistics/item-fit.ts';
import { itemRestCorrelation } from '#analytics/statistics/item-rest-correlation.ts';
import { omegaTotal } from '#analytics/statistics/omega-total.ts';
import { pairwiseMoments } from '#analytics/statistics/pairwise-covariance.ts';
import { type PartialCredit, partialCredit } from '#analytics/statistics/partial-credit.ts';
import { likelihoodAbility } from '#analytics/statistics/person-ability.ts';
import { personSeparation } from '#analytics/statistics/person-separation.ts';
import { countRanked, rawScoreGroups } from '#analytics/statistics/raw-score-groups.ts';
import {
	type ClassicalReference,
	hasFiles,
	type PartialCreditReference,
	type RaschReference,
	readPatterns,
	readReference,
	reverse,
} from './psychometric-files.ts';

const CODING = ['strongly disagree', 'disagree', 'agree', 'strongly agree'];
/** set, file, part of the reference file */
const classical: [name: string, file: string, part: string[]][] = [
	...[
		'ability',
		'abortion',
		'erm_pcmdat2',
		'erm_raschdat1',
		'erm_raschdat3',
		'hci',
		'liking_for_science',
	].map(plain),
	...['lsat6', 'numeracy_scored', 'sirt_math', 'sirt_read'].map(plain),
	['czmatura_2019', 'czmatura_2019.csv.gz', ['ctt']],
	['verbal_aggression', 'verbal_aggression.txt', ['ctt']],
	['science_ltm', 'science_ltm.csv', ['ctt_all7']],
	['science_ltm', 'science_ltm.csv', ['ctt_scale4']],
	...['agree', 'conscientious', 'extraversion', 'neuroticism', 'openness'].map(
		(scale): [string, string, string[]] => ['bfi', 'bfi.csv.gz', [scale, 'ctt']],
	),
];
const rasch: [string, string][] = [
	...[
		'abortion',
		'erm_raschdat1',
		'erm_raschdat3',
		'hci',
		'lsat6',
		'numeracy_scored',
		'sirt_math',
		'sirt_read',
	].map((name): [string, string] => [name, `${name}.csv`]),
	['verbal_aggression', 'verbal_aggression.txt'],
];

function plain(name: string): [string, string, string[]] {
	return [name, `${name}.csv`, ['ctt']];
}

function partOf<T>(name: string, part: readonly string[]): T {
	let value: unknown = readReference(name);
	for (const key of part) value = (value as Record<string, unknown>)[key];
	return value as T;
}

interface Estimate {
	model: PartialCredit;
	fit: Fit;
}

function estimate(patterns: AnswerPatterns): Estimate {
	const maxima = countCodes(patterns).map((counts) => counts.length - 1);
	const groups = rawScoreGroups(patterns, maxima);
	const model = partialCredit(groups, countRanked(patterns, groups, maxima))!;
	return { model, fit: itemFit(patterns, groups, model.cumulative) };
}

// The data are not ours to pass on: without the folder beside the project these comparisons say that they were skipped.
describe.skipIf(!hasFiles)('classical statistics against R psych', () => {
	it.each(classical)('%s (%s) %s', (name, file, part) => {
		const reference = partOf<ClassicalReference>(name, part);
		const items = Object.keys(reference.item_mean);
		const answers = readPatterns(file, items, name === 'science_ltm' ? CODING : []);
		const keys = part.length > 1 ? partOf<string[]>(name, [part[0]!, 'keys']) : [];
		const turned = keys.flatMap((key) => (key.startsWith('-') ? [items.indexOf(key.slice(1))] : []));
		const scale = reverse(answers, turned);
		const { covariances, correlations } = pairwiseMoments(scale);
		const alpha = alphaOfCovariances(covariances);
		expect(alpha).toBeCloseTo(reference.raw_alpha, 9);
		const interval = alphaInterval(alpha, reference.n, items.length)!;
		expect(interval.lo).toBeCloseTo(reference.alpha_feldt_ci[0], 8);
		expect(interval.hi).toBeCloseTo(reference.alpha_feldt_ci[1], 8);
		expect(Math.abs(omegaTotal(correlations)! - reference.omega_total_1factor)).toBeLessThan(1e-6);
		const report = analyseScale(scale, { titles: items, language: 'en' });
		// psych takes total_sd over means of what was answered where answers are missing: another number
		if (reference.complete_cases === reference.n)
			expect(report.sem, 'sem').toBeCloseTo(reference.sem_alpha, 6);
		for (const [j, item] of items.entries()) {
			// the file's lowest code may be another whole number than 0
			const shift = reference.item_mean[item]! - report.items[j]!.mean!;
			expect(Math.abs(shift - Math.round(shift)), item).toBeLessThan(1e-9);
			expect(itemRestCorrelation(covariances, j), item).toBeCloseTo(reference.item_rest_r_drop[item]!, 9);
			expect(alphaOfCovariances(covariances, j), item).toBeCloseTo(reference.alpha_if_dropped[item]!, 9);
		}
	});
});

describe.skipIf(!hasFiles)('the Rasch model against R eRm', () => {
	it.each(rasch)('%s', (name, file) => {
		const reference = partOf<RaschReference>(name, ['rasch']);
		const items = Object.keys(reference.difficulty);
		const answers = readPatterns(file, items);
		const { model, fit } = estimate(answers);
		expect(model.logLikelihood).toBeCloseTo(reference.loglik, 5);
		expect(model.parameters).toBe(reference.npar);
		for (const [j, item] of items.entries()) {
			expect(Math.abs(model.thresholds[j]![0]! - reference.difficulty[item]!), item).toBeLessThan(1e-4);
			expect(Math.abs(model.errors[j]![0]! - reference.se[item]!), item).toBeLessThan(1e-4);
			expect(Math.abs(fit.items[j]!.infit - reference.itemfit[j]!.infit_msq), item).toBeLessThan(1e-3);
			expect(Math.abs(fit.items[j]!.outfit - reference.itemfit[j]!.outfit_msq), item).toBeLessThan(1e-3);
		}
		expect(Math.abs(personSeparation(fit.persons)! - reference.separation_reliability)).toBeLessThan(1e-3);
		const { raw, theta } = reference.person_by_raw_score;
		for (const [index, score] of raw.entries()) {
			// eRm continues the extremes by a spline: no likelihood stands behind those two.
			if (score === 0 || score === items.length) continue;
			expect(likelihoodAbility(model.cumulative, score)!.ability).toBeCloseTo(theta[index]!, 3);
		}
		if (!reference.andersen_lr_mean) return;
		const andersen = andersenTest(answers)!;
		expect(andersen.lr).toBeCloseTo(reference.andersen_lr_mean.LR, 3);
		expect(andersen.df).toBe(reference.andersen_lr_mean.df);
		expect(andersen.p).toBeCloseTo(reference.andersen_lr_mean.p, 4);
	});
});

describe.skipIf(!hasFiles)('the partial credit model against R eRm', () => {
	it.each([
		['erm_pcmdat2', 'erm_pcmdat2.csv', 'pcm'],
		['science_ltm', 'science_ltm.csv', 'pcm_scale4'],
	])('%s', (name, file, part) => {
		const reference = partOf<PartialCreditReference>(name, [part]);
		const items = reference.itemfit.map(({ item }) => item);
		const answers = readPatterns(file, items, name === 'science_ltm' ? CODING : []);
		const { model, fit } = estimate(answers);
		expect(model.logLikelihood).toBeCloseTo(reference.loglik, 5);
		expect(model.parameters).toBe(reference.npar);
		const most = model.cumulative.reduce((sum, item) => sum + item.length - 1, 0);
		for (const [index, score] of reference.person_by_raw_score.raw.entries()) {
			// eRm continues the extremes by a spline: no likelihood stands behind those two.
			if (score === 0 || score === most) continue;
			const theta = reference.person_by_raw_score.theta[index]!;
			expect(likelihoodAbility(model.cumulative, score)!.ability, `theta of ${score}`).toBeCloseTo(theta, 3);
		}
		for (const [j, item] of items.entries()) {
			const location = reference.thresholds[j]!.Location!;
			expect(Math.abs(model.locations[j]!.difficulty - location), item).toBeLessThan(1e-4);
			for (const [h, threshold] of model.thresholds[j]!.entries())
				expect(Math.abs(threshold! - reference.thresholds[j]![`Threshold ${h + 1}`]!), item).toBeLessThan(
					1e-4,
				);
			expect(Math.abs(fit.items[j]!.infit - reference.itemfit[j]!.infit_msq), item).toBeLessThan(1e-3);
			expect(Math.abs(fit.items[j]!.outfit - reference.itemfit[j]!.outfit_msq), item).toBeLessThan(1e-3);
		}
	});

	it('has the standard errors of thresholds(PCM(pcmdat2))$se.thresh, eRm 1.0-2', () => {
		const { model, fit } = estimate(readPatterns('erm_pcmdat2.csv', ['I1', 'I2', 'I3', 'I4']));
		const expected = [0.1519289836, 0.2013173888, 0.1484292048, 0.2110597199, 0.3364599063, 0.158222077];
		for (const [index, se] of [...expected, 0.2026605974, 0.1652776616].entries())
			expect(Math.abs(model.errors[index >> 1]![index & 1]! - se)).toBeLessThan(1e-4);
		// SepRel(person.parameter(PCM(pcmdat2)))
		expect(personSeparation(fit.persons)).toBeCloseTo(0.3795, 4);
	});
});
