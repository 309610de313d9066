import type { Computer } from '#analytics/run.ts';
import type { Records } from '#data/records/store.ts';
import type { Projector } from '#data/warehouse/projector.ts';
import type { Warehouse } from '#data/warehouse/warehouse.ts';
import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { SignIn } from './sign-in.ts';

/** What the routes stand on; `main.ts` opens it, tests open their own. */
export interface Floors {
	config: Config;
	secret: string;
	log: Log;
	records: Records;
	warehouse: Warehouse;
	projector: Projector;
	/** where the arithmetic of modules happens */
	computer: Computer;
	signIn: SignIn;
}
