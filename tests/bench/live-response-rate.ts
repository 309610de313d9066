import { Agent } from 'node:http';
import { copyOfDemo } from './demo-folder.ts';
import type { Measure } from './goal.ts';
import { prepareRespondents, type Respondent } from './respondents.ts';
import { startServer } from './server-process.ts';
import { percentile } from './timing.ts';
import { ask, signIn, type Visitor } from './visitor.ts';

const ROUNDS = 5;
const PER_ROUND = 40;
const LOOK_AGAIN_MILLISECONDS = 5;

/**
 * G12: from the acknowledgement of a response to the first live response rate that counts it, and to the first board that
 * is drawn from data with it.
 */
export async function measure(): Promise<Measure[]> {
	const folder = await copyOfDemo();
	const respondents = await prepareRespondents(folder, ROUNDS * PER_ROUND);
	const server = await startServer(folder);
	const leader = await signIn(server.address, 'leader');
	const agent = new Agent({ keepAlive: true });
	const campaign = respondents[0]!.campaign_id;
	const submit = async (respondent: Respondent): Promise<number> => {
		const { status, body } = await ask(agent, server.address, { method: 'POST', ...respondent });
		if (status !== 201) throw new Error(`response: ${status} ${body}`);
		return JSON.parse(body).sequence;
	};
	const rate: number[][] = [];
	const board: number[][] = [];
	let answered = JSON.parse((await leader.get(`/api/campaigns/${campaign}/response-rate`)).body).answered;
	for (let round = 0; round < ROUNDS; round += 1) {
		const ofRate: number[] = [];
		const ofBoard: number[] = [];
		for (const respondent of respondents.splice(0, PER_ROUND)) {
			const sequence = await submit(respondent);
			const acknowledged = performance.now();
			answered += 1;
			await until(leader, `/api/campaigns/${campaign}/response-rate`, (body) => body.answered >= answered);
			ofRate.push((performance.now() - acknowledged) / 1000);
			await until(leader, '/api/analytics/indicators', (body) => body.meta.watermark >= sequence);
			ofBoard.push((performance.now() - acknowledged) / 1000);
		}
		rate.push(ofRate);
		board.push(ofBoard);
	}
	leader.close();
	agent.destroy();
	await server.stop();
	const best = (rounds: number[][]): number => Math.min(...rounds.map((round) => percentile(round, 0.95)));
	const common = { goal: 'G12', unit: 's', floor: 1, target: 0.3, better: 'lower' } as const;
	return [
		{
			...common,
			measure: 'acknowledged → counted in the live response rate, p95',
			value: best(rate),
			detail: { p50: rate.map((round) => percentile(round, 0.5)) },
		},
		{
			...common,
			measure: 'acknowledged → behind the figures of a board, p95',
			value: best(board),
			detail: { p50: board.map((round) => percentile(round, 0.5)) },
		},
	];
}

async function until(
	visitor: Visitor,
	path: string,
	// biome-ignore lint/suspicious/noExplicitAny: the reply of either route
	holds: (body: any) => boolean,
): Promise<void> {
	for (;;) {
		const { status, body } = await visitor.get(path);
		if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
		if (holds(JSON.parse(body))) return;
		await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MILLISECONDS));
	}
}
