import { listMunicipalities } from '#data/records/registry/municipalities.ts';
import { listSchools } from '#data/records/registry/schools.ts';
import { listProcedures } from '#data/records/results/procedures.ts';
import type { Records } from '#data/records/store.ts';
import type { ImportContext, ImportKind, KnownPerson } from './context.ts';

/** Reads from the records what the check of a kind of file must know. */
export async function readContext(
	{ db }: Records,
	kind: ImportKind,
	places: string[],
	today: string,
): Promise<ImportContext> {
	const needsSchools = kind !== 'procedures';
	const schools = needsSchools ? await listSchools(db) : [];
	return {
		today,
		places,
		municipalities: needsSchools ? await listMunicipalities(db) : [],
		schools: schools.map(
			({ id, municipality_id, name, kind, locality, pupils, advanced_subjects, origin }) => ({
				id,
				municipality_id,
				name,
				kind,
				locality,
				pupils,
				advanced_subjects: advanced_subjects === null ? null : (JSON.parse(advanced_subjects) as string[]),
				origin,
			}),
		),
		procedures: kind === 'procedures' || kind === 'results' ? await listProcedures(db) : [],
		staff: kind === 'staff' ? await readStaff(db) : [],
	};
}

/** Everybody of the registry, wherever they work: people change schools and municipalities. */
async function readStaff(db: Records['db']): Promise<KnownPerson[]> {
	const people = await db.selectFrom('person').select(['id', 'full_name', 'birth_date', 'email']).execute();
	const employments = await db
		.selectFrom('employment')
		.select([
			'person_id',
			'school_id',
			'position',
			'subjects',
			'category',
			'teaching_since',
			'started_on',
			'ended_on',
		])
		.execute();
	const byId = new Map<string, KnownPerson>(
		people.map((person) => [person.id, { ...person, employments: [] }]),
	);
	for (const { person_id, subjects, ...employment } of employments) {
		byId.get(person_id)?.employments.push({ ...employment, subjects: JSON.parse(subjects) as string[] });
	}
	return [...byId.values()];
}

/** `procedure school` pairs that have results already, of the procedures asked for. */
export async function readSchoolsWithResults({ db }: Records, procedureIds: string[]): Promise<Set<string>> {
	if (procedureIds.length === 0) return new Set();
	const pairs = await db
		.selectFrom('batch')
		.innerJoin('pupil_result', 'pupil_result.batch_id', 'batch.id')
		.select(['pupil_result.procedure_id', 'pupil_result.school_id'])
		.distinct()
		.where('batch.procedure_id', 'in', procedureIds)
		.where('batch.withdrawn_at', 'is', null)
		.where('batch.stored_at', 'is not', null)
		.execute();
	return new Set(pairs.map(({ procedure_id, school_id }) => `${procedure_id} ${school_id}`));
}
