import { copyOfDemo } from './demo-folder.ts';
import type { Measure } from './goal.ts';
import { prepareRespondents } from './respondents.ts';
import { readMetric, startServer } from './server-process.ts';
import { startBaseline, submitAll } from './submit.ts';
import { interleave, median } from './timing.ts';

const ROUNDS = 6;
/** Several rests of the projector: its share of the work is in the figure, whichever moment a round begins at. */
const PER_ROUND = 5_000;

/** G1: durable checked submissions per second against the same route with neither storage nor check behind it. */
export async function measure(): Promise<Measure[]> {
	const folder = await copyOfDemo();
	const respondents = await prepareRespondents(folder, (ROUNDS + 1) * PER_ROUND);
	const server = await startServer(folder);
	const baseline = await startBaseline('./baseline-server.ts');
	const ours = (): Promise<number> => submitAll(server.address, respondents.splice(0, PER_ROUND));
	const bare = (): Promise<number> => submitAll(baseline.address, respondents.slice(0, PER_ROUND));
	// The first of each warms up.
	await ours();
	await bare();
	const cpu = await readMetric(server, 'process_cpu_seconds_total');
	const rates = await interleave(ROUNDS - 1, { bare, ours });
	const spent = (await readMetric(server, 'process_cpu_seconds_total')) - cpu;
	await server.stop();
	baseline.stop();
	const ratios = rates.ours.map((rate, round) => rate / rates.bare[round]!);
	return [
		{
			goal: 'G1',
			measure: 'durable checked submissions/s, 64 connections ÷ the same route without storage and check',
			unit: '',
			value: median(rates.ours) / median(rates.bare),
			floor: 0.65,
			target: 0.9,
			better: 'higher',
			detail: {
				per_second: rates,
				ratios,
				// All threads together, the warehouse's share included: what does not depend on who else is at work.
				cpu_milliseconds_per_submission: (spent * 1000) / ((ROUNDS - 1) * PER_ROUND),
			},
		},
	];
}
