import type { Random } from '#data/simulation/random.ts';
import { listItems, type SurveyJson } from '#surveys/item-labels.ts';
import type { Key, KeyItem } from '#surveys/key.ts';

/** True level of one teacher in a competency, in standard deviations between teachers. */
export type Ability = (competency: string) => number;

type Answers = Record<string, unknown>;
type Respond = (random: Random, ability: number) => unknown;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** Deterministic difficulty of an item in −0.9…0.9, so that every simulation of an instrument asks the same items. */
function difficultyOf(item: string): number {
	let hash = 2_166_136_261;
	for (const character of item) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619);
	return ((hash >>> 0) / 4_294_967_295 - 0.5) * 1.8;
}

/** Steps between the four answers of an attitude item, before the item's own difficulty. */
const attitudeSteps = [-1.35, -0.25, 1.05];

function respondTo({ item, rule, max_points }: KeyItem, values: (string | number | boolean)[]): Respond {
	const difficulty = difficultyOf(item);
	const isRight = (random: Random, ability: number) =>
		random.chance(0.15 + 0.85 * logistic(1.3 * (ability - difficulty + 0.4)));
	switch (rule.kind) {
		case 'likert':
			return (random, ability) => {
				const latent = ability - difficulty * 0.4 + random.normal(0, 0.75);
				const width = rule.max - rule.min;
				const step =
					width === attitudeSteps.length
						? attitudeSteps.filter((border) => latent > border).length
						: Math.round(width * logistic(1.2 * latent + 0.4));
				const value = rule.min + step;
				return rule.direction === 'mastery' ? value : rule.max + rule.min - value;
			};
		case 'choice': {
			const right = Object.keys(rule.points).filter((value) => rule.points[value] === max_points);
			const wrong = Object.keys(rule.points).filter((value) => rule.points[value] !== max_points);
			return (random, ability) => random.pick(isRight(random, ability) || wrong.length === 0 ? right : wrong);
		}
		case 'multiple':
			return (random, ability) => {
				const chosen = values
					.map(String)
					.filter((value) => isRight(random, ability + 0.9) === (rule.points[value] ?? 0) > 0);
				return chosen.length > 0 ? chosen : undefined;
			};
		case 'demand':
			// What one finds hard one wishes help with, some themes more than others whoever asks.
			return (random, ability) => {
				const chosen = rule.themes.filter((theme) =>
					random.chance(0.55 * logistic(-0.6 * ability - 1.4 * difficultyOf(theme))),
				);
				// The shipped lists take four themes at least; who wishes more keeps to some of them.
				while (chosen.length > 4) chosen.splice(random.integer(0, chosen.length - 1), 1);
				return chosen.length > 0 ? chosen : ['none'];
			};
		case 'ordering':
			return (random, ability) => {
				const order = [...rule.order];
				for (let place = 0; place + 1 < order.length; place += 1)
					if (!isRight(random, ability))
						[order[place], order[place + 1]] = [order[place + 1] as string, order[place] as string];
				return order;
			};
		case 'matching': {
			const targets = [...new Set(Object.values(rule.pairs))];
			return (random, ability) =>
				Object.fromEntries(
					Object.entries(rule.pairs).map(([row, target]) => [
						row,
						isRight(random, ability) ? target : random.pick(targets),
					]),
				);
		}
		case 'case': {
			const ranked = [...rule.options].sort((a, b) => b.points - a.points).map(({ value }) => value);
			return (random, ability) => {
				let place = 0;
				while (place + 1 < ranked.length && !isRight(random, ability)) place += 1;
				return ranked[place];
			};
		}
	}
}

interface Slot {
	competency: string;
	path: readonly string[];
	respond: Respond;
	/** the one column of a matrix of dropdowns, whose rows hold objects */
	column: string | null;
	isSkippable: boolean;
}

/**
 * Compiles an instrument into a respondent: from true abilities to the answers a browser would send.
 * `straightLine` answers every attitude item alike; about three attitude items of a hundred are skipped.
 */
export function compileRespondent(
	survey: SurveyJson,
	key: Key,
): (random: Random, ability: Ability, straightLine?: boolean) => Answers {
	const labels = listItems(survey);
	const slots = key.items.map((keyItem): Slot => {
		const label = labels.find(({ item }) => item === keyItem.item);
		const inside = labels.filter(({ question }) => question === keyItem.item);
		const path = label?.path ?? [keyItem.item];
		const cell = inside.find((entry) => entry.path.length === 3);
		return {
			competency: keyItem.competency,
			path: label ? path : [keyItem.item],
			respond: respondTo(keyItem, label?.values.map(({ value }) => value) ?? []),
			column: !label && cell ? (cell.path[2] as string) : null,
			isSkippable: keyItem.rule.kind === 'likert',
		};
	});
	return (random, ability, straightLine = false) => {
		const answers: Answers = {};
		const line = random.integer(2, 3);
		for (const { competency, path, respond, column, isSkippable } of slots) {
			if (isSkippable && random.chance(0.03)) continue;
			const value = straightLine && isSkippable ? line : respond(random, ability(competency));
			if (value === undefined) continue;
			place(answers, path, column ? inColumn(value as Record<string, string>, column) : value);
		}
		return answers;
	};
}

function inColumn(rows: Record<string, string>, column: string): Record<string, unknown> {
	return Object.fromEntries(Object.entries(rows).map(([row, value]) => [row, { [column]: value }]));
}

function place(answers: Answers, path: readonly string[], value: unknown): void {
	let target = answers;
	for (const step of path.slice(0, -1)) {
		target[step] ??= {};
		target = target[step] as Answers;
	}
	target[path.at(-1) as string] = value;
}
