import { answerSimilarity, type OptionAnswers } from '#analytics/statistics/answer-similarity.ts';
import { createRandom, type Random } from '#data/simulation/random.ts';
import { type Amount, percent, share, type Table } from './table.ts';

const ITEMS = 30;
const OPTIONS = 4;

/**
 * Classes whose pupils answer apart: the right option by ability on items of unequal sharpness, wrong ones by their lure and
 * by ability, some left out. No model of the test itself.
 */
export function honestTest(random: Random, classes: number, size: number): OptionAnswers {
	const persons = classes * size;
	const levels = Array.from({ length: classes }, () => random.normal(0, 0.5));
	const ability = Array.from({ length: persons }, (_, person) =>
		random.normal(levels[Math.floor(person / size)], 0.9),
	);
	const answers = Array.from({ length: ITEMS }, () => {
		const [easiness, sharpness] = [random.normal(0.4, 0.9), Math.exp(random.normal(0.1, 0.3))];
		const lures = [0, 0, 0].map(() => ({ pull: random.normal(-1, 0.8), slope: random.normal(0, 0.4) }));
		return Int8Array.from(ability, (theta) => {
			if (random.chance(0.02)) return -1;
			const weights = [
				Math.exp(easiness + sharpness * theta),
				...lures.map(({ pull, slope }) => Math.exp(pull + slope * theta)),
			];
			let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
			for (const [option, weight] of weights.entries()) {
				left -= weight;
				if (left < 0) return option;
			}
			return 0;
		});
	});
	return {
		answers,
		options: answers.map(() => OPTIONS),
		right: answers.map(() => 0),
		groups: ability.map((_, person) => `class ${Math.floor(person / size)}`),
	};
}

/** The second person takes a share of the answers of the first. */
export function copyAnswers(
	test: OptionAnswers,
	from: number,
	to: number,
	part: number,
	random: Random,
): void {
	for (const choices of test.answers) if (random.chance(part)) choices[to] = choices[from]!;
}

const SIZES = { classes: 8, size: 25 };

/** Files in which some pair is flagged falsely, and copied pairs found, by the share copied; the first line copies nothing. */
function flagged(part: number, files: number): { false: number; found: number } {
	const random = createRandom(20_261_127, Math.round(100 * part));
	const count = { false: 0, found: 0 };
	for (let file = 0; file < files; file++) {
		const test = honestTest(random, SIZES.classes, SIZES.size);
		const [from, to] = [30, 31];
		if (part > 0) copyAnswers(test, from, to, part, random);
		const pairs = answerSimilarity(test)!.flagged.map(({ persons }) => persons.join());
		const copied = `${from},${to}`;
		if (part > 0 && pairs.includes(copied)) count.found++;
		if (pairs.some((pair) => part === 0 || pair !== copied)) count.false++;
	}
	return count;
}

/** A file is flagged falsely no more often than the level says. */
const PROMISE = 0.05;

export function similarityTable(amount: Amount): Table {
	const files = amount === 'whole' ? 400 : 60;
	const parts = amount === 'whole' ? [0, 0.3, 0.5, 0.7, 0.9] : [0, 0.7];
	const found = parts.map((part) => ({ part, ...flagged(part, part === 0 ? files : files / 4) }));
	const honest = found[0]!;
	const margin = 2 * Math.sqrt((PROMISE * (1 - PROMISE)) / files);
	return {
		caption: `**Сходство ответов (O14).** Файл — ${SIZES.classes} классов по ${SIZES.size} человек, ${ITEMS} заданий по ${OPTIONS} варианта, 2 % пропусков; сравниваются пары внутри класса (${(SIZES.classes * SIZES.size * (SIZES.size - 1)) / 2}), поправка Бонферрони на все. Обещание: ложно отмечается не больше 5 % файлов. Списанная доля — часть ответов, которую один взял у другого.`,
		heads: ['Списано', 'Файлов', 'Файлов с ложно отмеченной парой', 'Найдено списавших'],
		rows: found.map(({ part, ...count }) => {
			const times = part === 0 ? files : files / 4;
			return [
				part === 0 ? 'никто' : percent(part),
				String(times),
				percent(share(count.false, times)),
				part === 0 ? '–' : percent(share(count.found, times)),
			];
		}),
		broken: share(honest.false, files) > PROMISE + margin ? [`similarity: ${honest.false} of ${files}`] : [],
	};
}
