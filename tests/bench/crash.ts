import { randomInt } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { openRecords } from '#data/records/store.ts';
import { openWarehouse } from '#data/warehouse/warehouse.ts';
import { copyOfDemo } from './demo-folder.ts';
import { writePart } from './markdown.ts';
import { prepareRespondents, type Respondent } from './respondents.ts';
import { runCommand, type ServerProcess, startServer } from './server-process.ts';
import { ask } from './visitor.ts';

/**
 * `npm run bench:crash`, G4: under load the real server is killed again and again, a third of the times while it folds
 * its logs at closing. Every acknowledged response must then stand exactly once and whole, in the records and, after
 * catching up, in the warehouse. CYCLES=n sets how often; it ends after a quarter of an hour at the latest.
 */

const root = join(import.meta.dirname, '../..');
const CYCLES = Number(process.env.CYCLES ?? 20);
const LONGEST_MINUTES = 15;
const CONNECTIONS = 32;
const LOAD_MILLISECONDS: [number, number] = [400, 2_500];
const RESPONDENTS_PER_CYCLE = 1_500;

interface Found {
	acknowledged: number;
	lost: number;
	doubled: number;
	torn: number;
	not_in_warehouse: number;
}

async function main(): Promise<number> {
	const until = performance.now() + LONGEST_MINUTES * 60_000;
	const folder = await copyOfDemo();
	const respondents = await prepareRespondents(folder, CYCLES * RESPONDENTS_PER_CYCLE);
	const waiting = [...respondents];
	const acknowledged: Respondent[] = [];
	const unanswered: Respondent[] = [];
	let cycles = 0;
	let faults = 0;
	let killedAtClosing = 0;
	while (cycles < CYCLES && performance.now() < until) {
		const server = await startServer(folder);
		// What was cut off before comes again under the same id: a repeat is a success and no second response.
		const load = submitUntilKilled(server, [
			...unanswered.splice(0),
			...waiting.splice(0, RESPONDENTS_PER_CYCLE),
		]);
		const atClosing = cycles % 3 === 2;
		await sleep(randomInt(...LOAD_MILLISECONDS));
		if (atClosing) {
			server.askToStop();
			await sleep(randomInt(0, 400));
			killedAtClosing += 1;
		}
		await server.kill();
		const { done, left, untouched } = await load;
		acknowledged.push(...done);
		unanswered.push(...left);
		waiting.unshift(...untouched);
		await (await startServer(folder)).stop();
		const found = await examine(folder, acknowledged);
		faults += found.lost + found.doubled + found.torn + found.not_in_warehouse;
		cycles += 1;
		const kind = atClosing ? 'at closing' : 'under load';
		process.stdout.write(`${cycles}/${CYCLES} killed ${kind}: ${JSON.stringify(found)}\n`);
	}
	const { sound } = JSON.parse(await runCommand(['verify', '--json'], folder));
	const report = {
		date: new Date().toISOString().slice(0, 10),
		cycles,
		killed_at_closing: killedAtClosing,
		acknowledged: acknowledged.length,
		faults,
		sound,
	};
	const text = `Run of ${report.date}: ${cycles} × \`kill -9\` under load, ${killedAtClosing} of them while closing; ${report.acknowledged} acknowledged responses, ${faults} lost, doubled, torn or missing in the warehouse (G4: none); \`verify\` afterwards: ${sound ? 'sound' : 'NOT SOUND'}.`;
	process.stdout.write(`${text.replaceAll('`', '')}\n`);
	mkdirSync(join(root, 'var'), { recursive: true });
	writeFileSync(join(root, 'var/bench-crash.json'), `${JSON.stringify(report, null, '\t')}\n`);
	writePart(join(root, 'docs/benchmarks.md'), 'crash', text);
	return faults === 0 && sound ? 0 : 1;
}

interface Load {
	done: Respondent[];
	/** sent, and nobody knows what became of them */
	left: Respondent[];
	untouched: Respondent[];
}

/** Hands in answers over many connections until the server is gone. */
async function submitUntilKilled(server: ServerProcess, respondents: Respondent[]): Promise<Load> {
	const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
	const done: Respondent[] = [];
	const left: Respondent[] = [];
	let isGone = false;
	const lines = Array.from({ length: CONNECTIONS }, async () => {
		for (let next = respondents.shift(); next; next = respondents.shift()) {
			const answer = await ask(agent, server.address, { method: 'POST', ...next }).catch(() => undefined);
			if (answer?.status === 201) done.push(next);
			else left.push(next);
			// A server that is going says no, or nothing at all; both end the load.
			if (answer && answer.status < 500 && answer.status !== 201) throw new Error(answer.body);
			isGone ||= answer === undefined;
			if (isGone) return;
		}
	});
	await Promise.all(lines);
	agent.destroy();
	return { done, left, untouched: respondents };
}

/** Looks for every acknowledged response in the records and in the warehouse of a server that has ended. */
async function examine(folder: string, acknowledged: readonly Respondent[]): Promise<Found> {
	const found = { acknowledged: acknowledged.length, lost: 0, doubled: 0, torn: 0, not_in_warehouse: 0 };
	const records = await openRecords({ folder });
	const rows = await records.db
		.selectFrom('response')
		.select(['participant_code', 'id', 'answers'])
		.execute();
	await records.close();
	const warehouse = await openWarehouse({ path: join(folder, 'warehouse.duckdb') });
	const { columns } = await warehouse.ask(`
		select response_id, count(*)::integer, count(distinct wide.response_key)::integer, count(distinct score.response_key)::integer
		from response
		left join answer_professional_difficulties_v1 as wide using (response_key)
		left join (select distinct response_key from scale_score) as score using (response_key)
		where instrument = 'professional-difficulties'
		group by response_id`);
	await warehouse.close();
	const [ids = [], ...counts] = columns as [string[], ...number[][]];
	const whole = new Set(ids.filter((_, index) => counts.every((count) => count[index] === 1)));
	const stored = Map.groupBy(rows, ({ participant_code }) => participant_code);
	for (const { participant_code, response_id, answers } of acknowledged) {
		const [row, ...more] = stored.get(participant_code) ?? [];
		if (!row) found.lost += 1;
		else if (row.id !== response_id || !isDeepStrictEqual(JSON.parse(row.answers), answers)) found.torn += 1;
		if (more.length > 0) found.doubled += 1;
		if (row && !whole.has(response_id)) found.not_in_warehouse += 1;
	}
	return found;
}

const sleep = (milliseconds: number): Promise<void> =>
	new Promise((resolve) => setTimeout(resolve, milliseconds));

process.exit(await main());
