import type { Invitee } from '../diagnostics/participants.ts';
import { listStaff, type StaffMember } from '../registry/staff.ts';
import type { Db } from '../store.ts';

/** Whom to ask: staff at a reference day in a municipality, of these schools and subjects (null = all). */
export interface PopulationFilter {
	municipality_id: string;
	schools: string[] | null;
	subjects: string[] | null;
	reference_day: string;
}

/**
 * The people a campaign would invite: one row each, at the school where they have worked longest, with the
 * coarse attributes of the reference day; by school and name.
 */
export async function listCampaignPopulation(db: Db, filter: PopulationFilter): Promise<Invitee[]> {
	const { schools, subjects } = filter;
	const staff = await listStaff(db, [`municipality/${filter.municipality_id}`], filter.reference_day);
	const asked = staff
		.filter(({ school_id }) => schools === null || schools.includes(school_id))
		.filter((member) => subjects === null || member.subjects.some((subject) => subjects.includes(subject)));
	const chosen = new Map<string, StaffMember>();
	for (const member of asked.toSorted(byLongestService))
		if (!chosen.has(member.person_id)) chosen.set(member.person_id, member);
	const people = asked.filter((member) => chosen.get(member.person_id) === member);
	return people.map((member) => ({
		person_id: member.person_id,
		school_id: member.school_id,
		subject: member.subjects.find((subject) => subjects === null || subjects.includes(subject)) ?? null,
		seniority_band: seniorityBand(member.teaching_since, filter.reference_day),
		category: member.category,
	}));
}

/** Completed years of teaching at a day, as a band coarse enough not to point at a person. */
export function seniorityBand(teachingSince: number | null, day: string): string | null {
	if (teachingSince === null) return null;
	const years = Number(day.slice(0, 4)) - teachingSince;
	if (years <= 3) return '0-3';
	if (years <= 10) return '4-10';
	return years <= 20 ? '11-20' : '21+';
}

function byLongestService(a: StaffMember, b: StaffMember): number {
	if (a.started_on !== b.started_on) return a.started_on < b.started_on ? -1 : 1;
	return a.employment_id < b.employment_id ? -1 : 1;
}
