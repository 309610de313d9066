import { linkedJump } from '../statistics/grade-jump.ts';
import { betweenVariance } from '../statistics/over-dispersion.ts';
import type { Presets } from './definition.ts';
import { isMost, type ReferenceKind } from './reference-choice.ts';
import type { SchoolProcedure } from './school-procedure.ts';
import { type RawSign, rawSign } from './signs.ts';

/** A procedure of a school and that of the next grade a year later. */
export interface Step {
	earlier: SchoolProcedure;
	later: SchoolProcedure;
	/** the results of one of both years are in doubt and serve no other school */
	isDoubtful: boolean;
}

/** The same pupils of one school in both procedures of a step: means and second moments of their scores, in points. */
interface Linked {
	n: number;
	means: [now: number, then: number];
	variances: [now: number, then: number];
	covariance: number;
}

/** What the linked pupils of all schools have in common: pooled within schools. */
interface LinkedReference {
	pupils: number;
	schools: number;
	sums: [now: number, then: number];
	deviations: [now: number, then: number];
	/** of both scores within schools: low where the codes of one year are not those of the other */
	correlation: number;
}

/** What the codes of one step allow: signs of the schools whose pupils are linked, or the reason why there are none. */
export interface LinkedSigns {
	signs: Map<SchoolProcedure, RawSign>;
	/** enough rows share codes, but their scores are those of different pupils */
	isDoubtful: boolean;
}

/**
 * Fall of the same pupils between two grades (method O11, linked form), for the schools of one step in which at least
 * `minimum_n` pupils and `linked_share` of the smaller year stand under one code in both. Each mean is that of the linked
 * pupils, standardised against the linked pupils of the other schools; the error is that of the mean change of a pupil,
 * widened by the usual change of schools. All schools keep the form of cohorts where the codes do not hold: too few
 * linked in the other schools, or hardly any correlation between the two scores.
 */
export function linkedSigns(steps: readonly Step[], presets: Presets): LinkedSigns {
	const signs: LinkedSigns['signs'] = new Map();
	const all = steps.flatMap((step) => {
		const linked = linkedOf(step);
		return linked ? [{ ...step, linked }] : [];
	});
	const serving = servingSchools(all, presets);
	const reference = linkedReference(serving.map(({ linked }) => linked));
	if (reference === null || reference.pupils < Number(presets.reference_pupils))
		return { signs, isDoubtful: false };
	const members = new Set(serving);
	if (reference.correlation < Number(presets.linked_correlation)) return { signs, isDoubtful: true };
	const variance = 2 * (1 - reference.correlation);
	const judged = all
		.filter((one) => isEnough(one, members.has(one), reference, presets))
		.map((one) => ({
			...one,
			isMember: members.has(one),
			...standardised(one, members.has(one), reference),
		}));
	const usual = betweenVariance(
		judged
			.filter(({ isMember }) => isMember)
			.map(({ linked, before, after }) => ({ n: linked.n / variance, mean: before - after })),
		1,
	);
	const tau2 = usual?.tau2 ?? 0;
	const doubtful = all.filter((one) => one.isDoubtful).length;
	for (const { earlier, later, isDoubtful, linked, before, after } of judged) {
		const others = doubtful - (isDoubtful ? 1 : 0);
		const isLeftOut = serving.length < all.length;
		const kind: ReferenceKind = isLeftOut && others > 0 ? 'without-flagged' : 'leave-one-out';
		const literal = linkedJump({ n: linked.n, difference: before - after, variance });
		const widened = linkedJump({ n: linked.n, difference: before - after, variance, tau2 });
		if (literal === null || widened === null) continue;
		signs.set(
			earlier,
			rawSign('O11', 'mean', [earlier, later], {
				n: linked.n,
				statistic: widened.z,
				p: widened.p,
				isLarge: widened.z >= Number(presets.jump_z),
				inputs: {
					form: 'linked',
					earlier: before,
					later: after,
					later_n: linked.n,
					later_title: later.procedure_title,
					z: literal.z,
					between_variance: tau2,
					correlation: reference.correlation,
					reference: kind,
					...(others > 0 && (isLeftOut ? { left_out: others } : { in_doubt: others })),
				},
			}),
		);
	}
	return { signs, isDoubtful: false };
}

/** The pupils of the earlier procedure that stand in the later one under the same code; null below two. */
function linkedOf({ earlier, later }: Step): Linked | null {
	const index = (earlier.linked_procedures ?? []).indexOf(later.procedure_id);
	const n = index < 0 ? 0 : earlier.linked_counts![index]!;
	if (n < 2) return null;
	const [now, then] = earlier.linked_means![index]!;
	const [variance, laterVariance, covariance] = earlier.linked_variances![index]!;
	return { n, means: [now!, then!], variances: [variance!, laterVariance!], covariance: covariance! };
}

/**
 * The schools that the others are compared with: without those in doubt, where enough pupils and schools are left for any
 * school and they are most of all; else all.
 */
function servingSchools<One extends Step & { linked: Linked }>(
	all: readonly One[],
	presets: Presets,
): readonly One[] {
	const trusted = all.filter(({ isDoubtful }) => !isDoubtful);
	const pupils = trusted.reduce((sum, { linked }) => sum + linked.n, 0);
	const largest = Math.max(0, ...trusted.map(({ linked }) => linked.n));
	const isEnough =
		pupils - largest >= Number(presets.reference_pupils) &&
		trusted.length - 1 >= Number(presets.reference_schools) &&
		isMost(trusted.length, all.length, presets);
	return isEnough ? trusted : all;
}

function linkedReference(all: readonly Linked[]): LinkedReference | null {
	let [pupils, degrees, now, then, covariance] = [0, 0, 0, 0, 0];
	const sums: [number, number] = [0, 0];
	for (const { n, means, variances, covariance: own } of all) {
		pupils += n;
		sums[0] += n * means[0];
		sums[1] += n * means[1];
		degrees += n - 1;
		now += (n - 1) * variances[0];
		then += (n - 1) * variances[1];
		covariance += (n - 1) * own;
	}
	if (!(now > 0 && then > 0)) return null;
	return {
		pupils,
		schools: all.length,
		sums,
		deviations: [Math.sqrt(now / degrees), Math.sqrt(then / degrees)],
		correlation: covariance / Math.sqrt(now * then),
	};
}

function isEnough(
	{ earlier, later, linked }: Step & { linked: Linked },
	isMember: boolean,
	{ pupils, schools }: LinkedReference,
	presets: Presets,
): boolean {
	return (
		linked.n >= Number(presets.minimum_n) &&
		linked.n >= Number(presets.linked_share) * Math.min(earlier.n, later.n) &&
		pupils - (isMember ? linked.n : 0) >= Number(presets.reference_pupils) &&
		schools - (isMember ? 1 : 0) >= Number(presets.reference_schools)
	);
}

/** Both means in standard deviations of pupils from those of the linked pupils elsewhere. */
function standardised(
	{ linked: own }: { linked: Linked },
	isMember: boolean,
	reference: LinkedReference,
): { before: number; after: number } {
	const n = isMember ? own.n : 0;
	const z = (side: 0 | 1): number => {
		const others = (reference.sums[side] - n * own.means[side]) / (reference.pupils - n);
		return (own.means[side] - others) / reference.deviations[side];
	};
	return { before: z(0), after: z(1) };
}
