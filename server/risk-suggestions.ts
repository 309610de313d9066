import { isDoubtfulLevel } from '#analytics/doubtful.ts';
import type { Cell, ModuleResult } from '#analytics/module.ts';
import { listStaff } from '#data/records/registry/staff.ts';
import { findViewer } from './access.ts';
import type { EvidenceFloors } from './evidence.ts';
import type { Language } from './language.ts';
import type { Asker } from './session.ts';
import { today } from './today.ts';

/** A share of fewer teachers would speak of persons. */
const fewestTeachers = 10;

/**
 * What the data of the service say of inputs of risk factors, in percent by input id. Modules are asked as the asker,
 * so that what they hide stays hidden; an input that nothing is known of is absent.
 */
export async function suggestRisks(
	floors: EvidenceFloors,
	asker: Asker,
	school: { id: string; year: number },
	language: Language,
): Promise<Map<string, number>> {
	const viewer = await findViewer(floors.records.db, asker);
	const ask = (module: string, filters: Record<string, string | number>): Promise<ModuleResult> =>
		floors.analyst.run({ module, viewer, filters, language });
	const ofYear = { school: school.id, year: school.year };
	const [deficits, results, signs, withoutCategory] = await Promise.all([
		ask('deficit-map', { school: school.id, by: 'school' }),
		ask('low-results', ofYear),
		ask('result-objectivity', ofYear),
		shareWithoutCategory(floors, school.id),
	]);
	const shares: [string, number | null][] = [
		['high_deficit', largest(deficits.columns.prevalence)],
		['below_threshold', isDoubtful(signs) ? null : largest(results.columns.share)],
		['without_category', withoutCategory],
	];
	return new Map(
		shares.flatMap(([input, share]) => (share === null ? [] : [[input, Math.round(share * 1000) / 10]])),
	);
}

/** Results with signs of non-objectivity say nothing of how many pupils fail. */
function isDoubtful({ columns }: ModuleResult): boolean {
	return (columns.level ?? []).some(isDoubtfulLevel);
}

function largest(cells: readonly Cell[] = []): number | null {
	const numbers = cells.filter((cell) => typeof cell === 'number');
	return numbers.length > 0 ? Math.max(...numbers) : null;
}

async function shareWithoutCategory({ records }: EvidenceFloors, schoolId: string): Promise<number | null> {
	const staff = await listStaff(records.db, schoolId, today());
	const categories = new Map(staff.map(({ person_id, category }) => [person_id, category]));
	if (categories.size < fewestTeachers) return null;
	return [...categories.values()].filter((category) => category === 'none').length / categories.size;
}
