import type { Records } from '#data/records/store.ts';
import type { ProjectorState } from '#data/warehouse/projector.ts';
import type { Analyst } from './analyst.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { SignIn } from './sign-in.ts';

/** What the routes stand on; `main.ts` opens it, tests open their own. */
export interface Floors {
	config: Config;
	secret: string;
	log: Log;
	records: Records;
	/** who answers questions to the warehouse */
	analyst: Analyst;
	/** how far the warehouse follows the records */
	projector: ProjectorState;
	signIn: SignIn;
}
