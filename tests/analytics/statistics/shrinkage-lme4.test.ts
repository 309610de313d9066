import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { shrunkenMean } from '#analytics/statistics/empirical-bayes.ts';
import { meanVariance, pooledVariance } from '#analytics/statistics/mean-variance.ts';
import { betweenVariance } from '#analytics/statistics/over-dispersion.ts';
import { sharedData } from '#tests/support/shared-data.ts';

type Row = Record<string, string>;

/** One model of lme4 with a random intercept. */
interface Model {
	fixed: Record<string, number>;
	varcorr: { grp: string; vcov: number }[];
	group_effects: { id: string; blup: number; se: number }[];
}

/** File, model in its reference, group, outcome, and what the fixed effects beside the intercept explain. */
const models: [string, string, string, string, (row: Row, fixed: Model['fixed']) => number][] = [
	['mlmRev_Exam', 'null', 'school', 'normexam', () => 0],
	['mlmRev_Gcsemv', 'course', 'school', 'course', (row, fixed) => (row.gender === 'M' ? fixed.genderM! : 0)],
	['mlmRev_ScotsSec', 'second', 'second', 'attain', (row, fixed) => fixed.verbal! * Number(row.verbal)],
];

function readModel(file: string, name: string): Model {
	return JSON.parse(readFileSync(sharedData(`multilevel/${file}.reference.json`)!, 'utf8'))[name];
}

describe.skipIf(!sharedData('multilevel/mlmRev_Exam.csv'))('shrunken means of real schools', () => {
	it.each(models)('%s, %s: as the conditional modes of lme4', (file, name, group, outcome, explained) => {
		const { fixed, varcorr, group_effects } = readModel(file, name);
		const rows: Row[] = parse(readFileSync(sharedData(`multilevel/${file}.csv`)!), { columns: true });
		const known = rows.filter((row) => row[outcome] !== '' && row[outcome] !== 'NA');
		const schools = [...Map.groupBy(known, (row) => row[group]!)].map(([id, ofSchool]) => ({
			id,
			...meanVariance(ofSchool.map((row) => Number(row[outcome]) - explained(row, fixed)))!,
		}));
		expect(schools).toHaveLength(group_effects.length);
		const mean = fixed['(Intercept)']!;
		const betweenSchools = varcorr.find(({ grp }) => grp === group)!.vcov;
		const withinVariance = varcorr.find(({ grp }) => grp === 'Residual')!.vcov;
		const own = betweenVariance(schools, pooledVariance(schools)!)!;
		const ownReference = {
			mean: own.mean,
			withinVariance: pooledVariance(schools)!,
			betweenVariance: own.tau2,
		};
		for (const school of schools) {
			const effect = group_effects.find(({ id }) => id === school.id)!;
			// With the variances of lme4 the numbers of lme4.
			const same = shrunkenMean(school, { mean, withinVariance, betweenVariance: betweenSchools })!;
			expect(same.mean - mean).toBeCloseTo(effect.blup, 8);
			expect(same.se).toBeCloseTo(effect.se, 8);
			// With our own moments, robust to a few extreme schools, close to them: a tenth of the spread of schools or less
			// from zero, a quarter where nineteen schools leave that spread uncertain.
			const ours = shrunkenMean(school, ownReference)!;
			expect(Math.abs(ours.mean - mean - effect.blup)).toBeLessThan(0.25 * Math.sqrt(betweenSchools));
		}
		expect(ownReference.withinVariance / withinVariance).toBeCloseTo(1, 2);
	});
});
