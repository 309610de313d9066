import { listCompetencies } from '../competencies.ts';
import { advice, type LintRule } from './finding.ts';

/** A scale of this many attitude items can be answered by habit when all point one way. */
const HABIT_FROM = 4;
/** One competency asked this many times as often as another weighs more in the group. */
const UNEQUAL_FROM = 3;

/** Scales whose attitude items all point one way: agreeing out of habit and mastery cannot be told apart. */
export const findOneDirection: LintRule = ({ key }) => {
	const groups = new Map(listCompetencies().map(({ id, group }) => [id, group]));
	return key.scales
		.filter(({ kind }) => kind === 'group')
		.flatMap(({ scale }) => {
			const own = key.items.filter(
				({ competency, rule }) => rule.kind === 'likert' && groups.get(competency) === scale,
			);
			const directions = new Set(own.map(({ rule }) => rule.direction));
			return own.length >= HABIT_FROM && directions.size === 1
				? [advice('one-direction', scale, { items: own.length })]
				: [];
		});
};

/** Groups in which one competency has many more items than another. */
export const findUnequalItems: LintRule = ({ key }) => {
	const counts = new Map<string, number>();
	for (const { competency } of key.items) counts.set(competency, (counts.get(competency) ?? 0) + 1);
	return key.scales
		.filter(({ kind }) => kind === 'group')
		.flatMap(({ scale }) => {
			const own = listCompetencies()
				.filter(({ id, group }) => group === scale && counts.has(id))
				.map(({ id }) => ({ id, items: counts.get(id) ?? 0 }))
				.toSorted((left, right) => left.items - right.items);
			const [least, most] = [own[0], own.at(-1)];
			return least && most && most.items >= UNEQUAL_FROM * least.items
				? [
						advice('unequal-items', scale, {
							least: least.id,
							least_items: least.items,
							most: most.id,
							most_items: most.items,
						}),
					]
				: [];
		});
};
