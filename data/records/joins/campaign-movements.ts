import type { Campaign } from '../diagnostics/campaigns.ts';
import type { Invitee } from '../diagnostics/participants.ts';
import { listStaff, type StaffMember } from '../registry/staff.ts';
import type { Db } from '../store.ts';
import { listCampaignPopulation } from './campaign-population.ts';

/** Who came, changed schools or left between a campaign's reference day and another day. */
export interface CampaignMovements {
	/** fits the filter on the day and was never invited */
	joined: (Invitee & { full_name: string; started_on: string })[];
	/** invited at one school, working at others on the day */
	transferred: { person_id: string; full_name: string; school_id: string; now_at: string[] }[];
	/** invited, and at no school on the day; `last_day` of the latest work, null when none is known */
	left: { person_id: string; full_name: string; school_id: string; last_day: string | null }[];
}

/**
 * Movements of a confidential campaign by effective date; an anonymous one ties no code to a person, so nothing can be
 * said of it and everything is empty. People who moved within one municipality count at the school that invited them.
 */
export async function listCampaignMovements(
	db: Db,
	campaign: Campaign,
	day: string,
): Promise<CampaignMovements> {
	if (campaign.mode === 'anonymous') return { joined: [], transferred: [], left: [] };
	const invited = await db
		.selectFrom('participant')
		.innerJoin('identity', 'identity.participant_code', 'participant.participant_code')
		.innerJoin('person', 'person.id', 'identity.person_id')
		.select(['identity.person_id', 'participant.school_id', 'person.full_name'])
		.where('participant.campaign_id', '=', campaign.id)
		.orderBy('person.name_key')
		.execute();
	const known = new Set(invited.map(({ person_id }) => person_id));
	const { municipality_id, population } = campaign;
	const fitting = await listCampaignPopulation(db, { ...population, municipality_id, reference_day: day });
	const regions = await db.selectFrom('region').select('id').execute();
	const everybody = await listStaff(
		db,
		regions.map(({ id }) => `region/${id}`),
		null,
	);
	const byPerson = Map.groupBy(everybody, ({ person_id }) => person_id);
	const joined = fitting
		.filter(({ person_id }) => !known.has(person_id))
		.map((invitee) => {
			const work = (byPerson.get(invitee.person_id) ?? []).find(
				(each) => each.school_id === invitee.school_id && worksOn(each, day),
			);
			return { ...invitee, full_name: work?.full_name ?? '', started_on: work?.started_on ?? '' };
		});
	const movements: CampaignMovements = { joined, transferred: [], left: [] };
	for (const person of invited) {
		const all = byPerson.get(person.person_id) ?? [];
		const now = [...new Set(all.filter((each) => worksOn(each, day)).map(({ school_id }) => school_id))];
		if (now.includes(person.school_id)) continue;
		if (now.length > 0) movements.transferred.push({ ...person, now_at: now });
		else movements.left.push({ ...person, last_day: lastDay(all, day) });
	}
	return movements;
}

const worksOn = ({ started_on, ended_on }: StaffMember, day: string): boolean =>
	started_on <= day && (ended_on === null || ended_on >= day);

function lastDay(all: readonly StaffMember[], day: string): string | null {
	const ended = all.flatMap(({ ended_on }) => (ended_on !== null && ended_on < day ? [ended_on] : []));
	return ended.toSorted().at(-1) ?? null;
}
