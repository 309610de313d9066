import { copyOfDemo } from './demo-folder.ts';
import type { Measure } from './goal.ts';
import { readMetric, type ServerProcess, startServer } from './server-process.ts';
import { listQuestions } from './tour.ts';
import { signIn } from './visitor.ts';

const ROUNDS = 3;
const LOGINS = ['leader', 'methodist', 'school'];

/** G20: what the server holds in memory with the demo, after everybody went through all boards. */
export async function measure(): Promise<Measure[]> {
	const folder = await copyOfDemo();
	const found: { first: number; ready: number; toured: number }[] = [];
	while (found.length < ROUNDS) {
		const server = await startServer(folder);
		const ready = await residentMegabytes(server);
		for (let round = 0; round < 3; round += 1)
			for (const login of LOGINS) {
				const visitor = await signIn(server.address, login);
				for (const path of await listQuestions(visitor)) await visitor.get(path);
				visitor.close();
			}
		found.push({ first: found.length, ready, toured: await residentMegabytes(server) });
		await server.stop();
	}
	return [
		{
			goal: 'G20',
			measure: 'resident memory, demo municipality, after a tour of the boards',
			unit: 'MB',
			value: Math.min(...found.map(({ toured }) => toured)),
			floor: 600,
			target: 300,
			better: 'lower',
			detail: { rounds: found },
		},
	];
}

async function residentMegabytes(server: ServerProcess): Promise<number> {
	return Math.round((await readMetric(server, 'process_resident_memory_bytes')) / 1024 ** 2);
}
