import { isAmong } from '../bulk.ts';
import type { Db } from '../store.ts';

/** What the registry says of one person. */
export interface OwnRegistry {
	full_name: string;
	birth_date: string | null;
	employments: {
		school_name: string;
		position: string;
		subjects: string[];
		category: string;
		teaching_since: number | null;
		started_on: string;
		ended_on: string | null;
	}[];
}

/** A person as the registry knows them, with every employment, newest first; undefined for nobody. */
export async function findOwnRegistry(db: Db, personId: string): Promise<OwnRegistry | undefined> {
	const person = await db
		.selectFrom('person')
		.select(['full_name', 'birth_date'])
		.where('id', '=', personId)
		.executeTakeFirst();
	if (!person) return undefined;
	const rows = await db
		.selectFrom('employment')
		.innerJoin('school', 'school.id', 'employment.school_id')
		.select([
			'school.name as school_name',
			'employment.position',
			'employment.subjects',
			'employment.category',
			'employment.teaching_since',
			'employment.started_on',
			'employment.ended_on',
		])
		.where('employment.person_id', '=', personId)
		.orderBy('employment.started_on', 'desc')
		.orderBy('employment.id')
		.execute();
	const employments = rows.map((row) => ({ ...row, subjects: JSON.parse(row.subjects) as string[] }));
	return { ...person, employments };
}

/** One invitation as it was kept: under which code, and what analysis may know of its holder. */
export interface OwnParticipation {
	participant_code: string;
	campaign_id: string;
	school_name: string;
	subject: string | null;
	seniority_band: string | null;
	category: string | null;
	position: string | null;
	invited_at: string;
	retention_until: string;
}

/** What stands under these codes, newest first. */
export async function listOwnParticipations(db: Db, codes: readonly string[]): Promise<OwnParticipation[]> {
	return db
		.selectFrom('participant')
		.innerJoin('campaign', 'campaign.id', 'participant.campaign_id')
		.innerJoin('school', 'school.id', 'participant.school_id')
		.select([
			'participant.participant_code',
			'participant.campaign_id',
			'school.name as school_name',
			'participant.subject',
			'participant.seniority_band',
			'participant.category',
			'participant.position',
			'participant.invited_at',
			'campaign.retention_until',
		])
		.where(isAmong(db, 'participant.participant_code', codes))
		.orderBy('participant.invited_at', 'desc')
		.orderBy('participant.participant_code')
		.execute();
}

/** The responses of these codes and the observations of them that stand, with their answers as JSON text, oldest first. */
export async function listOwnResponses(db: Db, codes: readonly string[]) {
	return db
		.selectFrom('recorded_response')
		.select([
			'id',
			'participant_code',
			'campaign_id',
			'instrument',
			'version',
			'answers',
			'started_at',
			'submitted_at',
			'duration_seconds',
		])
		.where(isAmong(db, 'participant_code', codes))
		.orderBy('submitted_at')
		.orderBy('instrument')
		.execute();
}
