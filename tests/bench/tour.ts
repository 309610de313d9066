import type { Visitor } from './visitor.ts';

interface ModuleItem {
	id: string;
	dimensions: string[];
	is_individual: boolean;
}

type Choices = Record<string, { value: string | number }[]>;
type Value = string | number | undefined;

const SCHOOLS_LOOKED_AT = 6;
const CONDITIONS = ['campaign', 'subject', 'locality', 'school_kind', 'seniority_band', 'category'];

/**
 * What the screens of somebody's role ask, as addresses in the order of a visit: the board of the day, the exploration by
 * each dimension and under single conditions, the cards of some schools, and every module on its own page.
 */
export async function listQuestions(visitor: Visitor): Promise<string[]> {
	const all: ModuleItem[] = JSON.parse((await visitor.get('/api/analytics')).body);
	// One person's results belong to no board.
	const modules = all.filter(({ is_individual }) => !is_individual);
	const choices = new Map<string, Choices>();
	for (const { id } of modules)
		choices.set(id, JSON.parse((await visitor.get(`/api/analytics/${id}/filters`)).body));
	const valuesOf = (id: string, filter: string): Value[] =>
		(choices.get(id)?.[filter] ?? []).map(({ value }) => value);
	const channel = valuesOf('deficit-map', 'channel')[0];
	const competencies = valuesOf('deficit-map', 'competency');
	const year = Math.max(...valuesOf('low-results', 'year').map(Number));
	const procedures = valuesOf('score-distribution', 'procedure');
	const dimensions = modules.find(({ id }) => id === 'deficit-map')?.dimensions ?? [];

	const today = [
		ask('indicators'),
		ask('result-objectivity', { year }),
		ask('low-results', { year }),
		ask('deficit-map', { channel, by: 'school_kind' }),
	];
	const exploration = [
		...dimensions.map((by) => ask('deficit-map', { channel, by })),
		...competencies
			.slice(0, 3)
			.map((competency) => ask('deficit-map', { channel, by: dimensions[0], competency })),
		...competencies.slice(0, 3).map((competency) => ask('deficit-distribution', { channel, competency })),
		...CONDITIONS.flatMap((condition) => {
			const value = valuesOf('deficit-map', condition)[0];
			return value === undefined
				? []
				: [ask('deficit-map', { channel, by: dimensions[0], [condition]: value })];
		}),
	];
	const cards = valuesOf('result-objectivity', 'school')
		.slice(0, SCHOOLS_LOOKED_AT)
		.flatMap((school, index) => [
			ask('result-objectivity', { school }),
			ask('low-results', { school }),
			ask('score-distribution', { school, procedure: procedures[index % procedures.length] }),
			ask('deficit-map', { school, channel, by: 'seniority_band' }),
		]);
	const pages = modules.map(({ id }) => ask(id));
	const mine = new Set(modules.map(({ id }) => id));
	return [...today, ...exploration, ...cards, ...pages].filter((address) =>
		mine.has(/analytics\/([^?]+)/.exec(address)![1]!),
	);
}

function ask(module: string, filters: Record<string, Value> = {}): string {
	const query = new URLSearchParams();
	for (const [name, value] of Object.entries(filters))
		if (value !== undefined) query.set(name, String(value));
	query.set('format', 'json');
	return `/api/analytics/${module}?${query}`;
}
