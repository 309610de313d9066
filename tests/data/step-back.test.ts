import { once } from 'node:events';
import { getPriority } from 'node:os';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';

const code = `
	const { parentPort, workerData } = require('node:worker_threads');
	import(workerData).then(({ stepBack }) => {
		stepBack();
		parentPort.postMessage(require('node:os').getPriority(0));
	});`;

it('puts one thread behind the others, and the program not', async () => {
	const before = getPriority(0);
	const module = new URL('../../data/step-back.ts', import.meta.url).href;
	const worker = new Worker(code, { eval: true, workerData: module });
	const [priority] = await once(worker, 'message');
	await worker.terminate();
	expect(priority).toBe(process.platform === 'linux' ? 10 : before);
	expect(getPriority(0)).toBe(before);
});
