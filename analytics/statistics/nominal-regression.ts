import { symmetricInverse } from './symmetric-inverse.ts';

/** A nominal model of one item: `P(o | x) ∝ exp(a_o + b_o·x)`. */
export interface NominalModel {
	intercepts: Float64Array;
	slopes: Float64Array;
}

/** Keeps options that hardly anybody chose within reach, and makes the coefficients unique. */
const RIDGE = 0.1;
const ITERATIONS = 60;

/**
 * Which option is chosen at which score: multinomial logistic regression by penalised maximum likelihood (the nominal model
 * of Bock 1972 on an observed score in place of the latent ability). Newton's method with halved steps.
 *
 * `choices[person]` = option 0..options−1, −1 = none, who is then left out; `scores` standardised. Returns null when nobody
 * chose, or the iterations do not settle.
 */
export function nominalRegression(
	choices: ArrayLike<number>,
	scores: ArrayLike<number>,
	options: number,
	ridge = RIDGE,
): NominalModel | null {
	const persons = Array.from({ length: choices.length }, (_, person) => person).filter(
		(person) => choices[person]! >= 0,
	);
	if (persons.length === 0 || options < 1) return null;
	const size = 2 * options;
	let beta = new Float64Array(size);
	let state = evaluate(beta);
	for (let round = 0; round < ITERATIONS; round++) {
		const inverse = symmetricInverse(state.information);
		if (inverse === null) return null;
		const step = inverse.map((row) => row.reduce((sum, value, j) => sum + value * state.gradient[j]!, 0));
		const decrement = step.reduce((sum, value, j) => sum + value * state.gradient[j]!, 0);
		if (!Number.isFinite(decrement)) return null;
		if (decrement < 1e-12) return { intercepts: beta.slice(0, options), slopes: beta.slice(options) };
		let share = 1;
		let next = state;
		let moved = beta;
		do {
			moved = Float64Array.from(beta, (value, j) => value + share * step[j]!);
			next = evaluate(moved);
			share /= 2;
		} while (!(next.value >= state.value) && share > 1e-8);
		beta = moved;
		state = next;
	}
	return null;

	/** Penalised log-likelihood with its gradient and information: intercepts first, slopes after. */
	function evaluate(at: Float64Array) {
		const gradient = Float64Array.from(at, (value) => -ridge * value);
		const information = Array.from({ length: size }, (_, i) => {
			const row = new Float64Array(size);
			row[i] = ridge;
			return row;
		});
		let value = at.reduce((sum, one) => sum - (ridge * one * one) / 2, 0);
		const model = { intercepts: at.subarray(0, options), slopes: at.subarray(options) };
		const chances = new Float64Array(options);
		for (const person of persons) {
			const x = scores[person]!;
			optionChances(model, x, chances);
			value += Math.log(chances[choices[person]!]!);
			for (let o = 0; o < options; o++) {
				const rest = (choices[person] === o ? 1 : 0) - chances[o]!;
				gradient[o]! += rest;
				gradient[options + o]! += rest * x;
				for (let other = 0; other < options; other++) {
					const weight = chances[o]! * ((o === other ? 1 : 0) - chances[other]!);
					information[o]![other]! += weight;
					information[o]![options + other]! += weight * x;
					information[options + o]![other]! += weight * x;
					information[options + o]![options + other]! += weight * x * x;
				}
			}
		}
		return { value, gradient, information };
	}
}

/** Writes the chances of the options at a score. */
export function optionChances({ intercepts, slopes }: NominalModel, score: number, into: Float64Array): void {
	let highest = Number.NEGATIVE_INFINITY;
	for (let o = 0; o < into.length; o++) {
		into[o] = intercepts[o]! + slopes[o]! * score;
		highest = Math.max(highest, into[o]!);
	}
	let total = 0;
	for (let o = 0; o < into.length; o++) total += into[o] = Math.exp(into[o]! - highest);
	for (let o = 0; o < into.length; o++) into[o]! /= total;
}
