import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findModule } from '#analytics/catalogue.ts';
import type { Cell, Filters, ModuleResult, Viewer } from '#analytics/module.ts';
import { runModule } from '#analytics/run.ts';
import { createDemo, type Demo } from '#data/demo/create.ts';
import { demoRegion } from '#data/demo/places.ts';
import type { CastSchool } from '#data/demo/truth.ts';
import { latestSeq } from '#data/records/changes.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { type Projector, startProjector } from '#data/warehouse/projector.ts';
import { openWarehouse, type Warehouse } from '#data/warehouse/warehouse.ts';

/** What was put into the municipality must come out of the analysis: the demo is its own oracle. */

const today = new Date('2026-11-16T09:00:00.000Z');
const viewer: Viewer = { role: 'leader', places: [`region/${demoRegion}`], codes: [] };

const folder = mkdtempSync(join(tmpdir(), 'opora-demo-'));
let records: Records;
let warehouse: Warehouse;
let projector: Projector;
let demo: Demo;

beforeAll(async () => {
	records = await openRecords({ folder });
	demo = await createDemo(records, { seed: 2, today });
	warehouse = await openWarehouse({ path: ':memory:' });
	projector = startProjector(records, warehouse);
	await projector.waitFor(await latestSeq(records));
}, 120_000);

afterAll(async () => {
	await projector.stop();
	await warehouse.close();
	await records.close();
	rmSync(folder, { recursive: true, force: true });
});

async function ask(module: string, filters: Filters = {}): Promise<Record<string, Cell>[]> {
	const entry = findModule(module);
	if (!entry) throw new Error(module);
	return rowsOf(await runModule(entry, { warehouse, viewer, filters, language: 'ru', today }));
}

function rowsOf(result: ModuleResult): Record<string, Cell>[] {
	return Array.from({ length: result.length }, (_, index) =>
		Object.fromEntries(Object.entries(result.columns).map(([name, column]) => [name, column[index] ?? null])),
	);
}

const castId = (role: CastSchool) => demo.schools.find((school) => school.role === role)?.school_id;
const lastYear = () => demo.years.at(-1);

test('sixty schools, two thousand teachers, three years, two diagnostics, surveys of needs, steps and an event', async () => {
	const counts = await records.db
		.selectFrom('employment')
		.select((eb) => [eb.fn.countAll().as('staff'), eb.fn.count('school_id').distinct().as('schools')])
		.executeTakeFirstOrThrow();
	expect(Number(counts.staff)).toBe(2000);
	expect(Number(counts.schools)).toBe(60);
	expect(demo.years).toEqual([2024, 2025, 2026]);
	const states = await records.db.selectFrom('campaign').select(['state']).execute();
	expect(states.map(({ state }) => state).sort()).toEqual([
		'open',
		'released',
		'released',
		'released',
		'released',
	]);
});

describe('signs of non-objectivity', () => {
	test('the school that lifts papers stands at level 2 or 3, from two families at least', async () => {
		const rows = await ask('result-objectivity', { year: lastYear() ?? null });
		const lifting = rows.find((row) => row.school_id === castId('lifting'));
		expect(['2', '3']).toContain(lifting?.level);
		expect(Number(lifting?.families_marked)).toBeGreaterThanOrEqual(2);
		expect(Number(lifting?.q_combined)).toBeLessThan(0.001);
	});
	test('the honest school with a lucky year and the ordinary one do not', async () => {
		const rows = await ask('result-objectivity');
		for (const role of ['lucky', 'own', 'low'] as const)
			for (const row of rows.filter((found) => found.school_id === castId(role)))
				expect(['0', '1', 'X'], `${role} ${row.year}`).toContain(row.level);
	});
});

