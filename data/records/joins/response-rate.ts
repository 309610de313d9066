import { sql } from 'kysely';
import { selectOwnInstruments } from '../diagnostics/own-instruments.ts';
import type { Db } from '../store.ts';

/** One row per school: how many of those invited are through with the campaign, or declined to take part. */
export interface SchoolResponseRate {
	municipality_id: string;
	municipality_name: string;
	school_id: string;
	school_name: string;
	invited: number;
	answered: number;
	declined: number;
}

export interface MunicipalityResponseRate {
	municipality_id: string;
	municipality_name: string;
	invited: number;
	answered: number;
	declined: number;
	schools: SchoolResponseRate[];
	/** as of the campaign, of this municipality's schools */
	by_day: DayCount[];
}

/** How many completed the campaign on a day. */
export interface DayCount {
	day: string;
	answered: number;
}

export interface ResponsePace {
	invited: number;
	answered: number;
	declined: number;
	by_municipality: MunicipalityResponseRate[];
	/** how many completed the campaign on each day that saw one, oldest first */
	by_day: DayCount[];
}

/** Invited, answered and declined of a campaign, one row per school, by municipality and school. */
export async function responseRate(db: Db, campaignId: string): Promise<SchoolResponseRate[]> {
	const { rows } = await sql<SchoolResponseRate>`
		with ${completed(db, campaignId)}, declined as (
			select distinct consent.participant_code from consent
			inner join participant on participant.participant_code = consent.participant_code
			where participant.campaign_id = ${campaignId}
				and consent.purpose = 'diagnostic' and consent.declined_at is not null
				and consent.participant_code not in (select participant_code from completed))
		select school.municipality_id, municipality.name as municipality_name,
			school.id as school_id, school.name as school_name,
			cast(count(*) as integer) as invited,
			cast(count(completed.participant_code) as integer) as answered,
			cast(count(declined.participant_code) as integer) as declined
		from participant
		inner join school on school.id = participant.school_id
		inner join municipality on municipality.id = school.municipality_id
		left join completed on completed.participant_code = participant.participant_code
		left join declined on declined.participant_code = participant.participant_code
		where participant.campaign_id = ${campaignId}
		group by school.municipality_id, municipality.name, school.id, school.name
		order by school.municipality_id, school.id`.execute(db);
	return rows;
}

/** The state of a campaign's collection with its totals and its pace. */
export async function responsePace(db: Db, campaignId: string): Promise<ResponsePace> {
	const schools = await responseRate(db, campaignId);
	const { rows } = await sql<DayCount & { municipality_id: string }>`
		with ${completed(db, campaignId)}
		select school.municipality_id, substr(completed_at, 1, 10) as day, cast(count(*) as integer) as answered
		from completed
		inner join participant on participant.participant_code = completed.participant_code
		inner join school on school.id = participant.school_id
		group by school.municipality_id, substr(completed_at, 1, 10) order by 2, 1`.execute(db);
	const days = Map.groupBy(rows, ({ day }) => day);
	const by_day = [...days].map(([day, own]) => ({
		day,
		answered: own.reduce((sum, { answered }) => sum + answered, 0),
	}));
	const by_municipality = [...Map.groupBy(schools, ({ municipality_id }) => municipality_id)].map(
		([municipality_id, own]) => ({
			municipality_id,
			municipality_name: own[0]!.municipality_name,
			...totals(own),
			schools: own,
			by_day: rows
				.filter((row) => row.municipality_id === municipality_id)
				.map(({ day, answered }) => ({ day, answered })),
		}),
	);
	return { ...totals(schools), by_municipality, by_day };
}

/**
 * Participants who have answered every instrument that is theirs to answer, and when the last one came. What observers
 * fill in counts where a campaign asks for nothing else: then who was observed with every form is through.
 */
function completed(db: Db, campaignId: string) {
	return sql`own as materialized (${selectOwnInstruments(db, campaignId)}), completed as (
		select response.participant_code, max(response.submitted_at) as completed_at
		from response where response.campaign_id = ${campaignId}
			and response.instrument in (select instrument from own)
		group by response.participant_code
		having count(*) >= (select count(*) from own)
		union all
		select observation.participant_code, max(observation.submitted_at) as completed_at
		from observation where observation.campaign_id = ${campaignId} and observation.standing = 'last'
			and not exists (select 1 from own)
		group by observation.participant_code
		having count(*) >= (select count(*) from campaign_instrument where campaign_id = ${campaignId}))`;
}

function totals(rows: { invited: number; answered: number; declined: number }[]) {
	const sum = (name: 'invited' | 'answered' | 'declined') =>
		rows.reduce((total, row) => total + row[name], 0);
	return { invited: sum('invited'), answered: sum('answered'), declined: sum('declined') };
}
