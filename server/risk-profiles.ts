import { significanceOf } from '#analytics/statistics/risk-index.ts';
import { namesOfAccounts } from '#data/records/registry/accounts.ts';
import type { SchoolListing } from '#data/records/registry/schools.ts';
import type { Db } from '#data/records/store.ts';
import { listRiskFactors } from '#data/records/support/risk-factors.ts';
import {
	listProfileYears,
	listRatings,
	MOST_CHOSEN_FACTORS,
	type RiskRating as StoredRating,
} from '#data/records/support/risk-profiles.ts';
import type { ProfileFactor, RiskFactorList, RiskProfile, RiskRating } from './contract/risks.ts';

type Names = ReadonlyMap<string, string>;

/** The list of factors of a municipality as the outside sees it. */
export async function describeFactors(
	db: Db,
	municipality: { id: string; name: string },
): Promise<RiskFactorList> {
	const factors = await listRiskFactors(db, municipality.id);
	const names = await namesOfAccounts(
		db,
		factors.map(({ changed_by }) => changed_by).filter((by) => by !== null),
	);
	return {
		municipality_id: municipality.id,
		municipality_name: municipality.name,
		factors: factors.map(({ code, changed_by, ...factor }) => ({
			factor: code,
			...factor,
			changed_by_name: changed_by === null ? null : (names.get(changed_by) ?? '—'),
		})),
	};
}

/** The profile of a school and year; `suggested` are values by input id, for those who may propose. */
export async function describeProfile(
	db: Db,
	school: SchoolListing,
	year: number,
	suggested: ReadonlyMap<string, number>,
): Promise<RiskProfile> {
	const [factors, ratings, years] = await Promise.all([
		listRiskFactors(db, school.municipality_id),
		listRatings(db, [`school/${school.id}`], { school_id: school.id, year }),
		listProfileYears(db, school.id),
	]);
	const names = await namesOfAccounts(db, [
		...ratings.map(({ proposed_by }) => proposed_by),
		...ratings.flatMap(({ verifications }) => verifications.map(({ verified_by }) => verified_by)),
	]);
	const standing = new Map(ratings.filter(({ stands }) => stands).map((rating) => [rating.factor, rating]));
	return {
		school_id: school.id,
		school_name: school.name,
		municipality_id: school.municipality_id,
		year,
		years,
		most_chosen: MOST_CHOSEN_FACTORS,
		factors: factors
			.filter(({ code, is_on }) => is_on || standing.has(code))
			.map(({ code, title, is_on, inputs }): ProfileFactor => {
				const rating = standing.get(code);
				return {
					factor: code,
					title: rating && !is_on ? rating.title : title,
					is_on,
					inputs: inputs.map((input) => ({ ...input, suggested: suggested.get(input.id) ?? null })),
					rating: rating ? describeRating(rating, names) : null,
				};
			}),
		history: ratings
			.flatMap((rating) => historyOf(rating, names))
			.toSorted((a, b) => b.at.localeCompare(a.at)),
	};
}

function describeRating(rating: StoredRating, names: Names): RiskRating {
	const [answer] = rating.verifications;
	return {
		rating_id: rating.id,
		index: rating.risk_index,
		significance: rating.significance,
		by_index: rating.risk_index === null ? null : significanceOf(rating.risk_index),
		remark: rating.remark,
		inputs: rating.inputs,
		proposed_by_name: names.get(rating.proposed_by) ?? '—',
		proposed_at: rating.proposed_at,
		verification: answer
			? {
					agrees: answer.agrees,
					is_chosen: answer.is_chosen,
					remark: answer.remark,
					verified_by_name: names.get(answer.verified_by) ?? '—',
					verified_at: answer.verified_at,
				}
			: null,
	};
}

function historyOf(rating: StoredRating, names: Names): RiskProfile['history'] {
	const { title, significance } = rating;
	return [
		...rating.verifications.map((answer) => ({
			at: answer.verified_at,
			by_name: names.get(answer.verified_by) ?? '—',
			act: answer.agrees ? ('agreed' as const) : ('disagreed' as const),
			title,
			significance,
			is_chosen: answer.is_chosen,
			remark: answer.remark,
		})),
		{
			at: rating.proposed_at,
			by_name: names.get(rating.proposed_by) ?? '—',
			act: 'proposed' as const,
			title,
			significance,
			is_chosen: false,
			remark: rating.remark,
		},
	];
}
