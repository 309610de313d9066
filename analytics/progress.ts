import type { LocalText } from './module.ts';

/** What a long computation is doing, in words for whoever waits. */
export const stageTexts = {
	waiting: { ru: 'Ждёт, пока закончится другой расчёт', en: 'Waiting for another computation to end' },
	reading: { ru: 'Собирает ответы', en: 'Gathering the answers' },
	scales: { ru: 'Считает надёжность шкал', en: 'Working out the reliability of scales' },
	items: { ru: 'Сопоставляет пункты друг с другом', en: 'Comparing items with each other' },
	difficulties: { ru: 'Оценивает трудность пунктов', en: 'Estimating the difficulty of items' },
	fit: { ru: 'Проверяет согласие пунктов с моделью', en: 'Checking how items fit the model' },
	groups: { ru: 'Сравнивает группы по каждому пункту', en: 'Comparing groups on every item' },
	simulating: { ru: 'Строит данные по известной истине', en: 'Making data from known truth' },
} satisfies Record<string, LocalText>;

export type Stage = keyof typeof stageTexts;

/** How far a computation is. */
export interface Progress {
	stage: Stage;
	/** of the whole, 0..1 */
	share: number;
}

/** Called between the steps of a computation; what it throws ends the computation, and must be let through. */
export type Tell = (progress: Progress) => void;

/** Tells of a part, whose own share goes from 0 to 1, as `from` to `to` of the whole; what it has reached is not taken back. */
export function partOf(tell: Tell | undefined, from: number, to: number): Tell | undefined {
	let reached = 0;
	return (
		tell &&
		(({ stage, share }) => {
			reached = Math.max(reached, share);
			tell({ stage, share: from + (to - from) * reached });
		})
	);
}

/** What somebody who waits for a computation holds: a way to hear of it, and a way to give it up. */
export interface Watch {
	/** aborted when nobody waits any more: the work stops, the promise is rejected with its reason */
	signal?: AbortSignal;
	tell?: Tell;
}
