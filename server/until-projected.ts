import { setTimeout as pause } from 'node:timers/promises';
import { latestSeq } from '#data/records/changes.ts';
import type { Floors } from './floors.ts';

const LONGEST_MILLISECONDS = 3_000;
const LOOK_EVERY_MILLISECONDS = 20;

/** Waits until analysis reflects what was committed, so that the screen asked next shows it; behind a large import it does not wait for long. */
export async function untilProjected({ records, projector }: Floors): Promise<void> {
	const seq = await latestSeq(records);
	const last = performance.now() + LONGEST_MILLISECONDS;
	while (projector.watermark() < seq && performance.now() < last) await pause(LOOK_EVERY_MILLISECONDS);
}
