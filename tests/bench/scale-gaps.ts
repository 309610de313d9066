import type { Measure } from './goal.ts';
import { measureScale } from './measure-scale.ts';

/** `analyze scale` of a country's test of which one answer in fifty is missing at random: 65,000 patterns of gaps. */
export async function measure(): Promise<Measure[]> {
	return measureScale('items of 0/1, 2 % of the answers missing at random', 0.02);
}
