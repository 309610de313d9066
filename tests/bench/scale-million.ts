import type { Measure } from './goal.ts';
import { measureScale } from './measure-scale.ts';

/** `analyze scale` of a country's test: the command from the file to the report, by the clock, and the most memory it held. */
export async function measure(): Promise<Measure[]> {
	return measureScale('items of 0/1');
}
