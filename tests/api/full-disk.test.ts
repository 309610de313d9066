import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { isStorageFull } from '#data/records/records-error.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { answer, runCampaign, SELF } from './campaign.ts';
import { expectProblem } from './problem.ts';
import { type Agent, buildTown, people, type Town } from './town.ts';

// SQLite counts its pages itself: at their largest number it fails as it does on a disk without room, with the same code.
const MOST_PAGES = 1_073_741_823;

let town: Town;
let records: Records;
let teacher: Agent;
let campaign: string;
const folder = mkdtempSync(join(tmpdir(), 'opora-full-'));
const path = (rest: string): string => `/api/my/diagnostics/${campaign}/${SELF}${rest}`;

beforeAll(async () => {
	records = await openRecords({ folder });
	town = await buildTown(records);
	teacher = await town.signInAs('teacher');
	campaign = await runCampaign(town, 'open', [SELF]);
	await teacher.post(`/api/my/diagnostics/${campaign}/consent`, { give: true, methodist: false });
});
afterAll(async () => {
	await records.close();
	rmSync(folder, { recursive: true, force: true });
});

/** Lets the store grow no further and takes what room is left, also in the last page of the responses. */
async function fillDisk(): Promise<void> {
	const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(records.db);
	await sql`create table filler (bytes blob)`.execute(records.db);
	await sql.raw(`pragma max_page_count = ${rows[0]!.page_count + 20}`).execute(records.db);
	for (const size of [4_000, 400, 40])
		await untilFull(() => sql`insert into filler values (zeroblob(${sql.lit(size)}))`.execute(records.db));
	const others = await records.db
		.selectFrom('identity')
		.innerJoin('person', 'person.id', 'identity.person_id')
		.select('participant_code')
		.where('full_name', '!=', people.teacher!.person!)
		.execute();
	await untilFull(async () => {
		const { participant_code } = others.pop()!;
		await records.db
			.insertInto('response')
			.values({
				id: `filler-${participant_code}`,
				campaign_id: campaign,
				participant_code,
				instrument: SELF,
				version: 1,
				answers: 'x'.repeat(600),
				submitted_at: '2026-01-01T00:00:00.000Z',
			})
			.execute();
	});
}

async function untilFull(write: () => Promise<unknown>): Promise<void> {
	for (;;) {
		try {
			await write();
		} catch (error) {
			expect(isStorageFull(error), String(error)).toBe(true);
			return;
		}
	}
}

it('says that the disk is full, keeps nothing half, and takes the same answers once there is room', async () => {
	await fillDisk();
	const refused = await answer(teacher, campaign, SELF, { place: 2 });
	expectProblem(refused, 507, 'storage-full');
	expect((await teacher.get(path(''))).body.submitted_at).toBeNull();

	await sql.raw(`pragma max_page_count = ${MOST_PAGES}`).execute(records.db);
	const stored = await answer(teacher, campaign, SELF, { place: 2 });
	expect(stored.status, stored.text).toBe(201);
	const responses = await records.db
		.selectFrom('response')
		.selectAll()
		.where('id', 'not like', 'filler-%')
		.execute();
	expect(responses).toHaveLength(1);
});
