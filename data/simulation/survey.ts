import { createRandom, type Random } from './random.ts';
import { itemNames, type SurveyTruth } from './survey-truth.ts';

/** A respondent, and what is true of them. */
export interface SimulatedPerson {
	person: string;
	school: string | null;
	group: string | null;
	/** answers as codes in the order of the items; null = left out */
	answers: (number | null)[];
	level: number;
	careless: 'line' | 'random' | null;
}

/**
 * Person after person: a level, and answers by the partial credit model, `ln(P(x)/P(x−1)) = a(θ − δ_x)`; careless ones
 * answer without it. Every person draws from a stream of their own.
 */
export function* simulatePersons(truth: SurveyTruth, seed: number): Generator<SimulatedPerson> {
	const names = itemNames(truth);
	const digits = String(truth.persons).length;
	const levels = schoolLevels(truth, seed);
	const shifts = new Map(truth.bias.map(({ item, group, shift }) => [`${group}\n${item}`, shift]));
	for (let index = 0; index < truth.persons; index += 1) {
		const random = createRandom(seed, index);
		const group = truth.groups ? drawGroup(random, truth.groups) : null;
		const place = levels.length > 0 ? index % levels.length : null;
		const own = random.normal(truth.mean, truth.spread);
		const level = own + (group?.shift ?? 0) + (place === null ? 0 : (levels[place] as number));
		const careless = drawCarelessness(random, truth);
		const line = random.uniform();
		const answers = truth.items.map(({ thresholds, discrimination, reversed }, number) => {
			const most = thresholds.length;
			const harder = group ? (shifts.get(`${group.value}\n${names[number]}`) ?? 0) : 0;
			const honest = drawAnswer(random, discrimination, level - harder, thresholds);
			const read = reversed ? most - honest : honest;
			const anything = random.integer(0, most);
			const isMissing = random.chance(truth.missing);
			const code = careless === 'line' ? Math.min(most, Math.floor(line * (most + 1))) : anything;
			return isMissing ? null : truth.lowest + (careless === null ? read : code);
		});
		yield {
			person: `P${String(index + 1).padStart(digits, '0')}`,
			school: place === null ? null : `S${String(place + 1).padStart(String(levels.length).length, '0')}`,
			group: group?.value ?? null,
			answers,
			level,
			careless,
		};
	}
}

/** Streams of persons are counted from 0; the schools draw from one beyond them. */
const SCHOOLS = 0x7fff_ffff;

function schoolLevels({ schools }: SurveyTruth, seed: number): number[] {
	if (!schools) return [];
	const random = createRandom(seed, SCHOOLS);
	return Array.from({ length: schools.count }, () => random.normal(0, schools.spread));
}

function drawGroup<Group extends { share: number }>(random: Random, groups: readonly Group[]): Group {
	let left = random.uniform();
	for (const group of groups) {
		left -= group.share;
		if (left < 0) return group;
	}
	return groups.at(-1) as Group;
}

function drawCarelessness(random: Random, { careless }: SurveyTruth): SimulatedPerson['careless'] {
	const drawn = random.uniform();
	if (drawn < careless.line) return 'line';
	return drawn < careless.line + careless.random ? 'random' : null;
}

function drawAnswer(random: Random, slope: number, level: number, thresholds: readonly number[]): number {
	let exponent = 0;
	const exponents = [0, ...thresholds.map((threshold) => (exponent += slope * (level - threshold)))];
	const highest = Math.max(...exponents);
	const weights = exponents.map((value) => Math.exp(value - highest));
	let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
	for (const [answer, weight] of weights.entries()) {
		left -= weight;
		if (left < 0) return answer;
	}
	return thresholds.length;
}
