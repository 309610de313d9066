import * as competencyDeficit from './competency-deficit/compute.ts';
import { definition as competencyDeficitDefinition } from './competency-deficit/definition.ts';
import * as deficitDistribution from './deficit-distribution/compute.ts';
import { definition as deficitDistributionDefinition } from './deficit-distribution/definition.ts';
import * as deficitMap from './deficit-map/compute.ts';
import { definition as deficitMapDefinition } from './deficit-map/definition.ts';
import * as demandIndex from './demand-index/compute.ts';
import { definition as demandIndexDefinition } from './demand-index/definition.ts';
import * as eventFeedback from './event-feedback/compute.ts';
import { definition as eventFeedbackDefinition } from './event-feedback/definition.ts';
import * as indicators from './indicators/compute.ts';
import { definition as indicatorsDefinition } from './indicators/definition.ts';
import * as itemBias from './item-bias/compute.ts';
import { definition as itemBiasDefinition } from './item-bias/definition.ts';
import * as itemCompletion from './item-completion/compute.ts';
import { definition as itemCompletionDefinition } from './item-completion/definition.ts';
import * as itemQuality from './item-quality/compute.ts';
import { definition as itemQualityDefinition } from './item-quality/definition.ts';
import * as jointPicture from './joint-picture/compute.ts';
import { definition as jointPictureDefinition } from './joint-picture/definition.ts';
import * as levelDistribution from './level-distribution/compute.ts';
import { definition as levelDistributionDefinition } from './level-distribution/definition.ts';
import * as lowResults from './low-results/compute.ts';
import { definition as lowResultsDefinition } from './low-results/definition.ts';
import type { CatalogueEntry } from './module.ts';
import * as responseQuality from './response-quality/compute.ts';
import { definition as responseQualityDefinition } from './response-quality/definition.ts';
import * as resultObjectivity from './result-objectivity/compute.ts';
import { definition as resultObjectivityDefinition } from './result-objectivity/definition.ts';
import * as resultSensitivity from './result-sensitivity/compute.ts';
import { definition as resultSensitivityDefinition } from './result-sensitivity/definition.ts';
import * as riskProfile from './risk-profile/compute.ts';
import { definition as riskProfileDefinition } from './risk-profile/definition.ts';
import * as scaleReliability from './scale-reliability/compute.ts';
import { definition as scaleReliabilityDefinition } from './scale-reliability/definition.ts';
import * as scoreDistribution from './score-distribution/compute.ts';
import { definition as scoreDistributionDefinition } from './score-distribution/definition.ts';
import * as supportPriority from './support-priority/compute.ts';
import { definition as supportPriorityDefinition } from './support-priority/definition.ts';

/** All modules, in reading order. A new module is one folder and one line here. */
export const modules: readonly CatalogueEntry[] = [
	{ definition: indicatorsDefinition, compute: indicators.compute, summarise: indicators.summarise },
	{ definition: deficitMapDefinition, compute: deficitMap.compute, summarise: deficitMap.summarise },
	{
		definition: deficitDistributionDefinition,
		compute: deficitDistribution.compute,
		summarise: deficitDistribution.summarise,
	},
	{
		definition: competencyDeficitDefinition,
		compute: competencyDeficit.compute,
		summarise: competencyDeficit.summarise,
	},
	{
		definition: resultObjectivityDefinition,
		compute: resultObjectivity.compute,
		summarise: resultObjectivity.summarise,
	},
	{
		definition: scoreDistributionDefinition,
		compute: scoreDistribution.compute,
		summarise: scoreDistribution.summarise,
	},
	{
		definition: itemCompletionDefinition,
		compute: itemCompletion.compute,
		summarise: itemCompletion.summarise,
	},
	{ definition: demandIndexDefinition, compute: demandIndex.compute, summarise: demandIndex.summarise },
	{
		definition: levelDistributionDefinition,
		compute: levelDistribution.compute,
		summarise: levelDistribution.summarise,
	},
	{ definition: eventFeedbackDefinition, compute: eventFeedback.compute, summarise: eventFeedback.summarise },
	{
		definition: responseQualityDefinition,
		compute: responseQuality.compute,
		summarise: responseQuality.summarise,
	},
	{
		definition: resultSensitivityDefinition,
		compute: resultSensitivity.compute,
		summarise: resultSensitivity.summarise,
	},
	{
		definition: scaleReliabilityDefinition,
		compute: scaleReliability.compute,
		summarise: scaleReliability.summarise,
	},
	{ definition: itemQualityDefinition, compute: itemQuality.compute, summarise: itemQuality.summarise },
	{ definition: itemBiasDefinition, compute: itemBias.compute, summarise: itemBias.summarise },
	{ definition: lowResultsDefinition, compute: lowResults.compute, summarise: lowResults.summarise },
	{ definition: jointPictureDefinition, compute: jointPicture.compute, summarise: jointPicture.summarise },
	{ definition: riskProfileDefinition, compute: riskProfile.compute, summarise: riskProfile.summarise },
	{
		definition: supportPriorityDefinition,
		compute: supportPriority.compute,
		summarise: supportPriority.summarise,
	},
];

const byId = new Map(modules.map((entry) => [entry.definition.id, entry]));

/** The module with this id, if there is one. */
export function findModule(id: string): CatalogueEntry | undefined {
	return byId.get(id);
}
