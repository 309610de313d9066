import { createHash } from 'node:crypto';
import type { Invitee } from '../diagnostics/participants.ts';
import { completePopulation, type PopulationChoice, positionKey } from '../diagnostics/population.ts';
import { positionKind } from '../registry/position-kind.ts';
import { listStaff, type StaffMember } from '../registry/staff.ts';
import type { Db } from '../store.ts';
import { bandOf, findFit, yearsOfTeaching } from './population-fit.ts';

/** Whom to ask: staff at a reference day in a municipality for whom every condition holds. */
export type PopulationFilter = PopulationChoice & { municipality_id: string };

/** One person of a population, with what a methodist needs to recognise the right one. */
export interface PopulationMember extends Omit<Invitee, 'position'> {
	full_name: string;
	position: string;
	subjects: string[];
}

/** A population by name, and whom the registry knows too little of to say. */
export interface NamedPopulation {
	/** one row per person, at the school where they have worked longest; by school and name */
	members: PopulationMember[];
	/** everything else holds, but the age is asked for and the date of birth is missing */
	without_birth_date: number;
	/** everything else holds, but the years of teaching are asked for and missing */
	without_seniority: number;
}

/** The people a campaign would invite, by name. */
export async function listNamedPopulation(db: Db, filter: PopulationFilter): Promise<NamedPopulation> {
	const population = completePopulation(filter);
	const { subjects, reference_day } = population;
	const staff = await listStaff(db, [`municipality/${filter.municipality_id}`], reference_day);
	const fits = staff.map((member) => ({ member, fit: findFit(member, population) }));
	const asked = fits.filter(({ fit }) => fit === 'fits').map(({ member }) => member);
	const chosen = new Map<string, StaffMember>();
	for (const member of asked.toSorted(byLongestService))
		if (!chosen.has(member.person_id)) chosen.set(member.person_id, member);
	const unknown = (what: string): number =>
		new Set(
			fits
				.filter(({ fit, member }) => fit === what && !chosen.has(member.person_id))
				.map(({ member }) => member.person_id),
		).size;
	return {
		members: asked
			.filter((member) => chosen.get(member.person_id) === member)
			.map((member) => ({
				person_id: member.person_id,
				school_id: member.school_id,
				subject: member.subjects.find((subject) => subjects === null || subjects.includes(subject)) ?? null,
				seniority_band: seniorityBand(member.teaching_since, reference_day),
				category: member.category,
				full_name: member.full_name,
				position: member.position,
				subjects: member.subjects,
			})),
		without_birth_date: unknown('birth-date-unknown'),
		without_seniority: unknown('seniority-unknown'),
	};
}

/** The people a campaign would invite: one row each, with the coarse attributes of the reference day. */
export async function listCampaignPopulation(db: Db, filter: PopulationFilter): Promise<Invitee[]> {
	const { members } = await listNamedPopulation(db, filter);
	return members.map(({ person_id, school_id, subject, seniority_band, category, position }) => ({
		person_id,
		school_id,
		subject,
		seniority_band,
		category,
		position: positionKind(position),
	}));
}

/** Tells whether two populations are the same people at the same schools; says nothing about who they are. */
export function fingerprintPopulation(people: readonly Pick<Invitee, 'person_id' | 'school_id'>[]): string {
	const lines = people.map(({ person_id, school_id }) => `${person_id} ${school_id}`).toSorted();
	return createHash('sha256').update(lines.join('\n')).digest('base64url');
}

/** What conditions can be made of: positions, subjects, categories and bands of a day's staff with their people. */
export async function listPopulationChoices(db: Db, municipalityId: string, day: string) {
	const staff = await listStaff(db, [`municipality/${municipalityId}`], day);
	const count = (
		valuesOf: (member: StaffMember) => readonly string[],
	): { value: string; people: number }[] => {
		const people = new Map<string, Set<string>>();
		for (const member of staff)
			for (const value of valuesOf(member)) {
				const known = people.get(value) ?? new Set();
				people.set(value, known.add(member.person_id));
			}
		return [...people]
			.map(([value, { size }]) => ({ value, people: size }))
			.toSorted((a, b) => b.people - a.people || (a.value < b.value ? -1 : 1));
	};
	return {
		positions: count(({ position }) => [positionKey(position)]),
		subjects: count(({ subjects }) => subjects),
		categories: count(({ category }) => [category]),
		seniority_bands: count(({ teaching_since }) => [seniorityBand(teaching_since, day) ?? 'unknown']),
	};
}

/** Completed years of teaching at a day, as a band coarse enough not to point at a person. */
export function seniorityBand(teachingSince: number | null, day: string): string | null {
	return teachingSince === null ? null : bandOf(yearsOfTeaching(teachingSince, day));
}

function byLongestService(a: StaffMember, b: StaffMember): number {
	if (a.started_on !== b.started_on) return a.started_on < b.started_on ? -1 : 1;
	return a.employment_id < b.employment_id ? -1 : 1;
}
