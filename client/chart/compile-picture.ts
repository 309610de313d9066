import { logger, Warn } from 'vega';
import { type Config, compile, type TopLevelSpec } from 'vega-lite';
import type { Specification } from './specification.ts';

/** The Vega definition of a picture; whatever Vega-Lite has to say of it goes to the console. */
export function compilePicture(specification: Specification, config: Config) {
	const spoken = logger(Warn);
	const warn = spoken.warn.bind(spoken);
	// a width that follows the page beside rows of a given height is exactly what is asked for, and what is done
	spoken.warn = (...words: unknown[]) =>
		/^Dropping "fit-y" because spec has discrete height/.test(String(words[0])) ? spoken : warn(...words);
	return compile(specification as unknown as TopLevelSpec, { config, logger: spoken }).spec;
}
