/**
 * How often an honest municipality shows a school at level 2 or above by own signs; the promise is at most one in ten.
 * `npx node tests/analytics/result-objectivity/honest-municipalities.ts [seeds] [first seed]` prints the table of the method card.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyseObjectivity } from '#analytics/result-objectivity/report.ts';
import { wilsonInterval } from '#analytics/statistics/wilson-interval.ts';
import { createRandom } from '#data/simulation/random.ts';
import { loadResults } from '#data/warehouse/scratch.ts';
import { openScratch } from '#data/warehouse/warehouse.ts';
import { simulateMunicipality, writeFiles } from './simulate.ts';

const seeds = Number(process.argv[2] ?? 100);
const first = Number(process.argv[3] ?? 1);
const folder = mkdtempSync(join(tmpdir(), 'opora-honest-'));
const sizes = { schools: 0, rows: 0 };
const municipalities = { attention: 0, signs: 0 };
const schoolsAt: Record<string, number> = {};
const signs: Record<string, { tested: number; below: number; flagged: number }> = {};

for (let seed = first; seed < first + seeds; seed++) {
	const schools = 30 + Math.floor(31 * createRandom(seed).uniform());
	const files = writeFiles(simulateMunicipality({ seed, schools }), folder);
	const scratch = await openScratch();
	const loaded = await loadResults(scratch, files);
	const report = await analyseObjectivity(scratch, { places: loaded.places, language: 'ru' });
	await scratch.close();
	sizes.schools += schools;
	sizes.rows += loaded.rows;
	const levels = report.schools.map((school) => school.level);
	if (levels.some((level) => level === 1 || level === 2)) municipalities.attention++;
	if (levels.includes(2)) municipalities.signs++;
	for (const level of levels) schoolsAt[level] = (schoolsAt[level] ?? 0) + 1;
	for (const school of report.schools) {
		for (const { id, p, procedures, flagged } of school.signs) {
			if (p === null) continue;
			const name = procedures.length > 1 ? `${id} pooled` : id;
			signs[name] ??= { tested: 0, below: 0, flagged: 0 };
			const count = signs[name];
			count.tested++;
			if (p <= 0.05) count.below++;
			if (flagged) count.flagged++;
		}
	}
}
rmSync(folder, { recursive: true, force: true });

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
const margin = wilsonInterval(municipalities.signs, seeds)!;
console.log(`municipalities ${seeds}, schools ${sizes.schools}, papers ${sizes.rows}`);
console.log(
	`any school at level 2 or above: ${municipalities.signs} = ${percent(municipalities.signs / seeds)} [${percent(margin.lo)}; ${percent(margin.hi)}]`,
);
console.log(
	`any school at level 1 or above: ${municipalities.attention} = ${percent(municipalities.attention / seeds)}`,
);
console.log('schools by level:', schoolsAt);
console.log('| sign | tests | p ≤ .05 | flagged |');
for (const [name, { tested, below, flagged }] of Object.entries(signs).sort())
	console.log(`| ${name} | ${tested} | ${percent(below / tested)} | ${flagged} |`);
if (municipalities.signs / seeds > 0.1) process.exitCode = 1;