describe('medals', () => {
	test('the school that inflates its journal puts forward many who miss the scores; no level rests on it', async () => {
		const rows = await ask('result-objectivity', { year: lastYear() ?? null });
		const of = (role: CastSchool) => rows.find((row) => row.school_id === castId(role))!;
		const named = rows.filter((row) => Number(row.medal_candidates) > 0);
		expect(named.length).toBeGreaterThan(4);
		const inflating = of('inflating');
		expect(Number(inflating.medal_candidates)).toBeGreaterThanOrEqual(5);
		expect(Number(inflating.medals_missed) / Number(inflating.medal_candidates)).toBeGreaterThan(0.3);
		const others = named.filter((row) => row !== inflating);
		const sum = (name: string) => others.reduce((total, row) => total + Number(row[name]), 0);
		expect(sum('medals_missed') / sum('medal_candidates')).toBeLessThan(0.2);
		expect(String(inflating.reasons)).toContain('"medals"');
	});
});

describe('low results', () => {
	test('the small school below the line by chance is flagged and marked as possibly by chance', async () => {
		const rows = await ask('low-results', { year: lastYear() ?? null });
		const small = rows.find((row) => row.school_id === castId('small'));
		expect(small).toMatchObject({ flag: true, label: 'chance' });
	});
	test('the school whose low results are real is flagged every year and stands out in certainty', async () => {
		const rows = await ask('low-results');
		const low = rows.filter((row) => row.school_id === castId('low'));
		expect(low.every((row) => row.flag === true)).toBe(true);
		expect(Math.max(...low.map((row) => Number(row.certainty)))).toBeGreaterThan(0.5);
	});
});

describe('deficits', () => {
	test('the competencies that were made weak come out as the most frequent deficits of the self-assessment', async () => {
		const rows = await ask('deficit-map', { by: 'locality', channel: 'self_assessment' });
		const rural = rows.filter((row) => row.group_key === 'rural' && row.kind === 'competency');
		const ranked = rural.sort((a, b) => Number(b.prevalence) - Number(a.prevalence)).map((row) => row.scale);
		expect(ranked.slice(0, 3)).toContain('digital_tools');
		expect(ranked.slice(0, 3)).toContain('inclusion');
	});
	test('the digital gap of village schools is seen', async () => {
		const rows = await ask('deficit-map', { by: 'locality', channel: 'self_assessment' });
		const share = (group: string) =>
			Number(rows.find((row) => row.group_key === group && row.scale === 'digital_tools')?.prevalence);
		expect(share('rural')).toBeGreaterThan(share('urban') + 0.08);
	});
	test('the true ability of a teacher and the tested percent go together', async () => {
		const { columns } = await warehouse.ask(
			`select participant_code, avg(percent) as percent from scale_score
			where channel = 'test' and kind = 'group' group by all`,
		);
		const percent = new Map(
			(columns[0] as string[]).map((code, index) => [code, Number(columns[1]?.[index])]),
		);
		const people = await records.db
			.selectFrom('identity')
			.innerJoin('person', 'person.id', 'identity.person_id')
			.select(['participant_code', 'full_name', 'birth_date'])
			.execute();
		const truth = new Map(demo.staff.map((t) => [`${t.full_name} ${t.birth_date}`, t.ability]));
		const pairs = people.flatMap(({ participant_code, full_name, birth_date }) => {
			const observed = percent.get(participant_code);
			return observed === undefined ? [] : [[truth.get(`${full_name} ${birth_date}`) as number, observed]];
		}) as [number, number][];
		expect(pairs.length).toBeGreaterThan(1000);
		expect(correlation(pairs)).toBeGreaterThan(0.7);
	});
	test('the open campaign shows counts only', async () => {
		expect(await ask('deficit-map', { campaign: demo.campaigns.open })).toEqual([]);
	});
});

function correlation(pairs: [number, number][]): number {
	const n = pairs.length;
	const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / n;
	const [mx, my] = [mean(0), mean(1)];
	let [sxy, sxx, syy] = [0, 0, 0];
	for (const [x, y] of pairs) {
		sxy += (x - mx) * (y - my);
		sxx += (x - mx) ** 2;
		syy += (y - my) ** 2;
	}
	return sxy / Math.sqrt(sxx * syy);
}
