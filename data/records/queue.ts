/** Hands one thing in; settles when it is durably stored or refused. */
export interface CommitQueue<Row, Outcome> {
	submit(row: Row): Promise<Outcome>;
}

interface Waiting<Row, Outcome> {
	row: Row;
	resolve: (outcome: Outcome) => void;
	reject: (error: unknown) => void;
}

/**
 * Lets those who wait share one commit: a batch forms while the one before is being written, and there is no timer, so
 * that a lone submission is written at once. `store` answers row by row, and only after the commit.
 */
export function commitQueue<Row, Outcome>(
	store: (rows: Row[]) => Promise<Outcome[]>,
	limit = 512,
): CommitQueue<Row, Outcome> {
	let waiting: Waiting<Row, Outcome>[] = [];
	let running = false;

	async function drain(): Promise<void> {
		running = true;
		while (waiting.length > 0) {
			// One turn of the event loop: those who arrive together go together.
			await new Promise((resolve) => setImmediate(resolve));
			const batch = waiting.slice(0, limit);
			waiting = waiting.slice(limit);
			try {
				const outcomes = await store(batch.map(({ row }) => row));
				for (const [index, { resolve }] of batch.entries()) resolve(outcomes[index]!);
			} catch (error) {
				for (const { reject } of batch) reject(error);
			}
		}
		running = false;
	}

	return {
		submit(row) {
			return new Promise((resolve, reject) => {
				waiting.push({ row, resolve, reject });
				if (!running) void drain();
			});
		},
	};
}
