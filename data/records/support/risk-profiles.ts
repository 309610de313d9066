import { appendChange } from '../changes.ts';
import { schoolIsWithin } from '../places.ts';
import type { Db, Trx } from '../store.ts';
import type { LocalText, RiskInput } from './risk-factors.ts';
import type { RiskRatingRow, RiskVerificationRow } from './tables.ts';

/** At most so many factors go into the programme of a school. */
export const MOST_CHOSEN_FACTORS = 4;

export type Significance = 'high' | 'medium' | 'low';

/** An input as it stood when the factor was rated: the value taken, and the one that was computed then. */
export interface RatedInput extends RiskInput {
	value: number | null;
	suggested: number | null;
}

export interface RiskRating extends Omit<RiskRatingRow, 'id' | 'title' | 'inputs' | 'significance'> {
	id: number;
	title: LocalText;
	inputs: RatedInput[];
	significance: Significance;
	/** false: a later proposal stands in its place */
	stands: boolean;
	/** what the school answered, newest first */
	verifications: RiskVerification[];
}

export interface RiskVerification extends Omit<RiskVerificationRow, 'id' | 'agrees' | 'is_chosen'> {
	agrees: boolean;
	is_chosen: boolean;
}

export type NewRating = Pick<
	RiskRating,
	'factor' | 'title' | 'inputs' | 'risk_index' | 'significance' | 'remark'
>;
export type NewVerification = Pick<RiskVerification, 'rating_id' | 'agrees' | 'is_chosen' | 'remark'>;

export type RiskProblem =
	| { code: 'unknown-rating' }
	/** another proposal came meanwhile: the school has not seen what stands now */
	| { code: 'rating-changed' }
	| { code: 'too-many-factors' };

interface Act {
	by: string;
	at?: string;
}

/** Ratings of schools inside the places with what the schools answered, newest first. */
export async function listRatings(
	db: Db,
	places: readonly string[],
	filter: { school_id: string; year?: number },
): Promise<RiskRating[]> {
	const rows = await db
		.selectFrom('risk_rating')
		.selectAll()
		.where(schoolIsWithin(db, 'risk_rating.school_id', places))
		.where('school_id', '=', filter.school_id)
		.$if(filter.year !== undefined, (query) => query.where('year', '=', filter.year as number))
		.orderBy('id', 'desc')
		.execute();
	const answers = await db
		.selectFrom('risk_verification')
		.selectAll()
		.where(
			'rating_id',
			'in',
			db.selectFrom('risk_rating').select('id').where('school_id', '=', filter.school_id),
		)
		.orderBy('id', 'desc')
		.execute();
	const byRating = Map.groupBy(answers, ({ rating_id }) => Number(rating_id));
	const seen = new Set<string>();
	return rows.map((row): RiskRating => {
		const key = `${row.year} ${row.factor}`;
		const stands = !seen.has(key);
		seen.add(key);
		return {
			...row,
			id: Number(row.id),
			title: JSON.parse(row.title) as LocalText,
			inputs: JSON.parse(row.inputs) as RatedInput[],
			significance: row.significance as Significance,
			stands,
			verifications: (byRating.get(Number(row.id)) ?? []).map(({ id: _, ...answer }) => ({
				...answer,
				rating_id: Number(answer.rating_id),
				agrees: answer.agrees === 1,
				is_chosen: answer.is_chosen === 1,
			})),
		};
	});
}

/**
 * Records proposals for a school and year; one that says what stands already is left out, so that the school need not
 * answer twice. Returns how many were recorded.
 */
export async function recordRatings(
	trx: Trx,
	school: { school_id: string; year: number },
	ratings: readonly NewRating[],
	act: Act,
): Promise<number> {
	const standing = (await listRatings(trx, [`school/${school.school_id}`], school)).filter(
		({ stands }) => stands,
	);
	const proposed_at = act.at ?? new Date().toISOString();
	let recorded = 0;
	for (const rating of ratings) {
		const before = standing.find(({ factor }) => factor === rating.factor);
		if (before && saysTheSame(before, rating)) continue;
		await trx
			.insertInto('risk_rating')
			.values({
				...school,
				...rating,
				title: JSON.stringify(rating.title),
				inputs: JSON.stringify(rating.inputs),
				proposed_by: act.by,
				proposed_at,
			})
			.execute();
		recorded += 1;
	}
	if (recorded > 0) appendChange(trx, 'risk', school.school_id);
	return recorded;
}

/** What the school is asked about: significance, remark and values. A computed value that moved on is no new proposal. */
function saysTheSame(standing: RiskRating, given: NewRating): boolean {
	const essence = ({ significance, remark, inputs }: NewRating) =>
		JSON.stringify([
			significance,
			remark,
			inputs.map(({ id, value, good, bad, weight }) => [id, value, good, bad, weight]),
		]);
	return essence(standing) === essence(given);
}

/** Records what a school answers to the proposals that stand; nothing when one of them cannot be taken. */
export async function recordVerifications(
	trx: Trx,
	school: { school_id: string; year: number },
	verifications: readonly NewVerification[],
	act: Act,
): Promise<RiskProblem | undefined> {
	const ratings = await listRatings(trx, [`school/${school.school_id}`], school);
	const byId = new Map(ratings.map((rating) => [rating.id, rating]));
	for (const { rating_id } of verifications) {
		const rating = byId.get(rating_id);
		if (!rating) return { code: 'unknown-rating' };
		if (!rating.stands) return { code: 'rating-changed' };
	}
	const given = new Map(verifications.map((answer) => [answer.rating_id, answer]));
	const chosen = ratings.filter(
		({ id, stands, verifications }) => stands && (given.get(id) ?? verifications[0])?.is_chosen,
	);
	if (chosen.length > MOST_CHOSEN_FACTORS) return { code: 'too-many-factors' };
	const verified_at = act.at ?? new Date().toISOString();
	for (const { rating_id, agrees, is_chosen, remark } of given.values()) {
		const before = byId.get(rating_id)?.verifications[0];
		if (before?.agrees === agrees && before.is_chosen === is_chosen && before.remark === remark) continue;
		await trx
			.insertInto('risk_verification')
			.values({
				rating_id,
				agrees: agrees ? 1 : 0,
				is_chosen: is_chosen ? 1 : 0,
				remark,
				verified_by: act.by,
				verified_at,
			})
			.execute();
		appendChange(trx, 'risk', school.school_id);
	}
	return undefined;
}

/** Years for which a school has a profile, newest first. */
export async function listProfileYears(db: Db, schoolId: string): Promise<number[]> {
	const rows = await db
		.selectFrom('risk_rating')
		.select('year')
		.distinct()
		.where('school_id', '=', schoolId)
		.orderBy('year', 'desc')
		.execute();
	return rows.map(({ year }) => year);
}
