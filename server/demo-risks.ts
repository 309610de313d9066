import { riskIndex, significanceOf } from '#analytics/statistics/risk-index.ts';
import type { Demo } from '#data/demo/create.ts';
import { findSchool } from '#data/records/registry/schools.ts';
import type { Records } from '#data/records/store.ts';
import { listRiskFactors } from '#data/records/support/risk-factors.ts';
import { type NewRating, recordRatings } from '#data/records/support/risk-profiles.ts';

/** What a first talk with the school brought: inputs by factor; what is not named stays unknown. */
const talk: Record<string, Record<string, number>> = {
	staffing: { vacancies: 9, non_specialists: 18 },
	competence: { without_category: 62, without_training: 30 },
	failure: { below_threshold: 29, two_subjects: 22 },
	parents: { parents_at_meetings: 45 },
};

/** Proposes a risk profile to the school of the demo with low results; the coordinator's own school is left to whoever tries. */
export async function beginDemoRisks(records: Records, demo: Demo, leader: string): Promise<void> {
	const year = demo.years.at(-1)!;
	const found = demo.schools.find(({ role }) => role === 'low');
	const school = found && (await findSchool(records.db, found.school_id));
	if (!school) return;
	const factors = await listRiskFactors(records.db, school.municipality_id);
	const ratings = Object.entries(talk).flatMap(([code, values]): NewRating[] => {
		const factor = factors.find((known) => known.code === code);
		if (!factor) return [];
		const inputs = factor.inputs.map((input) => ({
			...input,
			value: values[input.id] ?? null,
			suggested: null,
		}));
		const risk_index = riskIndex(inputs);
		const significance = risk_index === null ? 'medium' : significanceOf(risk_index);
		return [{ factor: code, title: factor.title, inputs, risk_index, significance, remark: '' }];
	});
	await records.transaction((trx) =>
		recordRatings(trx, { school_id: school.id, year }, ratings, { by: leader }),
	);
}
