import { expect, onTestFinished, test } from 'vitest';
import { openWarehouse } from '#data/warehouse/warehouse.ts';

/** Minutes of work for the engine, and no row of it. */
const ENDLESS = 'select count(*) from range(10000000) as a(i), range(1000000) as b(j) where hash(i, j) = 7';

async function open() {
	const warehouse = await openWarehouse({ path: ':memory:' });
	onTestFinished(() => warehouse.close());
	return warehouse;
}

test('a question that nobody waits for any more is stopped in the engine, and its connection answers others', async () => {
	const warehouse = await open();
	// More than there are connections: one of them has not begun when its asker leaves.
	const leaving = Array.from({ length: 5 }, () => new AbortController());
	const asked = leaving.map(({ signal }) => warehouse.until(signal).ask(ENDLESS));
	const outcomes = Promise.allSettled(asked);
	await new Promise((resolve) => setTimeout(resolve, 300));
	const begun = performance.now();
	for (const [index, one] of leaving.entries()) one.abort(new Error(`left ${index}`));
	expect(await outcomes).toMatchObject(
		leaving.map((_, index) => ({ status: 'rejected', reason: { message: `left ${index}` } })),
	);
	expect(performance.now() - begun).toBeLessThan(5_000);
	const answers = await Promise.all([1, 2, 3, 4].map((n) => warehouse.ask(`select ${n}::integer as n`)));
	expect(answers.map(({ columns }) => columns[0]?.[0])).toEqual([1, 2, 3, 4]);
});

test('who leaves at any moment stops nobody else', async () => {
	const warehouse = await open();
	const count = 'select count(*)::integer as n from range(300000) as a(i) where hash(i) % 3 <> 5';
	for (let wait = 0; wait < 12; wait += 1) {
		const leaving = new AbortController();
		const left = warehouse.until(leaving.signal).ask(count);
		const stayed = [warehouse.ask(count), warehouse.until(new AbortController().signal).ask(count)];
		setTimeout(() => leaving.abort(new Error('left')), wait);
		await left.then(
			({ columns }) => expect(columns).toEqual([[300_000]]),
			(error) => expect(error).toEqual(new Error('left')),
		);
		for (const answer of stayed) expect((await answer).columns).toEqual([[300_000]]);
	}
});

test('who has left already asks nothing, and an error of the question itself stays one', async () => {
	const warehouse = await open();
	await expect(warehouse.until(AbortSignal.abort(new Error('gone'))).ask('select 1')).rejects.toThrow('gone');
	const { signal } = new AbortController();
	await expect(warehouse.until(signal).ask('select nothing from nowhere')).rejects.toMatchObject({
		name: 'QueryError',
	});
});
