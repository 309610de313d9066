import { isAmong } from '#data/records/bulk.ts';
import { splitPlaces } from '#data/records/places.ts';
import type { Db } from '#data/records/store.ts';

/** Names of places by place id; unknown places are left out. */
export async function namePlaces(db: Db, places: readonly string[]): Promise<Map<string, string>> {
	if (places.length === 0) return new Map();
	const { regions, municipalities, schools } = splitPlaces(places);
	const [regionRows, municipalityRows, schoolRows] = await Promise.all([
		db
			.selectFrom('region')
			.select(['id', 'name'])
			.where(isAmong(db, 'id', regions))
			.execute(),
		db
			.selectFrom('municipality')
			.select(['id', 'name'])
			.where(isAmong(db, 'id', municipalities))
			.execute(),
		db
			.selectFrom('school')
			.select(['id', 'name'])
			.where(isAmong(db, 'id', schools))
			.execute(),
	]);
	return new Map([
		...regionRows.map(({ id, name }) => [`region/${id}`, name] as const),
		...municipalityRows.map(({ id, name }) => [`municipality/${id}`, name] as const),
		...schoolRows.map(({ id, name }) => [`school/${id}`, name] as const),
	]);
}
