import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startComputeThread } from '#analytics/worker.ts';
import { openRecords, type Records } from '#data/records/store.ts';
import { type AnswerProgress, analyticsAnswer, answerProgress } from '#server/contract/analytics.ts';
import { slowQuestion } from '../support/slow-question.ts';
import { type Agent, buildTown, type Town } from './town.ts';

/** Requests that are left, over real connections: the same thread as in the server, and rows that keep it busy for long. */
let records: Records;
let server: Server;
let address: string;
let town: Town;
const slow = slowQuestion();
const thread = startComputeThread();
const folder = mkdtempSync(join(tmpdir(), 'opora-stopping-'));
beforeAll(async () => {
	records = await openRecords({ folder });
	town = await buildTown(records, (entry, rows, context, watch) =>
		thread.computer(
			entry,
			entry.definition.id === slow.entry.definition.id ? slow.rows : rows,
			context,
			watch,
		),
	);
	server = createServer(town.app);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
	server.closeAllConnections();
	server.close();
	await thread.close();
	await records.close();
	rmSync(folder, { recursive: true, force: true });
});

const SLOW = '/api/analytics/item-bias';

function fetchAs({ cookie }: Agent, path: string, signal?: AbortSignal): Promise<Response> {
	return fetch(`${address}${path}`, { headers: { cookie }, ...(signal && { signal }) });
}

async function progressOf(agent: Agent, path = SLOW): Promise<AnswerProgress> {
	const [route, query = ''] = path.split('?');
	return answerProgress.parse(await (await fetchAs(agent, `${route}/progress?${query}`)).json());
}

async function until(agent: Agent, holds: (progress: AnswerProgress) => boolean): Promise<AnswerProgress> {
	for (;;) {
		const progress = await progressOf(agent);
		if (holds(progress)) return progress;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
}

describe('an answer that takes long', () => {
	it('tells how far it is in words; it stops when the last who waits has left, and others are answered', async () => {
		const [methodist, leader, neighbour] = (await Promise.all(
			['methodist', 'leader', 'neighbour'].map((login) => town.signInAs(login)),
		)) as [Agent, Agent, Agent];
		expect(await progressOf(methodist)).toEqual({ is_waiting: false, stage: null, share: null, text: null });
		const [first, second] = [new AbortController(), new AbortController()];
		const asked = [
			fetchAs(methodist, SLOW, first.signal).catch((error: Error) => error.name),
			fetchAs(leader, SLOW, second.signal).catch((error: Error) => error.name),
		];
		const told = await until(methodist, ({ stage }) => stage === 'groups');
		expect(told).toMatchObject({ is_waiting: true, text: 'Сравнивает группы по каждому пункту' });
		const english = await progressOf(methodist, `${SLOW}?lang=en`);
		expect(english.is_waiting, 'another language is another answer').toBe(false);
		expect((await progressOf(neighbour)).is_waiting, 'other places are another answer').toBe(false);

		first.abort();
		expect(await asked[0]).toBe('AbortError');
		await new Promise((resolve) => setTimeout(resolve, 300));
		expect((await progressOf(leader)).is_waiting, 'the leader waits for the same answer').toBe(true);

		// Waits in the line of heavy computations behind the slow one, and is not failed by its end.
		const behind = fetchAs(methodist, '/api/analytics/scale-reliability');
		await new Promise((resolve) => setTimeout(resolve, 200));
		second.abort();
		expect(await asked[1]).toBe('AbortError');
		const answered = await behind;
		expect(answered.status).toBe(200);
		analyticsAnswer.parse(await answered.json());
		expect((await until(leader, ({ is_waiting }) => !is_waiting)).text).toBeNull();
	}, 60_000);

	it('refuses the progress of what the role may not ask, and unknown filters', async () => {
		expect((await fetchAs(await town.signInAs('coordinator'), `${SLOW}/progress`)).status).toBe(404);
		expect((await fetchAs(await town.signInAs('methodist'), `${SLOW}/progress?shoe=42`)).status).toBe(422);
	});
});
