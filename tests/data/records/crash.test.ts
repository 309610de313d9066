import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { listChanges } from '#data/records/changes.ts';
import { openRecords, type RecordsPlace } from '#data/records/store.ts';
import { eachDialect } from '../../support/records.ts';
import { response, seedAgreeing } from './seed.ts';

const CYCLES = 5;
const PER_CYCLE = 1_500;
const child = fileURLToPath(new URL('./crash-child.ts', import.meta.url));

eachDialect('killed while people submit', (_open, freshPlace) => {
	it('every acknowledged response is there, exactly once', { timeout: 90_000 }, async () => {
		const place = await freshPlace();
		const before = await openRecords(place);
		const people = await seedAgreeing(before, CYCLES * PER_CYCLE);
		await before.close();
		const acknowledged = new Set<string>();
		let cut = 0;
		for (let cycle = 0; cycle < CYCLES; cycle += 1) {
			const mine = people.slice(cycle * PER_CYCLE, (cycle + 1) * PER_CYCLE);
			// The codes of the cycle before are sent again: their clients never heard the answer.
			const again = people.slice(Math.max(0, (cycle - 1) * PER_CYCLE), cycle * PER_CYCLE);
			const codes = [...again, ...mine].map(({ participant_code }) => participant_code);
			const heard = await submitAndKill(place, codes, 100 + cycle * 150);
			if (heard.length < codes.length) cut += 1;
			for (const code of heard) acknowledged.add(code);
		}
		expect(cut).toBeGreaterThan(0);
		expect(acknowledged.size).toBeGreaterThan(0);
		const after = await openRecords(place);
		const rows = await after.db.selectFrom('response').selectAll().execute();
		const stored = new Map(rows.map((row) => [row.participant_code, row]));
		expect(rows).toHaveLength(stored.size);
		for (const code of acknowledged) expect(stored.get(code)).toEqual(response(code));
		const changes = (await listChanges(after, 0, 50_000)).filter(({ kind }) => kind === 'responses');
		expect(changes.map(({ subject }) => subject).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
		await after.close();
	});
});

/** Which codes the child acknowledged before it was killed, after at least `enough` of them. */
async function submitAndKill(place: RecordsPlace, codes: string[], enough: number): Promise<string[]> {
	const running = spawn(process.execPath, [child, JSON.stringify([place, codes])], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	let text = '';
	for await (const chunk of running.stdout) {
		text += String(chunk);
		if (text.split('\n').length > enough && !running.killed) running.kill('SIGKILL');
	}
	if (running.exitCode === null && running.signalCode === null) await once(running, 'exit');
	expect(running.signalCode).toBe('SIGKILL');
	// A line that was cut off was not heard.
	return text.split('\n').slice(0, -1);
}
