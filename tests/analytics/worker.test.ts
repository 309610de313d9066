import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Progress } from '#analytics/progress.ts';
import { type ComputeThread, startComputeThread } from '#analytics/worker.ts';
import { slowQuestion } from '../support/slow-question.ts';

const slow = slowQuestion();
const quick = { ...slow, rows: slow.rows.slice(0, 1) };
let thread: ComputeThread;
beforeAll(() => {
	thread = startComputeThread();
});
afterAll(() => thread.close());

const ask = (
	{ entry, rows, context }: typeof slow,
	tell?: (progress: Progress) => void,
	signal?: AbortSignal,
) => thread.computer(entry, rows, context, { ...(tell && { tell }), ...(signal && { signal }) });

/** Begins the slow computation and waits until the thread is in the middle of it. */
async function begin(
	signal: AbortSignal,
	of = thread,
): Promise<{ answer: Promise<unknown>; told: Progress[] }> {
	const told: Progress[] = [];
	let answer: Promise<unknown> | undefined;
	await new Promise<void>((resolve, reject) => {
		const tell = (progress: Progress): unknown => told.push(progress) > 1 && resolve();
		answer = of.computer(slow.entry, slow.rows, slow.context, { tell, signal });
		answer.catch(reject);
	}).catch(() => undefined);
	return { answer: answer!, told };
}

/** Seconds of the processor that this process takes in half a second. */
async function processorUse(): Promise<number> {
	const before = process.cpuUsage();
	await new Promise((resolve) => setTimeout(resolve, 500));
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1e6;
}

describe('a heavy computation', () => {
	it('tells what it is doing and how far it is, and stops when nobody waits', async () => {
		const leaving = new AbortController();
		const { answer, told } = await begin(leaving.signal);
		expect(told[0]).toMatchObject({ stage: 'groups', share: expect.any(Number) });
		expect(told.map(({ share }) => share)).toEqual(told.map(({ share }) => share).toSorted((a, b) => a - b));
		const busy = await processorUse();
		expect(busy).toBeGreaterThan(0.1);
		leaving.abort(new Error('gone'));
		await expect(answer).rejects.toThrow('gone');
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await processorUse()).toBeLessThan(busy / 2);
		expect((await ask(quick)).rows).toEqual([]);
	}, 60_000);

	it('that is given up fails nobody else in the line', async () => {
		const leaving = new AbortController();
		const { answer } = await begin(leaving.signal);
		const told: Progress[] = [];
		const next = ask(quick, (progress) => told.push(progress));
		const impatient = new AbortController();
		const third = ask(quick, undefined, impatient.signal);
		expect(told).toEqual([{ stage: 'waiting', share: 0 }]);
		impatient.abort(new Error('impatient'));
		await expect(third).rejects.toThrow('impatient');
		leaving.abort(new Error('gone'));
		await expect(answer).rejects.toThrow('gone');
		expect((await next).rows).toEqual([]);
	}, 60_000);

	it('leaves no thread behind when nothing more is asked, and the next begins in a new one', async () => {
		let threads = 0;
		const count = (worker: Worker): void => {
			threads += 1;
			worker.once('exit', () => (threads -= 1));
		};
		process.on('worker', count);
		const resting = startComputeThread({ rest_milliseconds: 50 });
		const askResting = () => resting.computer(quick.entry, quick.rows, quick.context);
		for (let time = 0; time < 2; time += 1) {
			expect((await askResting()).rows).toEqual([]);
			expect(threads).toBe(1);
			await vi.waitFor(() => expect(threads).toBe(0), 5_000);
		}
		process.off('worker', count);
		await resting.close();
	}, 60_000);

	it('stops between two steps: the thread goes on to the next request, and nothing is ended from outside', async () => {
		const ended = vi.spyOn(Worker.prototype, 'terminate');
		let begun = 0;
		const count = (): void => {
			begun += 1;
		};
		process.on('worker', count);
		const stopping = startComputeThread();
		try {
			for (let time = 0; time < 3; time += 1) {
				const leaving = new AbortController();
				const { answer } = await begin(leaving.signal, stopping);
				leaving.abort(new Error('gone'));
				await expect(answer).rejects.toThrow('gone');
				const asked = performance.now();
				expect((await stopping.computer(quick.entry, quick.rows, quick.context)).rows).toEqual([]);
				expect(performance.now() - asked).toBeLessThan(1_500);
			}
			expect(begun).toBe(1);
			const { answer } = await begin(new AbortController().signal, stopping);
			const closed = stopping.close();
			await expect(answer).rejects.toThrow('closed');
			await closed;
			expect(ended).not.toHaveBeenCalled();
		} finally {
			process.off('worker', count);
			ended.mockRestore();
		}
	}, 60_000);

	it('that hears of nothing is ended after a while, and the next begins in a new thread', async () => {
		// speaks once and never listens again
		const deaf = `import { parentPort } from 'node:worker_threads';
			parentPort.on('message', (message) => {
				if (message === 'leave') return parentPort.close();
				if (message.rows.length < 2) return parentPort.postMessage({ computed: { rows: [], notes: [] } });
				for (parentPort.postMessage({ progress: { stage: 'groups', share: 0 } }); ; );
			});`;
		const program = new URL(`data:text/javascript,${encodeURIComponent(deaf)}`);
		const ended = vi.spyOn(Worker.prototype, 'terminate');
		const hanging = startComputeThread({ patience_milliseconds: 300, program });
		try {
			const leaving = new AbortController();
			const told = Promise.withResolvers<void>();
			const answer = hanging.computer(slow.entry, slow.rows, slow.context, {
				signal: leaving.signal,
				tell: () => told.resolve(),
			});
			await told.promise;
			const next = hanging.computer(quick.entry, quick.rows, quick.context);
			leaving.abort(new Error('gone'));
			await expect(answer).rejects.toThrow('gone');
			expect(ended).not.toHaveBeenCalled();
			expect((await next).rows).toEqual([]);
			expect(ended).toHaveBeenCalledOnce();
		} finally {
			ended.mockRestore();
			await hanging.close();
		}
	}, 60_000);

	it('leaves no memory behind when it was stopped', async () => {
		const resting = startComputeThread({ rest_milliseconds: 50 });
		const stopOnce = async (): Promise<void> => {
			const leaving = new AbortController();
			const { answer } = await begin(leaving.signal, resting);
			leaving.abort(new Error('gone'));
			await expect(answer).rejects.toThrow('gone');
			await vi.waitFor(() => expect(threads).toBe(0), 10_000);
		};
		let threads = 0;
		const count = (worker: Worker): void => {
			threads += 1;
			worker.once('exit', () => (threads -= 1));
		};
		process.on('worker', count);
		await stopOnce();
		const before = process.memoryUsage.rss();
		for (let time = 0; time < 4; time += 1) await stopOnce();
		process.off('worker', count);
		await resting.close();
		// one such computation holds more than this while it runs
		expect(process.memoryUsage.rss() - before).toBeLessThan(100e6);
	}, 120_000);

	it('is refused at once to whoever has left already', async () => {
		await expect(ask(slow, undefined, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
	});
});
