import { createDemo } from '#data/demo/create.ts';
import { openRecords } from '#data/records/store.ts';
import { copyOfDemo } from './demo-folder.ts';
import { freshFolder } from './folders.ts';
import type { Measure } from './goal.ts';
import { startPostgres } from './postgres-server.ts';
import { prepareRespondents } from './respondents.ts';
import { startServer } from './server-process.ts';
import { startBaseline, submitAll } from './submit.ts';
import { interleave, median } from './timing.ts';

const ROUNDS = 5;
const PER_ROUND = Number(process.env.PER_ROUND ?? 5_000);

/**
 * G2 and G3: durable checked submissions per second, with the records in SQLite and in PostgreSQL, against Express and
 * PostgreSQL with a transaction per request and no check.
 */
export async function measure(): Promise<Measure[]> {
	const postgres = await startPostgres();
	const count = (ROUNDS + 1) * PER_ROUND;
	const folder = await copyOfDemo();
	const respondents = await prepareRespondents(folder, count);
	const elsewhere = freshFolder();
	const url = await postgres.urlOf('records');
	const records = await openRecords({ url });
	await createDemo(records, { seed: 1, today: new Date() });
	await records.close();
	const others = await prepareRespondents(elsewhere, count, { url });
	const sqlite = await startServer(folder);
	const postgresql = await startServer(elsewhere, { DATABASE_URL: url });
	const baseline = await startBaseline('./baseline-postgres.ts', {
		DATABASE_URL: await postgres.urlOf('baseline'),
	});
	const sent = [...respondents];
	const works = {
		baseline: () => submitAll(baseline.address, sent.splice(0, PER_ROUND)),
		sqlite: () => submitAll(sqlite.address, respondents.splice(0, PER_ROUND)),
		postgresql: () => submitAll(postgresql.address, others.splice(0, PER_ROUND)),
	};
	// The first of each warms up.
	for (const work of Object.values(works)) await work();
	const rates = await interleave(ROUNDS, works);
	await sqlite.stop();
	await postgresql.stop();
	baseline.stop();
	await postgres.stop();
	const common = { unit: '', better: 'higher', detail: { per_second: rates } } as const;
	return [
		{
			...common,
			goal: 'G2',
			measure: 'durable checked submissions/s ÷ Express and PostgreSQL, a transaction per request, no checks',
			value: median(rates.sqlite) / median(rates.baseline),
			floor: 1.4,
			target: 2.5,
		},
		{
			...common,
			goal: 'G3',
			measure: 'the same with the records in PostgreSQL ÷ that baseline',
			value: median(rates.postgresql) / median(rates.baseline),
			floor: 1,
			target: 1.5,
		},
	];
}
