import type { Writer } from '../warehouse.ts';

/** Gives new rows of a table the place keys of their school. */
export async function placeRows(writer: Writer, table: string): Promise<void> {
	await writer.run(`
		update ${table} set municipality_id = school.municipality_id, region_id = school.region_id
		from school where school.school_id = ${table}.school_id and ${table}.region_id is null`);
}
