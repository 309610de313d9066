import { riskIndex, significanceOf } from '#analytics/statistics/risk-index.ts';
import type { Demo } from '#data/demo/create.ts';
import { findSchool } from '#data/records/registry/schools.ts';
import type { Records } from '#data/records/store.ts';
import { listRiskFactors } from '#data/records/support/risk-factors.ts';
import {
	listRatings,
	type NewRating,
	recordRatings,
	recordVerifications,
} from '#data/records/support/risk-profiles.ts';

/** What a first talk with the school brought: inputs by factor; what is not named stays unknown. */
const talks: Record<'low' | 'lifting', Record<string, Record<string, number>>> = {
	low: {
		staffing: { vacancies: 9, non_specialists: 18 },
		competence: { without_category: 62, without_training: 30 },
		failure: { below_threshold: 29, two_subjects: 22 },
		parents: { parents_at_meetings: 45 },
	},
	lifting: {
		staffing: { vacancies: 2, overload: 34 },
		competence: { without_category: 38 },
		environment: {},
	},
};

/**
 * Begins the risk profiles of two schools of the demo: one that waits for the answer of the school, and one whose
 * coordinator has answered.
 */
export async function beginDemoRisks(
	records: Records,
	demo: Demo,
	{ leader, coordinator }: { leader: string; coordinator: string },
): Promise<void> {
	const year = demo.years.at(-1)!;
	for (const role of ['low', 'lifting'] as const) {
		const found = demo.schools.find((school) => school.role === role);
		const school = found && (await findSchool(records.db, found.school_id));
		if (!school) continue;
		const factors = await listRiskFactors(records.db, school.municipality_id);
		const ratings = Object.entries(talks[role]).flatMap(([code, values]): NewRating[] => {
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
		const of = { school_id: school.id, year };
		await records.transaction(async (trx) => {
			await recordRatings(trx, of, ratings, { by: leader });
			if (role !== 'lifting') return;
			const [first, second] = (await listRatings(trx, [`school/${school.id}`], of)).toReversed();
			if (!first || !second) return;
			const chosen = { agrees: true, is_chosen: true, remark: '' };
			const doubted = {
				agrees: false,
				is_chosen: false,
				remark: 'Трое учителей подали заявления на категорию, аттестация в декабре.',
			};
			await recordVerifications(
				trx,
				of,
				[
					{ rating_id: first.id, ...chosen },
					{ rating_id: second.id, ...doubted },
				],
				{ by: coordinator },
			);
		});
	}
}
