import type { Cell, ModuleResult } from '../api.ts';

/** The answer with only those rows whose cell in one column is wanted; words and notes stay as they are. */
export function keepRows(
	result: ModuleResult,
	column: string,
	isWanted: (cell: Cell) => boolean,
): ModuleResult {
	const cells = result.columns[column];
	if (!cells || cells.every(isWanted)) return result;
	const columns = Object.fromEntries(
		Object.entries(result.columns).map(([name, values]) => [
			name,
			values.filter((_, index) => isWanted(cells[index] ?? null)),
		]),
	);
	return { ...result, columns };
}

/** A scale of deficits shows single competencies; the groups that sum them up stay for the profile. */
export function keepCompetencies(result: ModuleResult): ModuleResult {
	return keepRows(result, 'kind', (kind) => kind === 'competency');
}
