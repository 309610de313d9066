import { Agent } from 'node:http';
import { copyOfDemo } from './demo-folder.ts';
import type { Measure } from './goal.ts';
import { importProcedure, importResults, withdrawResults } from './import-results.ts';
import { prepareRespondents, type Respondent } from './respondents.ts';
import { procedureFiles } from './result-files.ts';
import { readMetric, type ServerProcess, startServer } from './server-process.ts';
import { median, percentile } from './timing.ts';
import { listQuestions } from './tour.ts';
import { ask, signIn, type Visitor } from './visitor.ts';

const ROUNDS = 5;
const SECONDS = 5;
const PER_SECOND = 200;
const BOARD_USERS = 50;
const THINKING_MILLISECONDS = 1_000;

interface Round {
	alone_p99: number;
	mix_p99: number;
	/** the longest that the event loop kept anybody waiting in the mix, milliseconds */
	loop_delay_max: number;
	loop_delay_max_alone: number;
	/** answers that the users of boards got in the mix */
	board_answers: number;
}

/**
 * G5 and G6: 200 submissions a second, at fixed moments whether or not the former are answered, alone and together with 50
 * users of boards and an import of a region's results.
 */
export async function measure(): Promise<Measure[]> {
	const folder = await copyOfDemo();
	const respondents = await prepareRespondents(folder, (ROUNDS * 2 + 1) * SECONDS * PER_SECOND);
	const server = await startServer(folder);
	const [leader, methodist] = [
		await signIn(server.address, 'leader'),
		await signIn(server.address, 'methodist'),
	];
	const questions = await listQuestions(leader);
	const files = procedureFiles();
	for (const file of files) await importProcedure(methodist, file);
	const next = (): Respondent[] => respondents.splice(0, SECONDS * PER_SECOND);
	// The first warms up.
	await submitSteadily(server, next());
	const rounds: Round[] = [];
	while (rounds.length < ROUNDS) {
		await readLoopDelay(server);
		const alone_p99 = percentile(await submitSteadily(server, next()), 0.99);
		const loop_delay_max_alone = await readLoopDelay(server);
		const crowd = gather(leader, questions);
		const file = files[rounds.length % files.length]!;
		const job = importResults(methodist, file);
		const mix_p99 = percentile(await submitSteadily(server, next()), 0.99);
		const board_answers = await crowd.leave();
		const imported = await job;
		const loop_delay_max = await readLoopDelay(server);
		// There are fewer files than rounds.
		await withdrawResults(methodist, file, imported);
		rounds.push({ alone_p99, mix_p99, loop_delay_max, loop_delay_max_alone, board_answers });
	}
	leader.close();
	methodist.close();
	await server.stop();
	const common = { better: 'lower', detail: { rounds } } as const;
	return [
		{
			...common,
			goal: 'G5',
			measure: 'event-loop delay max: 200 submissions/s, 50 users of boards, an import',
			unit: 'ms',
			value: Math.min(...rounds.map(({ loop_delay_max }) => loop_delay_max)),
			floor: 100,
			target: 30,
		},
		{
			...common,
			goal: 'G6',
			measure: 'submissions p99 in that mix ÷ alone',
			unit: '',
			value: median(rounds.map(({ mix_p99, alone_p99 }) => mix_p99 / alone_p99)),
			floor: 5,
			target: 2,
		},
	];
}

/** Hands in at fixed moments; resolves to the milliseconds from each moment to its receipt. */
async function submitSteadily(server: ServerProcess, respondents: readonly Respondent[]): Promise<number[]> {
	const agent = new Agent({ keepAlive: true });
	const began = performance.now();
	const found = await Promise.all(
		respondents.map(async (respondent, index) => {
			const due = (index * 1000) / PER_SECOND;
			await new Promise((resolve) => setTimeout(resolve, due));
			const { status, body, milliseconds } = await ask(agent, server.address, {
				method: 'POST',
				...respondent,
			});
			if (status !== 201)
				throw new Error(`response after ${performance.now() - began} ms: ${status} ${body}`);
			return milliseconds;
		}),
	);
	agent.destroy();
	return found;
}

/** Users who each look at one board after another, and think between. */
function gather(visitor: Visitor, questions: readonly string[]): { leave(): Promise<number> } {
	let isOver = false;
	let answers = 0;
	const users = Array.from({ length: BOARD_USERS }, async (_, user) => {
		await new Promise((resolve) => setTimeout(resolve, (user * THINKING_MILLISECONDS) / BOARD_USERS));
		for (let at = user * 7; !isOver; at += 1) {
			const path = questions[at % questions.length]!;
			const { status, body } = await visitor.get(path);
			if (status !== 200) throw new Error(`${path}: ${status} ${body}`);
			answers += 1;
			await new Promise((resolve) => setTimeout(resolve, THINKING_MILLISECONDS));
		}
	});
	return {
		async leave() {
			isOver = true;
			await Promise.all(users);
			return answers;
		},
	};
}

/** Milliseconds since it was last read; reading begins anew. */
async function readLoopDelay(server: ServerProcess): Promise<number> {
	return (await readMetric(server, 'nodejs_eventloop_lag_max_seconds')) * 1000;
}
