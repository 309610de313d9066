import type { Db } from '../../records/store.ts';
import type { Writer } from '../warehouse.ts';
import { insertRows } from './rows.ts';

/** Tables whose rows carry the place keys of their school. */
const TABLES_WITH_PLACES = [
	'participant',
	'response',
	'pupil_row',
	'flag_reply',
	'remarking',
	'risk_rating',
	'support_plan',
	'plan_measure',
];

/** Loads places and staff counts anew. A school that moved to another municipality takes its rows with it. */
export async function loadRegistry(db: Db, writer: Writer): Promise<void> {
	const [regions, municipalities, schools] = await Promise.all([
		db.selectFrom('region').select(['id as region_id', 'name']).orderBy('id').execute(),
		db
			.selectFrom('municipality')
			.select(['id as municipality_id', 'region_id', 'name'])
			.orderBy('id')
			.execute(),
		db
			.selectFrom('school')
			.innerJoin('municipality', 'municipality.id', 'school.municipality_id')
			.select(['school.id as school_id', 'school.municipality_id', 'municipality.region_id', 'school.name'])
			.select(['kind', 'locality', 'pupils', 'advanced_subjects', 'origin'])
			.orderBy('municipality.region_id')
			.orderBy('school.municipality_id')
			.orderBy('school.id')
			.execute(),
	]);
	await writer.run(
		'create or replace temp table former_school as select school_id, municipality_id, region_id from school',
	);
	for (const table of ['region', 'municipality', 'school']) await writer.run(`delete from ${table}`);
	await insertRows(writer, 'region', { region_id: 'VARCHAR', name: 'VARCHAR' }, regions);
	await insertRows(
		writer,
		'municipality',
		{ municipality_id: 'VARCHAR', region_id: 'VARCHAR', name: 'VARCHAR' },
		municipalities,
	);
	await insertRows(
		writer,
		'school',
		{
			school_id: 'VARCHAR',
			municipality_id: 'VARCHAR',
			region_id: 'VARCHAR',
			name: 'VARCHAR',
			kind: 'VARCHAR',
			locality: 'VARCHAR',
			pupils: 'INTEGER',
			advanced_subjects: ['VARCHAR'],
			origin: 'VARCHAR',
		},
		schools.map((school) => ({ ...school, advanced_subjects: parseList(school.advanced_subjects) })),
	);
	await followMoves(writer);
	await loadStaff(db, writer);
}

function parseList(text: string | null): string[] | null {
	return text === null ? null : (JSON.parse(text) as string[]);
}

async function followMoves(writer: Writer): Promise<void> {
	await writer.run(`
		create or replace temp table moved_school as
		select school.school_id, school.municipality_id, school.region_id
		from school
		join former_school using (school_id)
		where (school.municipality_id, school.region_id)
			is distinct from (former_school.municipality_id, former_school.region_id)`);
	const moved = await writer.read('select count(*)::integer as n from moved_school');
	if (moved.columns[0]![0] === 0) return;
	for (const table of TABLES_WITH_PLACES) {
		await writer.run(`
			update ${table} set municipality_id = moved.municipality_id, region_id = moved.region_id
			from moved_school as moved where ${table}.school_id = moved.school_id`);
	}
}

/** Who works where now, counted by main subject and category; a person counts once per school. */
async function loadStaff(db: Db, writer: Writer): Promise<void> {
	const staff = await db
		.selectFrom('employment')
		.select(['school_id', 'person_id', 'subjects', 'category'])
		.where('ended_on', 'is', null)
		.orderBy('school_id')
		.orderBy('person_id')
		.orderBy('started_on', 'desc')
		.execute();
	const counts = new Map<
		string,
		{ school_id: string; subject: string | null; category: string; teachers: number }
	>();
	let previous = '';
	for (const { school_id, person_id, subjects, category } of staff) {
		const person = `${school_id} ${person_id}`;
		if (person === previous) continue;
		previous = person;
		const subject = (JSON.parse(subjects) as string[])[0] ?? null;
		const key = JSON.stringify([school_id, subject, category]);
		const count = counts.get(key);
		if (count) count.teachers += 1;
		else counts.set(key, { school_id, subject, category, teachers: 1 });
	}
	await writer.run('delete from school_staff');
	await insertRows(
		writer,
		'school_staff',
		{ school_id: 'VARCHAR', subject: 'VARCHAR', category: 'VARCHAR', teachers: 'INTEGER' },
		[...counts.values()],
	);
	await writer.run(`
		update school_staff set municipality_id = school.municipality_id, region_id = school.region_id
		from school where school_staff.school_id = school.school_id`);
}
