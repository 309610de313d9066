import { sql } from 'kysely';
import { isAmong } from './bulk.ts';
import type { Db } from './store.ts';

/**
 * Places are written `region/R1`, `municipality/M1`, `school/S1`; a place contains the places below it.
 * What is not such a word contains nothing.
 */
export interface PlaceIds {
	regions: string[];
	municipalities: string[];
	schools: string[];
}

export function splitPlaces(places: readonly string[]): PlaceIds {
	const idsOf = (kind: string) =>
		places.filter((place) => place.startsWith(`${kind}/`)).map((place) => place.slice(kind.length + 1));
	return { regions: idsOf('region'), municipalities: idsOf('municipality'), schools: idsOf('school') };
}

/** Condition: the column holds the id of a school inside the places. */
export function schoolIsWithin(db: Db, column: string, places: readonly string[]) {
	return sql<boolean>`${sql.ref(column)} in (${schoolsWithin(db, places)})`;
}

/** Condition: the column holds the id of a municipality that lies inside the places as a whole. */
export function municipalityIsWithin(db: Db, column: string, places: readonly string[]) {
	return sql<boolean>`${sql.ref(column)} in (${municipalitiesWithin(db, places)})`;
}

/** Condition: the column holds a place that is one of the places or lies inside one. */
export function placeIsWithin(db: Db, column: string, places: readonly string[]) {
	const { regions } = splitPlaces(places);
	return sql<boolean>`${sql.ref(column)} in (
		select 'region/' || region.id from region where ${isAmong(db, 'region.id', regions)}
		union all select 'municipality/' || inside.id from (${municipalitiesWithin(db, places)}) as inside
		union all select 'school/' || inside.id from (${schoolsWithin(db, places)}) as inside)`;
}

function municipalitiesWithin(db: Db, places: readonly string[]) {
	const { regions, municipalities } = splitPlaces(places);
	return sql`select m.id from municipality as m
		where ${isAmong(db, 'm.id', municipalities)} or ${isAmong(db, 'm.region_id', regions)}`;
}

function schoolsWithin(db: Db, places: readonly string[]) {
	const { schools } = splitPlaces(places);
	return sql`select s.id from school as s
		where ${isAmong(db, 's.id', schools)} or s.municipality_id in (${municipalitiesWithin(db, places)})`;
}
