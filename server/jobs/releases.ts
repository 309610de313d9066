import { stageOn } from '#data/records/diagnostics/release-stages.ts';
import { advanceRelease, listPendingReleases } from '#data/records/diagnostics/releases.ts';
import type { Records } from '#data/records/store.ts';
import type { Log } from '../log.ts';
import { today } from '../today.ts';

const EVERY_MILLISECONDS = 60_000;

/** Takes released results to those whose day has come. */
export async function advanceReleases(records: Records, day = today()): Promise<void> {
	for (const { id, release_stage, release_plan } of await listPendingReleases(records.db)) {
		const to = stageOn(release_plan, day);
		if (to !== release_stage) await records.transaction((trx) => advanceRelease(trx, id, to));
	}
}

/** Looks every minute whether a day of release has come; gives the way to stop it. */
export function startReleases(records: Records, log: Log): () => void {
	const look = () =>
		void advanceReleases(records).catch((error: unknown) => log.error({ err: error }, 'a release waits'));
	look();
	const timer = setInterval(look, EVERY_MILLISECONDS);
	timer.unref();
	return () => clearInterval(timer);
}
