import { sql } from 'kysely';
import type { Db } from '../store.ts';

/** Decisions about one version of one consent text. */
export interface ConsentCount {
	purpose: 'diagnostic' | 'methodist';
	version: string;
	given: number;
	/** never given */
	declined: number;
	/** given first and taken back */
	withdrawn: number;
}

/** Decisions of a campaign's participants by purpose and version of the text; counts only, nobody by name. */
export async function countConsents(db: Db, campaignId: string): Promise<ConsentCount[]> {
	const { rows } = await sql<ConsentCount>`
		select consent.purpose, consent.version,
			cast(sum(case when declined_at is null then 1 else 0 end) as integer) as given,
			cast(sum(case when given_at is null then 1 else 0 end) as integer) as declined,
			cast(sum(case when given_at is not null and declined_at is not null then 1 else 0 end) as integer)
				as withdrawn
		from consent
		inner join participant on participant.participant_code = consent.participant_code
		where participant.campaign_id = ${campaignId}
		group by consent.purpose, consent.version
		order by consent.purpose, consent.version`.execute(db);
	return rows;
}
