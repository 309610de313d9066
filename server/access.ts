import type { Viewer } from '#analytics/module.ts';
import type { Campaign } from '#data/records/diagnostics/campaigns.ts';
import { findCampaign } from '#data/records/diagnostics/campaigns.ts';
import { listConsentingCodes } from '#data/records/diagnostics/consenting.ts';
import { listCodesOfPerson } from '#data/records/diagnostics/identity.ts';
import { listMunicipalities, listRegions } from '#data/records/registry/municipalities.ts';
import { findSchool, type SchoolListing } from '#data/records/registry/schools.ts';
import type { Db } from '#data/records/store.ts';
import { type Act, mayDo } from './acts.ts';
import { Problem } from './problem.ts';
import type { Asker } from './session.ts';

/** May this person do this act at all? @throws {Problem} 403 */
export function demandAct(asker: Asker, act: Act): void {
	if (!mayDo(asker.role, act)) throw new Problem(403, 'forbidden');
	if (asker.kind === 'participant' && act !== 'answer' && act !== 'see-own-profile')
		throw new Problem(403, 'forbidden');
}

/** True when a school lies in one of the places: a grant at a region covers everything under it. */
export function coversSchool(
	places: readonly string[],
	school: { id: string; municipality_id: string; region_id: string },
): boolean {
	return (
		places.includes(`school/${school.id}`) ||
		places.includes(`municipality/${school.municipality_id}`) ||
		places.includes(`region/${school.region_id}`)
	);
}

/**
 * The school, when the act is allowed at it.
 * @throws {Problem} 403 for the act, 404 for a school outside the places (whether it exists is not told)
 */
export async function demandSchool(db: Db, asker: Asker, act: Act, schoolId: string): Promise<SchoolListing> {
	demandAct(asker, act);
	const school = await findSchool(db, schoolId);
	if (!school || !coversSchool(asker.places, school)) throw new Problem(404, 'not-found');
	return school;
}

/** True when a place exists and is, or lies in, one of the places. */
export async function isPlaceWithin(db: Db, place: string, places: readonly string[]): Promise<boolean> {
	const [kind = '', id = ''] = place.split(/\/(.*)/s);
	if (kind === 'region') {
		const regions = await listRegions(db);
		return places.includes(place) && regions.some((region) => region.id === id);
	}
	if (kind === 'municipality') return (await listMunicipalities(db, places)).some((each) => each.id === id);
	const school = await findSchool(db, id);
	return kind === 'school' && school !== undefined && coversSchool(places, school);
}

/** True when the places hold every region of the installation: the top, above which there is nothing. */
export async function coversEverything(db: Db, places: readonly string[]): Promise<boolean> {
	const regions = await listRegions(db);
	return regions.length > 0 && regions.every(({ id }) => places.includes(`region/${id}`));
}

/** @throws {Problem} 403 for the act, 422 for a municipality outside the places */
export async function demandMunicipality(
	db: Db,
	asker: Asker,
	act: Act,
	municipalityId: string,
): Promise<void> {
	demandAct(asker, act);
	const mine = await listMunicipalities(db, asker.places);
	if (!mine.some(({ id }) => id === municipalityId))
		throw new Problem(422, 'unknown-place', { place: municipalityId });
}

/**
 * The campaign, when the act is allowed in its municipality; a coordinator sees campaigns of the own municipality and
 * only the own school in them.
 * @throws {Problem} 403, 404
 */
export async function demandCampaign(db: Db, asker: Asker, act: Act, campaignId: string): Promise<Campaign> {
	demandAct(asker, act);
	const campaign = await findCampaign(db, campaignId);
	if (!campaign) throw new Problem(404, 'not-found');
	const municipalities = await listMunicipalities(db, asker.places);
	if (municipalities.some(({ id }) => id === campaign.municipality_id)) return campaign;
	const schools = asker.places.filter((place) => place.startsWith('school/'));
	for (const place of schools) {
		const school = await findSchool(db, place.slice('school/'.length));
		if (school?.municipality_id === campaign.municipality_id && asker.role === 'school_coordinator')
			return campaign;
	}
	throw new Problem(404, 'not-found');
}

/** Codes under which the asker answers: of the person, or the one of the personal link. */
export async function listOwnCodes(
	db: Db,
	asker: Asker,
): Promise<{ participant_code: string; campaign_id: string }[]> {
	if (asker.invitation) return [asker.invitation];
	return asker.person_id ? listCodesOfPerson(db, asker.person_id) : [];
}

/**
 * The viewer as whom analytic queries run. Teachers see themselves; a methodist the rows of one person who agreed, when
 * that person is asked for; everybody else no individual at all. Administrator and auditor have no viewer: no answers. The
 * stage of release that the role has a right to goes with its places.
 */
export async function findViewer(db: Db, asker: Asker, personId: string | null = null): Promise<Viewer> {
	demandAct(asker, 'ask-analytics');
	const { role, places } = asker;
	if (role === 'teacher') {
		const own = await listOwnCodes(db, asker);
		return { role, places: [], codes: own.map(({ participant_code }) => participant_code) };
	}
	const stage =
		role === 'methodist' ? ['stage/methodist'] : role === 'school_coordinator' ? ['stage/school'] : [];
	const seesPerson = role === 'methodist' && personId !== null;
	return {
		role,
		places: [...places, ...stage],
		codes: seesPerson ? await listConsentingCodes(db, places, personId) : [],
		may_read_keys: mayDo(role, 'see-instruments'),
	};
}
