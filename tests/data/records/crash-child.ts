import { responseQueue } from '#data/records/diagnostics/responses.ts';
import { openRecords, type RecordsPlace } from '#data/records/store.ts';
import { response } from './seed.ts';

/** Submits a response for each given code without end of patience, and says which were acknowledged; then is killed. */
const [place, codes] = JSON.parse(process.argv[2] ?? '[]') as [RecordsPlace, string[]];
const records = await openRecords(place);
const queue = responseQueue(records);
const waiting = codes.values();
const clients = Array.from({ length: 40 }, async () => {
	for (const code of waiting) {
		const { outcome } = await queue.submit(response(code));
		if (outcome !== 'refused') process.stdout.write(`${code}\n`);
	}
});
await Promise.all(clients);
// Nothing is left to send: wait for the end that is not our own.
setInterval(() => undefined, 1_000);
