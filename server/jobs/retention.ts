import { deidentifyCampaign, listDueDeidentifications } from '#data/records/diagnostics/deidentification.ts';
import { pruneDrafts } from '#data/records/diagnostics/drafts.ts';
import type { Records } from '#data/records/store.ts';
import type { Log } from '../log.ts';
import { today } from '../today.ts';

const EVERY_MILLISECONDS = 3_600_000;

/** Takes the people out of every campaign whose day has passed; one that fails waits, and keeps no other from it. */
export async function enforceRetention(records: Records, log: Log, day = today()): Promise<void> {
	for (const campaign of await listDueDeidentifications(records.db, day)) {
		try {
			const act = await deidentifyCampaign(records, campaign);
			if (act) log.info(act, 'people are taken out of the answers of a campaign: its time is over');
		} catch (error) {
			log.error({ err: error, campaign }, 'people could not be taken out of the answers of a campaign');
		}
	}
}

/**
 * Looks at once and then every hour what is kept for longer than it is needed: people in campaigns whose time is over, and
 * unfinished answers of those who have handed in. Gives the way to stop it, after the act at hand.
 */
export function startRetention(records: Records, log: Log): () => Promise<void> {
	let running = Promise.resolve();
	const look = () => {
		running = running
			.then(() => enforceRetention(records, log))
			.then(() => pruneDrafts(records.db))
			.then(() => undefined)
			.catch((error: unknown) => log.error({ err: error }, 'retention waits'));
	};
	look();
	const timer = setInterval(look, EVERY_MILLISECONDS);
	timer.unref();
	return () => {
		clearInterval(timer);
		return running;
	};
}
