import type { ModuleResult } from '../api.ts';

const kinds: [RegExp, string][] = [
	[/средняя общеобразовательная школа/gi, 'СОШ'],
	[/основная общеобразовательная школа/gi, 'ООШ'],
	[/начальная общеобразовательная школа/gi, 'НОШ'],
	[/общеобразовательная школа/gi, 'школа'],
	[/средняя школа/gi, 'СШ'],
];

/** «МБОУ «Средняя общеобразовательная школа № 13»» → «СОШ № 13»: for labels in pictures, where room is scarce. */
function shortSchoolName(name: string): string {
	const quoted = /«(.+)»/.exec(name)?.[1] ?? name;
	return kinds.reduce((text, [pattern, short]) => text.replace(pattern, short), quoted).trim();
}

/** The answer with short names of schools in one of its columns; names that would meet stay long. */
export function withShortNames(result: ModuleResult, column: string): ModuleResult {
	const names = result.columns[column];
	if (!names) return result;
	const long = new Set(names.map(String));
	const owners = new Map<string, number>();
	for (const name of long) owners.set(shortSchoolName(name), (owners.get(shortSchoolName(name)) ?? 0) + 1);
	const shorten = (name: string) => (owners.get(shortSchoolName(name)) === 1 ? shortSchoolName(name) : name);
	return {
		...result,
		columns: {
			...result.columns,
			[column]: names.map((name) => (typeof name === 'string' ? shorten(name) : name)),
		},
	};
}
