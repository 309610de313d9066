import pg from 'pg';
import { planName } from './blanks.ts';

/**
 * Has what is asked for every request planned once per connection: planning the wide reads of a submission takes the
 * server longer than answering them for the few who come at the same moment.
 */
export class PlanningOnce extends pg.Client {
	// biome-ignore lint/suspicious/noExplicitAny: the driver's own method has a form for every way of calling it
	override query(words: any, values?: any, callback?: any): any {
		const name = typeof words === 'string' ? planName(words) : undefined;
		if (name === undefined) return super.query(words, values, callback);
		return super.query({ name, text: words, values }, callback);
	}
}
