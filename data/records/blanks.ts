import type { CompiledQuery, Kysely } from 'kysely';
import { isPostgres } from './bulk.ts';
import type { RecordsSchema } from './schema.ts';

/** Stands in a query for what changes from use to use. */
class Blank {
	readonly name: string;

	constructor(name: string) {
		this.name = name;
	}
}

/** Gives the place of a value in a query; it is typed as text, which is what lists and rows travel as. */
export type BlankOf<Name extends string> = (name: Name) => string;

const names = new Map<string, string>();

/** The name under which a database may keep the plan of a query with blanks; undefined for any other query. */
export const planName = (words: string): string | undefined => names.get(words);

/**
 * A query that is asked for every request is put into words once per dialect: only its blanks are filled at each use.
 * Putting a wide query into words costs more than SQLite needs to answer it for one person.
 */
export function withBlanks<Name extends string, Row>(
	build: (db: Kysely<RecordsSchema>, blank: BlankOf<Name>) => CompiledQuery<Row>,
): (db: Kysely<RecordsSchema>, values: Record<Name, string | number | null>) => CompiledQuery<Row> {
	const compiled = new Map<boolean, CompiledQuery<Row>>();
	const blank: BlankOf<Name> = (name) => new Blank(name) as unknown as string;
	return (db, values) => {
		const dialect = isPostgres(db);
		let query = compiled.get(dialect);
		if (!query) {
			query = build(db, blank);
			compiled.set(dialect, query);
			names.set(query.sql, `opora_${names.size + 1}`);
		}
		const parameters = query.parameters.map((value) =>
			value instanceof Blank ? values[value.name as Name] : value,
		);
		return { ...query, parameters };
	};
}
