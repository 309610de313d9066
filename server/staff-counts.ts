import { schoolIsWithin } from '#data/records/places.ts';
import type { Db } from '#data/records/store.ts';

/** People who work at each school of the places on a day; a school without staff is absent. */
export async function countStaff(
	db: Db,
	places: readonly string[],
	day: string,
): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('employment')
		.select(({ fn }) => ['school_id', fn.count<number>('person_id').distinct().as('people')])
		.where(schoolIsWithin(db, 'employment.school_id', places))
		.where('started_on', '<=', day)
		.where((eb) => eb.or([eb('ended_on', 'is', null), eb('ended_on', '>=', day)]))
		.groupBy('school_id')
		.execute();
	return new Map(rows.map(({ school_id, people }) => [school_id, Number(people)]));
}
