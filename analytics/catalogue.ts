import * as competencyDeficit from './competency-deficit/compute.ts';
import { definition as competencyDeficitDefinition } from './competency-deficit/definition.ts';
import * as deficitDistribution from './deficit-distribution/compute.ts';
import { definition as deficitDistributionDefinition } from './deficit-distribution/definition.ts';
import * as deficitMap from './deficit-map/compute.ts';
import { definition as deficitMapDefinition } from './deficit-map/definition.ts';
import * as indicators from './indicators/compute.ts';
import { definition as indicatorsDefinition } from './indicators/definition.ts';
import type { CatalogueEntry } from './module.ts';

/** All modules, in reading order. A new module is one folder and one line here. */
export const modules: readonly CatalogueEntry[] = [
	{ definition: indicatorsDefinition, ...indicators },
	{ definition: deficitMapDefinition, ...deficitMap },
	{ definition: deficitDistributionDefinition, ...deficitDistribution },
	{ definition: competencyDeficitDefinition, ...competencyDeficit },
];

const byId = new Map(modules.map((entry) => [entry.definition.id, entry]));

/** The module with this id, if there is one. */
export function findModule(id: string): CatalogueEntry | undefined {
	return byId.get(id);
}
