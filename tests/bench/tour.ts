import type { Visitor } from './visitor.ts';

interface ModuleItem {
	id: string;
	dimensions: string[];
}

type Choices = Record<string, { value: string | number }[]>;

/** Filters that a reader of a board turns; of each, the first and the last value are asked. */
const TURNED = ['campaign', 'channel', 'year', 'procedure', 'school', 'subject', 'locality'];

/**
 * The questions of somebody's boards as addresses: every module with nothing chosen, by each of its dimensions, and with
 * single filters turned.
 */
export async function listQuestions(visitor: Visitor): Promise<string[]> {
	const modules: ModuleItem[] = JSON.parse((await visitor.get('/api/analytics')).body);
	const questions: string[] = [];
	for (const { id, dimensions } of modules) {
		const address = `/api/analytics/${id}`;
		const choices: Choices = JSON.parse((await visitor.get(`${address}/filters`)).body);
		questions.push(address, ...dimensions.map((by) => `${address}?by=${by}`));
		for (const filter of TURNED) {
			const values = (choices[filter] ?? []).map(({ value }) => value);
			for (const value of new Set([values[0], values.at(-1)]))
				if (value !== undefined) questions.push(`${address}?${filter}=${encodeURIComponent(value)}`);
		}
	}
	return questions;
}
