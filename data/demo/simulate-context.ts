import type { Random } from '#data/simulation/random.ts';
import type { SchoolContextRow } from '../records/results/tables.ts';
import type { SchoolTruth } from './truth.ts';

/**
 * Social passports of the schools for the given years: what makes conditions hard goes with a lower true level, loosely, and
 * villages have it harder. One school is named by a decision.
 */
export function simulateContext(
	random: Random,
	schools: readonly SchoolTruth[],
	years: readonly number[],
): Omit<SchoolContextRow, 'batch_id'>[] {
	const hardships = schools.map(
		({ effect, locality }) => -1.2 * effect + (locality === 'rural' ? 0.4 : -0.2) + random.normal(0, 0.6),
	);
	const hardest = hardships.indexOf(Math.max(...hardships));
	return years.flatMap((year, yearIndex) =>
		schools.map(({ school_id }, index) => {
			const hardship = hardships[index]! + random.normal(0, 0.1);
			const share = (usual: number, step: number): number =>
				Math.round(10 * Math.min(95, Math.max(0, usual + step * (hardship + random.normal(0, 0.5))))) / 10;
			return {
				row_number: 2 + yearIndex * schools.length + index,
				year,
				school_id,
				higher_education: share(38, -12),
				incomplete_families: share(22, 6),
				large_or_low_income: share(19, 6),
				on_registers: share(1.2, 0.8),
				other_language: share(4, 2.5),
				special_needs: share(6, 2),
				vacancies: share(3, 2.5),
				decision:
					index === hardest ? 'Приказ управления образования: перечень школ в сложных условиях' : null,
			};
		}),
	);
}
