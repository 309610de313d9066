import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch, type Warehouse } from '#data/warehouse/warehouse.ts';
import { type Simulation, writeFiles } from './simulate.ts';

/** A folder that goes with the test. */
export function freshFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), 'opora-objectivity-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** A scratch warehouse with simulated results, closed when the test ends. */
export async function scratchWith(
	simulation: Simulation,
	advanced?: Record<string, string>,
): Promise<{ warehouse: Warehouse; places: string[] }> {
	const folder = freshFolder();
	const files: Parameters<typeof loadResults>[1] = writeFiles(simulation, folder);
	if (advanced) {
		files.schools = join(folder, 'schools.csv');
		const lines = Object.entries(advanced).map(([school, subjects]) => `${school},${subjects}`);
		writeFileSync(files.schools, `school,advanced_subjects\n${lines.join('\n')}\n`);
	}
	const warehouse = await openScratch();
	onTestFinished(() => warehouse.close());
	const { places } = await loadResults(warehouse, files);
	return { warehouse, places };
}
