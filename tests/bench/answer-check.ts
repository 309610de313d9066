import { Model } from 'survey-core';
import { compileAnswerCheck } from '#surveys/answers.ts';
import { listShippedInstruments } from '#surveys/catalogue.ts';
import { answerModel } from '../corpus/model-answers.ts';
import type { Measure } from './goal.ts';
import { interleave, median } from './timing.ts';

const ROUNDS = 9;
const CHECKS = 2_000;
const VALIDATIONS = 20;
const ANSWER_SETS = 20;

/** G14: microseconds of the compiled check of complete answers against those of a survey-core Model that is kept and refilled. */
export async function measure(): Promise<Measure[]> {
	const details: Record<string, unknown> = {};
	const ratios: number[] = [];
	for (const { survey, key } of listShippedInstruments()) {
		const answers = Array.from({ length: ANSWER_SETS }, (_, seed) => answerModel(survey, seed + 1));
		const { check } = compileAnswerCheck(survey);
		const model = new Model(survey);
		const times = await interleave(ROUNDS, {
			check: async () =>
				each(CHECKS, (index) => demand(check(answers[index % ANSWER_SETS]).ok, key.instrument)),
			model: async () =>
				each(VALIDATIONS, (index) => {
					model.data = structuredClone(answers[index % ANSWER_SETS]);
					demand(model.validate(false), key.instrument);
				}),
		});
		model.dispose();
		const [ours, theirs] = [median(times.check), median(times.model)];
		details[key.instrument] = { check_us: ours, model_us: theirs, ratio: theirs / ours };
		ratios.push(theirs / ours);
	}
	return [
		{
			goal: 'G14',
			measure: 'check of a submission ÷ cached survey-core Model (slowest instrument)',
			unit: '×',
			value: Math.min(...ratios),
			floor: 100,
			target: 500,
			better: 'higher',
			detail: details,
		},
	];
}

/** Both say that these answers are valid, or the times mean nothing. */
function demand(isValid: boolean, instrument: string): void {
	if (!isValid) throw new Error(`${instrument}: valid answers were refused`);
}

/** Microseconds of one piece of work. */
function each(times: number, work: (index: number) => void): number {
	const began = performance.now();
	for (let index = 0; index < times; index += 1) work(index);
	return ((performance.now() - began) * 1000) / times;
}
