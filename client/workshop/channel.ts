import type { DraftDetail, WorkshopContent } from '#server/contract/workshop.ts';
import { keepRoles } from './roles.ts';

/** True for a kind of instrument that measures somebody, so that it has levels. */
export const measuresPeople = ({ channels }: Pick<DraftDetail, 'channels'>, channel: string): boolean =>
	channels.find((each) => each.channel === channel)?.measures ?? true;

/** Makes an instrument another kind: what the new kind cannot have goes, and levels come where they are needed. */
export function turnChannel(
	content: WorkshopContent,
	channel: string,
	draft: Pick<DraftDetail, 'channels' | 'basic_cut_scores'>,
): WorkshopContent {
	const measures = measuresPeople(draft, channel);
	const kept = keepRoles(content, channel, measures);
	const { key } = kept;
	const cuts = key.cut_scores.length > 0 ? key.cut_scores : draft.basic_cut_scores;
	const isBare = channel === 'questionnaire';
	return {
		...kept,
		key: {
			...key,
			channel,
			cut_scores: measures ? cuts : [],
			...(isBare ? { items: [], scales: [] } : {}),
		},
	};
}
