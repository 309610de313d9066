import { copyOfDemo } from './demo-folder.ts';
import type { Measure } from './goal.ts';
import { startServer } from './server-process.ts';
import { percentile } from './timing.ts';
import { listQuestions } from './tour.ts';
import { signIn } from './visitor.ts';

const ROUNDS = 5;

interface Asked {
	path: string;
	milliseconds: number;
	kilobytes: number;
}

/**
 * What the leader's and the methodist's boards ask, each question three times: for the first time since the data changed,
 * and twice more. A round starts a server anew, so that nothing is remembered.
 */
export async function measure(): Promise<Measure[]> {
	const folder = await copyOfDemo();
	const rounds: { cold: Asked[]; warm: Asked[] }[] = [];
	while (rounds.length < ROUNDS) rounds.push(await askBoards(folder));
	const p95 = (asked: Asked[]): number =>
		percentile(
			asked.map(({ milliseconds }) => milliseconds),
			0.95,
		);
	const best = (values: number[]): number => Math.min(...values);
	const slowestOf = (asked: Asked[]): Asked[] =>
		asked.toSorted((a, b) => b.milliseconds - a.milliseconds).slice(0, 8);
	const common = { goal: 'boards', unit: 'ms', better: 'lower', target: null } as const;
	return [
		{
			...common,
			measure: 'board answers p95, cold and warm together',
			value: best(rounds.map(({ cold, warm }) => p95([...cold, ...warm]))),
			floor: 100,
			detail: { questions: rounds[0]!.cold.length, slowest: slowestOf(rounds.at(-1)!.cold) },
		},
		{
			...common,
			measure: 'board answers p95, first time after a change',
			value: best(rounds.map(({ cold }) => p95(cold))),
			floor: 1_000,
			target: 300,
			detail: {
				p50: best(
					rounds.map(({ cold }) =>
						percentile(
							cold.map((one) => one.milliseconds),
							0.5,
						),
					),
				),
			},
		},
		{
			...common,
			measure: 'board answers p95, asked before',
			value: best(rounds.map(({ warm }) => p95(warm))),
			floor: 100,
			target: 30,
			detail: { slowest: slowestOf(rounds.at(-1)!.warm) },
		},
	];
}

async function askBoards(folder: string): Promise<{ cold: Asked[]; warm: Asked[] }> {
	const server = await startServer(folder);
	const [leader, methodist] = await Promise.all(
		['leader', 'methodist'].map((login) => signIn(server.address, login)),
	);
	const cold: Asked[] = [];
	const warm: Asked[] = [];
	for (const visitor of [leader!, methodist!]) {
		const questions = await listQuestions(visitor);
		for (const [round, asked] of [cold, warm, warm].entries()) {
			for (const path of questions) {
				const { status, milliseconds, bytes, body } = await visitor.get(path);
				if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
				// What the leader asked is no longer cold for the methodist, who has the same places.
				const isKnown = round === 0 && cold.some((one) => one.path === path);
				(isKnown ? warm : asked).push({ path, milliseconds, kilobytes: bytes / 1000 });
			}
		}
	}
	leader!.close();
	methodist!.close();
	await server.stop();
	return { cold, warm };
}
