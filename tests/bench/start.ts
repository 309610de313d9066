import { copyOfDemo, demoFolder } from './demo-folder.ts';
import { freshFolder } from './folders.ts';
import type { Measure } from './goal.ts';
import { runCommand, startServer } from './server-process.ts';
import { secondsOf } from './timing.ts';

const ROUNDS = 5;
const DEMO_ROUNDS = 2;

/** How long one waits: for the demo municipality, and for a server on a folder that it has served before. */
export async function measure(): Promise<Measure[]> {
	const demos = [(await demoFolder()).seconds];
	while (demos.length < DEMO_ROUNDS) {
		const folder = freshFolder();
		demos.push(await secondsOf(() => runCommand(['demo'], folder)));
	}
	const folder = await copyOfDemo();
	const first = await startServer(folder);
	await first.stop();
	const starts: number[] = [];
	while (starts.length < ROUNDS) {
		const server = await startServer(folder);
		starts.push(server.seconds_to_ready);
		await server.stop();
	}
	return [
		{
			goal: 'start',
			measure: 'demo municipality created',
			unit: 's',
			value: Math.min(...demos),
			floor: 30,
			target: null,
			better: 'lower',
			detail: { seconds: demos },
		},
		{
			goal: 'start',
			measure: 'start on an existing folder to /readyz',
			unit: 's',
			value: Math.min(...starts),
			floor: 3,
			target: null,
			better: 'lower',
			detail: { seconds: starts, first_start_with_projection: first.seconds_to_ready },
		},
	];
}
