import { riskIndex, significanceOf } from '#analytics/statistics/risk-index.ts';
import type { RiskFactor } from '#data/records/support/risk-factors.ts';
import type { NewRating } from '#data/records/support/risk-profiles.ts';
import type { RiskRatingsBody } from './contract/risks.ts';
import { type IssueCode, Problem } from './problem.ts';

/**
 * Proposals with their index, and with the factor and its inputs as the list has them today.
 * @throws {Problem} 422 with an issue for each factor that cannot be rated as it was given
 */
export function readRatings(
	{ ratings }: RiskRatingsBody,
	factors: readonly RiskFactor[],
	suggested: ReadonlyMap<string, number>,
): NewRating[] {
	const known = new Map(factors.filter(({ is_on }) => is_on).map((factor) => [factor.code, factor]));
	const issues: IssueCode[] = [];
	const read = ratings.flatMap(({ factor: code, values, significance, remark }, index): NewRating[] => {
		const path = `ratings.${index}`;
		const factor = known.get(code);
		if (!factor) {
			issues.push({ path: `${path}.factor`, code: 'unknown-factor' });
			return [];
		}
		for (const id of Object.keys(values)) {
			if (!factor.inputs.some((input) => input.id === id))
				issues.push({ path: `${path}.values.${id}`, code: 'unknown-input', values: { input: id } });
		}
		const inputs = factor.inputs.map((input) => ({
			...input,
			value: values[input.id] ?? null,
			suggested: suggested.get(input.id) ?? null,
		}));
		const risk_index = riskIndex(inputs);
		const found = significance ?? (risk_index === null ? null : significanceOf(risk_index));
		if (found === null) {
			issues.push({ path: `${path}.significance`, code: 'significance-needed' });
			return [];
		}
		return [{ factor: code, title: factor.title, inputs, risk_index, significance: found, remark }];
	});
	if (issues.length > 0) throw new Problem(422, 'invalid-body', {}, issues);
	return read;
}
