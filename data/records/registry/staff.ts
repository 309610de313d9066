import { schoolIsWithin } from '../places.ts';
import type { Db } from '../store.ts';
import type { EmploymentRow } from './tables.ts';

/** One employment of one person. */
export interface StaffMember extends Omit<EmploymentRow, 'id' | 'subjects' | 'batch_id'> {
	employment_id: string;
	full_name: string;
	birth_date: string | null;
	subjects: string[];
}

/**
 * Who worked where on a day (`YYYY-MM-DD`; null lists all history), by school and name. `where` is a school's id or a
 * list of places. A person with several employments is listed once for each.
 */
export async function listStaff(
	db: Db,
	where: string | readonly string[],
	day: string | null,
): Promise<StaffMember[]> {
	const places = typeof where === 'string' ? [`school/${where}`] : where;
	const rows = await db
		.selectFrom('employment')
		.innerJoin('person', 'person.id', 'employment.person_id')
		.select([
			'employment.id as employment_id',
			'employment.person_id',
			'employment.school_id',
			'employment.position',
			'employment.subjects',
			'employment.category',
			'employment.teaching_since',
			'employment.started_on',
			'employment.ended_on',
			'person.full_name',
			'person.birth_date',
		])
		.where(schoolIsWithin(db, 'employment.school_id', places))
		.$if(day !== null, (query) =>
			query
				.where('employment.started_on', '<=', day as string)
				.where((eb) =>
					eb.or([eb('employment.ended_on', 'is', null), eb('employment.ended_on', '>=', day as string)]),
				),
		)
		.orderBy('employment.school_id')
		.orderBy('person.name_key')
		.orderBy('employment.started_on')
		.orderBy('employment.id')
		.execute();
	return rows.map((row) => ({ ...row, subjects: JSON.parse(row.subjects) as string[] }));
}

/** Ends an employment on its last day. False when it does not exist or has ended before. */
export async function endEmployment(db: Db, employmentId: string, lastDay: string): Promise<boolean> {
	const result = await db
		.updateTable('employment')
		.set({ ended_on: lastDay })
		.where('id', '=', employmentId)
		.where('ended_on', 'is', null)
		.executeTakeFirst();
	return result.numUpdatedRows > 0n;
}
